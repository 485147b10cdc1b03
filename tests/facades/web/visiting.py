"""A person at a browser without scripts: looks at pages, fills in forms, goes where they lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
from typing_extensions import override

from tests.build.stage import Stage

SESSION = "__Host-session"
FORM = "application/x-www-form-urlencoded"
Fields = Iterable[tuple[str, str]]


@dataclass
class Sheet(HTMLParser):
    """What a page holds: its forms with what is filled in already, its links and its text."""

    forms: list[dict[str, Any]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, form = found.get("name", ""), self.forms[-1] if self.forms else {}
        match tag:
            case "form":
                self.forms.append({"action": found.get("action", ""), "fields": [], "asks": set()})
            case "a":
                self.links.append(found.get("href", ""))
            case "input" | "textarea" | "select" if name and form:
                form["asks"].add(name)
                self._select = name if tag == "select" else ""
                ticked = found.get("type") not in {"radio", "checkbox"} or "checked" in found
                if tag == "input" and ticked and found.get("value"):
                    form["fields"].append((name, found["value"]))
            case "option" if "selected" in found and form and self._select:
                form["fields"].append((self._select, found.get("value", "")))

    @override
    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(" ".join(data.split()))

    def form(self, *names: str) -> dict[str, str]:
        """What is filled in already in the form that asks these. Raises StopIteration."""
        found = next(form for form in self.forms if form["asks"].issuperset(names))
        return dict(found["fields"])

    def form_to(self, action: str) -> dict[str, str]:
        """What is filled in already in the form that goes there. Raises StopIteration."""
        return dict(next(form for form in self.forms if form["action"] == action)["fields"])

    @property
    def text(self) -> str:
        """All that is to be read, in one line."""
        return " ".join(self.words)


def sheet(answer: httpx.Response) -> Sheet:
    found = Sheet()
    found.feed(answer.text)
    return found


@dataclass
class Jar:
    """Keeps cookies as a browser does; each instance is another person's. `set_by` is as sent."""

    http: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict)
    set_by: dict[str, str] = field(default_factory=dict, kw_only=True)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.asked("GET", path, headers=headers)

    async def asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        given = {name.replace("_", "-"): value for name, value in more.pop("headers", {}).items()}
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"accept": "text/html", "cookie": sent, **given}
        answer = await self.http.request(method, path, headers=headers, **more)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.set_by[name] = line
            self.cookies.pop(name, None)
            if "Max-Age=0" not in line:
                self.cookies[name] = value
        return answer


@dataclass
class Visitor(Jar):
    """One browser with one session."""

    csrf: str = ""

    async def post(self, path: str, fields: Fields | Mapping[str, str] = ()) -> httpx.Response:
        """Straight to an address, with the token of the session."""
        pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        body = urlencode([("csrf", self.csrf), *pairs])
        headers = {"content-type": FORM}
        return await self.asked("POST", path, content=body, headers=headers)

    async def fill(self, path: str, *more: tuple[str, str], **fields: str) -> httpx.Response:
        """Open a page with a form, fill these in over what stands there, and send it.

        A name with dots or dashes is given as a pair. The form is the one that asks them all.
        """
        typed = [*fields.items(), *more]
        page = await self.get(path)
        assert page.status_code == 200, (path, page.status_code, sheet(page).text[:300])
        names = {name for name, _ in typed}
        form = next((f for f in sheet(page).forms if names <= f["asks"]), None)
        assert form is not None, (path, names, [f["asks"] for f in sheet(page).forms])
        kept = [(name, value) for name, value in form["fields"] if name not in names | {"csrf"}]
        return await self.post(form["action"] or path, [*kept, *typed])

    async def done(self, path: str, *more: tuple[str, str], **fields: str) -> httpx.Response:
        """The same, which must succeed; the page that one comes to."""
        answer = await self.fill(path, *more, **fields)
        assert answer.status_code == 303, (path, answer.status_code, sheet(answer).text[:800])
        return await self.get(answer.headers["location"])

    async def read(self, path: str) -> Sheet:
        """A page that must be there."""
        answer = await self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, sheet(answer).text[:300])
        return sheet(answer)


async def visitor(stage: Stage, party: str) -> Visitor:
    """A party of the stage, logged in with its one hat."""
    who, sessions = stage.parties[party], stage.app.state.sessions
    hat = who.membership or UUID((await stage.seen(party, "/v1/me"))["hats"][0]["id"])
    async with stage.app.state.services.engines.writer.begin() as db:
        token = await sessions.begin(db, stage.issuer.url, who.subject, hat=hat)
    return Visitor(stage.http, {SESSION: token}, sessions.csrf(token))
