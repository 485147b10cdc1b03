"""What a page says: a template, the way to another page, a file, or a refusal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.facades.operations import Told
from app.facades.web.rendering import POLICY, rendered
from app.facades.web.words import reading as words

TITLES = {
    HTTPStatus.BAD_REQUEST: "Dit kunnen wij niet lezen",
    HTTPStatus.FORBIDDEN: "Dit kan niet met uw rol",
    HTTPStatus.NOT_FOUND: "Hier is niets dat u mag zien",
    HTTPStatus.METHOD_NOT_ALLOWED: "Dit kan hier niet",
    HTTPStatus.REQUEST_TIMEOUT: "Het sturen duurde te lang",
    HTTPStatus.CONFLICT: "Dit kan nu niet",
    HTTPStatus.PRECONDITION_FAILED: "Iemand was u voor",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Dit is te groot",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Dit soort bestand kan niet",
    HTTPStatus.TOO_MANY_REQUESTS: "Even te veel tegelijk",
    HTTPStatus.SERVICE_UNAVAILABLE: "Het lukt nu even niet",
}
OTHERWISE = "Er ging iets mis"


@dataclass(frozen=True)
class Shown:
    """A template with its values; `status` where it is not 200."""

    template: str
    values: dict[str, Any]
    status: int

    def __init__(self, template: str, status: int = HTTPStatus.OK, **values: Any) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "status", status)


@dataclass(frozen=True, slots=True)
class Onward:
    """After an act: another page of ours, where it is told once what was done."""

    path: str
    done: str | None = None


def html(template: str, status: int, values: Mapping[str, Any]) -> Response:
    """A page, with the policy under which nothing strange runs in it."""
    content = rendered(template, **values)
    return HTMLResponse(content, status, headers={"Content-Security-Policy": POLICY})


def onward(path: str) -> Response:
    """The way to another page of ours, to be read anew."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or "\\" in path:
        raise ValueError("a page leads to another page of ours only")
    return RedirectResponse(quote(path, safe="/?&=#%+,:;-._~"), HTTPStatus.SEE_OTHER)


def refusal(told: Told) -> dict[str, Any]:
    """A refusal in words: what is the matter, and each fault of what was sent."""
    problem = problem_of(told)
    return {
        "status": told.status,
        "title": title_of(told.status),
        "text": words.refusal(str(problem.get("detail", ""))),
        "faults": [
            words.fault(fault["code"], fault["detail"]) for fault in problem.get("errors", ())
        ],
    }


def problem_of(told: Told) -> dict[str, Any]:
    """The problem document of an answer; empty for an answer without one."""
    try:
        found: dict[str, Any] = json.loads(told.body)
    except ValueError:
        return {}
    return found


def title_of(status: int) -> str:
    return next((words for known, words in TITLES.items() if known == status), OTHERWISE)
