"""Goes where links lead, as somebody who clicks everything; each kind of page once."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tests.facades.web.visiting import Sheet, Visitor, sheet

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST = 400
ELSEWHERE = ("/docs", "/demo-issuer", "/quick-exit", "/logout", "/static", "/v1")


@dataclass(frozen=True)
class Page:
    """A page that was reached, and from where."""

    path: str
    kind: str
    source: str
    answer: httpx.Response
    sheet: Sheet


def kind_of(address: str) -> str:
    """An address without what is particular in it."""
    parts = urlsplit(address)
    names = sorted({each.partition("=")[0] for each in parts.query.split("&") if each})
    return ID.sub("*", parts.path) + ("?" + "&".join(names) if names else "")


async def crawled(visitor: Visitor, *starts: str) -> AsyncIterator[Page]:
    """Every kind of page that can be reached by links, redirects followed."""
    ahead, known = [(start, "") for start in starts], {kind_of(start) for start in starts}
    for _ in range(MOST):
        if not ahead:
            return
        path, source = ahead.pop(0)
        answer = await visitor.get(path)
        while answer.is_redirect:
            path = answer.headers["location"]
            answer = await visitor.get(path)
        found = sheet(answer)
        yield Page(path, kind_of(path), source, answer, found)
        for link in found.links:
            kind = kind_of(link)
            if link.startswith("/") and kind not in known and not link.startswith(ELSEWHERE):
                known.add(kind)
                ahead.append((link, path))
