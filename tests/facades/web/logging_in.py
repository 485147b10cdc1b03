"""A browser that logs in for real: at the provider of the demo, through the same doors."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from app.facades.web.login.browser import LOGIN_COOKIE
from app.facades.web.login.guard import SESSION_COOKIE
from app.platform.security.demo_login import WEB_CLIENT, Persona
from app.platform.security.openid import OpenIdProvider, Registration
from tests.build.lending import PERSONAS
from tests.build.stage import Stage
from tests.facades.web.visiting import FORM, Jar

NEAR = ("127.0.0.1", 1)
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Browser(Jar):
    """Comes with nothing, and goes the whole way of logging in."""

    async def post(
        self, address: str, form: Mapping[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        sent = {"content_type": FORM, **headers}
        return await self.asked("POST", address, headers=sent, content=urlencode(form or {}))

    async def to_provider(self, onward: str = "/") -> dict[str, str]:
        """Begin a login; what the provider is asked."""
        answer = await self.get(f"/login/start?{urlencode({'next': onward})}")
        assert answer.status_code == 303, answer.text
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))

    async def choose(self, asked: Mapping[str, str], persona: str) -> str:
        """Be somebody at the provider; where it leads back to."""
        form = {**asked, "persona": persona}
        answer = await self.post("/demo-issuer/authorize", form)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def log_in(self, persona: str, onward: str = "/") -> httpx.Response:
        """The whole way; the answer to coming back."""
        return await self.get(await self.choose(await self.to_provider(onward), persona))

    async def csrf(self, path: str = "/hat") -> str:
        """The word that the forms of a page carry."""
        found = CSRF.search((await self.get(path)).text)
        assert found is not None, path
        return found[1]

    @property
    def token(self) -> str | None:
        return self.cookies.get(SESSION_COOKIE)

    async def is_in(self) -> bool:
        """Whether the beginning leads to a page of somebody who is logged in."""
        answer = await self.get("/")
        assert answer.status_code == 303
        return not str(answer.headers["location"]).startswith("/login")


def registration(stage: Stage, **terms: Any) -> Registration:
    """As the application is registered at the provider of the demo."""
    return Registration(
        **{
            "issuer": stage.issuer.url,
            "client_id": WEB_CLIENT,
            "redirect_uri": str(stage.http.base_url.join("/login/return")),
            **terms,
        }
    )


@contextmanager
def provided(
    stage: Stage, transport: httpx.AsyncBaseTransport | None = None, **terms: Any
) -> Iterator[None]:
    """While within, logins go to the provider of the demo in this process."""
    inner = transport or httpx.ASGITransport(stage.app, client=NEAR)
    before = stage.app.state.login
    PERSONAS.update({key: Persona(who.subject, name=key) for key, who in stage.parties.items()})
    PERSONAS["stranger"] = Persona("subject-stranger")
    stage.app.state.login = OpenIdProvider(registration(stage, **terms), inner)
    try:
        yield
    finally:
        stage.app.state.login = before
        PERSONAS.clear()


async def refused(browser: Browser, address: str) -> None:
    answer = await browser.get(address)
    assert answer.status_code == 400, answer.text
    assert "niet gelukt" in answer.text
    assert browser.token is None
    assert LOGIN_COOKIE not in browser.cookies


def changed(address: str, **parameters: str | None) -> str:
    parts = urlsplit(address)
    given = {**dict(parse_qsl(parts.query)), **parameters}
    kept = {name: value for name, value in given.items() if value is not None}
    return parts._replace(query=urlencode(kept)).geturl()


def sessions(stage: Stage) -> int:
    with stage.straight() as db:
        found = db.execute("SELECT count(*) FROM browser_session").fetchone()
    assert found is not None
    return int(found[0])
