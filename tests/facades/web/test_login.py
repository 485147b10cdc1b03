"""Who is logged in with a browser: at the provider, bound to this browser, for a while."""

import json
import re
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from typing_extensions import override

from app.facades.web.login.browser import LOGIN_COOKIE, destination
from app.facades.web.login.guard import SESSION_COOKIE
from app.platform.security.demo_login import WEB_CLIENT
from app.platform.security.issuer import Issuer, SigningKey, new_signing_key
from tests.build.stage import Stage
from tests.facades.web.logging_in import (
    NEAR,
    Browser,
    changed,
    provided,
    refused,
    sessions,
)
from tests.facades.web.visiting import FORM

HOUR = 3600
OTHER_KEY = SigningKey(new_signing_key())


# --- the way in ------------------------------------------------------------------------------


async def test_somebody_logs_in_at_the_provider_and_comes_back_to_the_page_that_was_asked(
    browser: Browser,
) -> None:
    asked = await browser.get("/drafts?of=me")
    assert asked.status_code == 303
    login = asked.headers["location"]
    assert login == "/login?next=%2Fdrafts%3Fof%3Dme"
    page = await browser.get(login)
    start = re.search(r'href="(/login/start\?[^"]+)"', page.text)
    assert start is not None
    onward = dict(parse_qsl(urlsplit(start[1]).query))["next"]
    back = await browser.log_in("coach", onward)
    assert (back.status_code, back.headers["location"]) == (303, "/drafts?of=me")
    assert (await browser.get("/drafts?of=me")).status_code == 200


async def test_the_provider_is_asked_for_a_code_with_a_challenge_a_nonce_and_a_fresh_login(
    browser: Browser,
) -> None:
    asked = await browser.to_provider()
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["prompt"], asked["max_age"], asked["scope"]) == ("login", "0", "openid")
    again = await browser.to_provider()
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) >= 43
        assert asked[name] != again[name]


