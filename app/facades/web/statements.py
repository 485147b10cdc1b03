"""What everyone may read without logging in: how accessible the pages are, what happens to data."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from app.facades.web.answers import html
from app.facades.web.login.doors import Endpoint, door, nobody


@door
async def accessibility(request: Request) -> Response:
    return html("about/accessibility.html", HTTPStatus.OK, nobody(request))


@door
async def privacy(request: Request) -> Response:
    return html("about/privacy.html", HTTPStatus.OK, nobody(request))


STATEMENTS: list[tuple[str, str, Endpoint]] = [
    ("GET", "/about/accessibility", accessibility),
    ("GET", "/about/privacy", privacy),
]
