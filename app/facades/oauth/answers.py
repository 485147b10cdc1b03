"""The answers of a token endpoint as RFC 6749 words them, in section 5."""

import json
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from app.platform.http.problems import Problem

FORBID_KEEPING = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthError(StrEnum):
    """The codes of RFC 6749, section 5.2, that can occur here."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    INVALID_SCOPE = "invalid_scope"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


DESCRIPTIONS = {
    OAuthError.INVALID_REQUEST: "The request lacks a parameter, repeats one or is malformed.",
    OAuthError.INVALID_CLIENT: "The client could not be authenticated.",
    OAuthError.INVALID_SCOPE: "Nothing of this scope is open to this client.",
    OAuthError.UNSUPPORTED_GRANT_TYPE: "Only client_credentials is supported.",
}
"""Fixed words: nothing of what was sent is repeated, and no reason is told."""


class TokenRefused(Exception):
    """The token endpoint says no, with one of the standard's codes."""

    def __init__(self, code: OAuthError) -> None:
        super().__init__(code)
        self.code = code


class TokenOut(BaseModel):
    """RFC 6749, section 5.1: its names are the standard's, not ours."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class RefusalOut(BaseModel):
    """RFC 6749, section 5.2."""

    error: OAuthError
    error_description: str


def given(token: TokenOut) -> Response:
    return _json(token.model_dump(), 200)


def refused(code: OAuthError) -> Response:
    """401 where the client is in doubt, 400 for the rest."""
    status, headers = 400, {}
    if code is OAuthError.INVALID_CLIENT:
        status, headers = 401, {"WWW-Authenticate": 'Bearer realm="trede"'}
    body = RefusalOut(error=code, error_description=DESCRIPTIONS[code])
    return _json(body.model_dump(), status, headers)


def refusing(problem: Problem) -> Response:
    """What the conventions refuse before the endpoint sees it, such as a repeated parameter."""
    answer = refused(OAuthError.INVALID_REQUEST)
    answer.headers.update(problem.headers)
    if problem.status != answer.status_code:
        answer.status_code = problem.status
    return answer


def _json(content: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    body = json.dumps(content).encode()
    return Response(body, status, {**FORBID_KEEPING, **(headers or {})}, "application/json")