async def test_cookies_are_of_this_host_alone_and_closed_to_scripts_and_other_sites(
    browser: Browser,
) -> None:
    await browser.log_in("coach")
    for name in (SESSION_COOKIE, LOGIN_COOKIE):
        assert name.startswith("__Host-")
        words = {word.strip().lower() for word in browser.set_by[name].split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= words
        assert not any(word.startswith("domain") for word in words)
    assert LOGIN_COOKIE not in browser.cookies


async def test_a_login_that_nobody_here_knows_comes_no_further_and_learns_nothing(
    stage: Stage, browser: Browser
) -> None:
    answer = await browser.log_in("stranger")
    assert answer.status_code == 403
    assert "Vraag het de beheerder" in answer.text
    assert "stranger" not in answer.text
    assert (browser.token, sessions(stage)) == (None, 0)


async def test_who_is_disabled_here_comes_no_further_than_a_stranger(
    stage: Stage, browser: Browser
) -> None:
    unknown = await browser.log_in("stranger")
    with stage.straight() as db:
        db.execute("UPDATE account SET disabled_at = moment() WHERE subject = 'subject-coach'")
    disabled = await browser.log_in("coach")
    assert (disabled.status_code, disabled.text) == (unknown.status_code, unknown.text)
    assert browser.token is None


async def test_without_a_provider_the_page_says_so(stage: Stage, browser: Browser) -> None:
    stage.app.state.login = None
    page = await browser.get("/login")
    assert "nog niet ingesteld" in page.text
    assert "/login/start" not in page.text
    assert (await browser.get("/login/start")).headers["location"].startswith("/login?")
    assert (await browser.get("/login/return?code=x&state=y")).status_code == 400


async def test_a_provider_that_is_away_is_told_as_such(stage: Stage, browser: Browser) -> None:
    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    with provided(stage, httpx.MockTransport(away)):
        answer = await browser.get("/login/start")
    assert answer.status_code == 503
    assert "geeft geen goed antwoord" in answer.text


async def test_this_machine_by_another_name_begins_at_the_address_to_which_one_comes_back(
    browser: Browser,
) -> None:
    start = await browser.get("http://localhost:8000/login/start?next=/drafts")
    assert start.headers["location"] == "/login?next=%2Fdrafts"
    page = await browser.get("http://localhost:8000/login?next=%2Fdrafts")
    assert page.headers["location"] == "http://127.0.0.1:8000/login?next=%2Fdrafts"


# --- what does not hold ----------------------------------------------------------------------


async def test_an_answer_that_does_not_fit_what_this_browser_asked_logs_nobody_in(
    browser: Browser, stage: Stage
) -> None:
    changes: tuple[dict[str, str | None], ...] = (
        {"state": "x" * 43},
        {"state": None},
        {"code": "x" * 43},
        {"code": None},
        {"error": "access_denied"},
        {"iss": "https://other.example"},
    )
    for change in changes:
        back = await browser.choose(await browser.to_provider(), "coach")
        await refused(browser, changed(back, **change))
        await refused(browser, back)  # and it does not count once more
    assert sessions(stage) == 0


async def test_a_parameter_that_stands_there_twice_is_none(browser: Browser) -> None:
    back = await browser.choose(await browser.to_provider(), "coach")
    await refused(browser, f"{back}&state=other")


async def test_an_answer_for_another_browser_logs_nobody_in(stage: Stage, browser: Browser) -> None:
    """Login fixation: somebody has another one come back with the attacker's own code."""
    back = await browser.choose(await browser.to_provider(), "coach")
    victim = Browser(stage.http)
    await refused(victim, back)
    await victim.to_provider()
    await refused(victim, back)


async def test_a_stolen_code_is_worth_nothing_with_another_verifier(
    stage: Stage, browser: Browser
) -> None:
    stolen = dict(
        parse_qsl(urlsplit(await browser.choose(await browser.to_provider(), "coach")).query)
    )
    thief = Browser(stage.http)
    own = await thief.choose(await thief.to_provider(), "expert")
    await refused(thief, changed(own, code=stolen["code"]))


async def test_a_code_counts_once_and_for_a_minute(stage: Stage, browser: Browser) -> None:
    back = await browser.choose(await browser.to_provider(), "coach")
    held = dict(browser.cookies)
    assert (await browser.get(back)).status_code == 303
    again = Browser(stage.http, held)
    await refused(again, back)


async def test_the_provider_of_the_demo_gives_no_code_without_a_challenge(
    browser: Browser,
) -> None:
    asked = await browser.to_provider()
    bare = {name: value for name, value in asked.items() if "challenge" not in name}
    plain = {**asked, "code_challenge_method": "plain"}
    for given in (bare, plain, {**asked, "code_challenge": ""}):
        back = await browser.choose(given, "coach")
        answer = dict(parse_qsl(urlsplit(back).query))
        assert (answer["error"], answer["state"]) == ("invalid_request", asked["state"])
        assert "code" not in answer


async def test_the_provider_of_the_demo_sends_nobody_to_an_address_that_is_not_registered(
    browser: Browser,
) -> None:
    asked = await browser.to_provider()
    for strange in (
        {"redirect_uri": "https://evil.example/login/return"},
        {"redirect_uri": asked["redirect_uri"] + "/"},
        {"client_id": "other"},
    ):
        form = {**asked, **strange, "persona": "coach"}
        answer = await browser.post("/demo-issuer/authorize", form)
        assert answer.status_code == 400
        assert "location" not in answer.headers


async def test_the_provider_of_the_demo_exchanges_a_code_for_whom_it_was_given_only(
    browser: Browser, stage: Stage
) -> None:
    right = {"grant_type": "authorization_code", "client_id": WEB_CLIENT}
    for wrong in (
        {"code_verifier": "x" * 64},
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/"},
        {"grant_type": "refresh_token"},
    ):
        asked = await browser.to_provider()
        back = dict(parse_qsl(urlsplit(await browser.choose(asked, "coach")).query))
        form = {**right, "redirect_uri": asked["redirect_uri"], "code": back["code"], **wrong}
        answer = await stage.http.post(
            "/demo-issuer/token", content=urlencode(form), headers={"content-type": FORM}
        )
        assert answer.status_code == 400
        assert set(answer.json()) == {"error"}


async def test_the_page_of_the_demo_shows_whom_one_can_be_and_finds_them_without_scripts(
    browser: Browser,
) -> None:
    asked = await browser.to_provider()
    everyone = await browser.get(f"/demo-issuer/authorize?{urlencode(asked)}")
    assert 'value="coach"' in everyone.text
    assert 'value="expert"' in everyone.text
    assert "<script" not in everyone.text
    found = await browser.get(f"/demo-issuer/authorize?{urlencode({**asked, 'q': 'EXPERT'})}")
    assert 'value="coach"' not in found.text
    assert f'value="{asked["state"]}"' in found.text
    quoted = await browser.get(
        f"/demo-issuer/authorize?{urlencode({**asked, 'q': chr(34) + '<b>'})}"
    )
    assert "<b>" not in quoted.text


async def test_who_may_not_be_asked_is_not_logged_in_by_the_demo(browser: Browser) -> None:
    asked = {**await browser.to_provider(), "prompt": "none"}
    back = await browser.choose(asked, "coach")
    assert "error=login_required" in back
    await refused(browser, back)


# --- the ID token ----------------------------------------------------------------------------


class Tampering(httpx.AsyncBaseTransport):
    """The provider of the demo, whose answer to a code is changed on the way."""

    def __init__(self, stage: Stage) -> None:
        self.inner = httpx.ASGITransport(stage.app, client=NEAR)
        self.id_token: str | None = None

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        if not request.url.path.endswith("/token"):
            return answer
        given = json.loads(await answer.aread())
        return httpx.Response(
            200, json=given | ({"id_token": self.id_token} if self.id_token else {})
        )


Minted = Callable[[Stage, dict[str, str]], str]


def minted(
    key: SigningKey | None = None, url: str | None = None, ago: int = 0, **terms: Any
) -> Minted:
    """An ID token as the provider would give it, but for these terms."""

    def mint(stage: Stage, asked: dict[str, str]) -> str:
        issuer = Issuer(
            url or stage.issuer.url, key or stage.issuer._key, now=lambda: time.time() - ago
        )
        given = {
            "client_id": WEB_CLIENT,
            "nonce": asked["nonce"],
            "auth_time": int(time.time()),
            **terms,
        }
        return issuer.mint_id("subject-coach", **given)

    return mint


def unsigned(stage: Stage, asked: dict[str, str]) -> str:
    _, claims, _ = minted()(stage, asked).split(".")
    head = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{head}.{claims}."


def renamed(stage: Stage, asked: dict[str, str]) -> str:
    """Claims of somebody else under a signature that is real."""
    head, claims, signature = minted()(stage, asked).split(".")
    found = json.loads(urlsafe_b64decode(claims + "=="))
    found["sub"] = "subject-clinician"
    forged = urlsafe_b64encode(json.dumps(found).encode()).rstrip(b"=").decode()
    return f"{head}.{forged}.{signature}"


def under_our_name(stage: Stage, asked: dict[str, str]) -> str:
    """Signed by another key that calls itself by the id of the right one."""
    stranger = SigningKey(new_signing_key())
    stranger.kid = stage.issuer._key.kid
    return minted(key=stranger)(stage, asked)


def access_token(stage: Stage, _asked: dict[str, str]) -> str:
    return stage.issuer.mint("subject-coach", audience=WEB_CLIENT, client_id=WEB_CLIENT)


BROKEN: tuple[Minted, ...] = (
    minted(key=OTHER_KEY),
    under_our_name,
    unsigned,
    renamed,
    access_token,
    minted(ago=2 * HOUR),
    minted(ago=-HOUR),
    minted(client_id="other-client"),
    minted(url="https://other.example/demo-issuer"),
    minted(nonce="x" * 43),
    minted(nonce=None),
    minted(azp="other-client"),
    minted(at_hash="x" * 22),
    minted(auth_time=int(time.time()) - HOUR),
    minted(auth_time=None),
    minted(aud=[WEB_CLIENT, "other-client"]),
    minted(sub=""),
    lambda *_: "no.token.at-all",
)


async def test_an_id_token_that_does_not_hold_logs_nobody_in(stage: Stage) -> None:
    tampering = Tampering(stage)
    with provided(stage, tampering):
        for number, token in enumerate(BROKEN):
            browser = Browser(stage.http)
            asked = await browser.to_provider()
            broken = token(stage, asked)
            tampering.id_token = broken
            back = await browser.get(await browser.choose(asked, "coach"))
            assert (number, back.status_code, browser.token) == (number, 400, None)
    assert sessions(stage) == 0


async def test_the_right_token_holds_on_the_same_way(stage: Stage) -> None:
    tampering = Tampering(stage)
    with provided(stage, tampering):
        browser = Browser(stage.http)
        asked = await browser.to_provider()
        tampering.id_token = minted()(stage, asked)
        assert (await browser.get(await browser.choose(asked, "coach"))).status_code == 303
        assert await browser.is_in()


async def test_a_level_that_was_agreed_upon_must_be_named_by_the_provider(stage: Stage) -> None:
    tampering = Tampering(stage)
    with provided(stage, tampering, acr=("high", "higher")):
        for told, status in (("high", 303), ("higher", 303), ("low", 400), (None, 400)):
            browser = Browser(stage.http)
            asked = await browser.to_provider()
            assert asked["acr_values"] == "high higher"
            given = minted(acr=told)(stage, asked)
            tampering.id_token = given
            back = await browser.get(await browser.choose(asked, "coach"))
            assert back.status_code == status, told


async def test_where_a_login_at_the_provider_may_be_older_nobody_is_asked_anew(
    stage: Stage,
) -> None:
    tampering = Tampering(stage)
    with provided(stage, tampering, always_asks=False):
        browser = Browser(stage.http)
        asked = await browser.to_provider()
        assert not {"prompt", "max_age"} & set(asked)
        older = minted(auth_time=int(time.time()) - HOUR)
        tampering.id_token = older(stage, asked)
        assert (await browser.get(await browser.choose(asked, "coach"))).status_code == 303


async def test_a_secret_goes_to_the_provider_in_the_header_and_nowhere_else(stage: Stage) -> None:
    seen: list[httpx.Request] = []

    class Listening(Tampering):
        @override
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request)
            if request.url.path.endswith("openid-configuration"):
                found = json.loads(await (await super().handle_async_request(request)).aread())
                found["token_endpoint_auth_methods_supported"] = ["client_secret_basic"]
                return httpx.Response(200, json=found)
            return await super().handle_async_request(request)

    with provided(stage, Listening(stage), secret="geheim"):
        await Browser(stage.http).log_in("coach")
    basic = httpx.BasicAuth(WEB_CLIENT, "geheim")._auth_header
    [exchange] = [request for request in seen if request.method == "POST"]
    assert exchange.headers["authorization"] == basic
    assert b"geheim" not in exchange.content


# --- where one is led ------------------------------------------------------------------------


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "/%0d%0aset-cookie: a=b\r\nx",
    "",
    "/" + "x" * 3000,
)


async def test_a_login_leads_to_a_page_of_ours_and_nowhere_else(browser: Browser) -> None:
    for elsewhere in ELSEWHERE:
        assert destination(elsewhere) == "/"
        back = await browser.log_in("coach", elsewhere)
        assert back.headers["location"] == "/", elsewhere
        page = await browser.get(f"/login?{urlencode({'next': elsewhere})}")
        assert "evil" not in page.text


async def test_the_provider_of_the_demo_is_not_there_for_who_comes_through_a_proxy(
    browser: Browser,
) -> None:
    """What a proxy says is taken out of a request early; that it spoke still counts here."""
    asked = urlencode(await browser.to_provider())
    for words in ("x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "forwarded", "via"):
        for path in (f"/demo-issuer/authorize?{asked}", "/demo-issuer/jwks"):
            answer = await browser.get(path, **{words: "127.0.0.1"})
            assert answer.status_code == 404, (words, path)
    assert (await browser.get("/demo-issuer/jwks")).status_code == 200
