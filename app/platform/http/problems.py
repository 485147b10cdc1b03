"""Refusals as RFC 9457 problem details: raised on any storey, rendered in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import ClassVar, Literal

Place = Literal["body", "query", "path", "header"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request: where and why, never the value that was sent."""

    in_: Place
    pointer: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {
            "in": self.in_,
            "pointer": self.pointer,
            "code": self.code,
            "detail": self.detail,
        }


class Problem(Exception):
    """An answer that refuses. A text may quote the contract, never what the caller sent."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "urn:trede:problem:internal-error"
    title: ClassVar[str] = "Internal error"
    text: ClassVar[str] = "Something went wrong on our side."

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.detail = detail or self.text
        self.errors = list(errors)
        self.headers = dict(headers or {})
        super().__init__(self.detail)


class BadRequest(Problem):
    status = 400
    type = "urn:trede:problem:bad-request"
    title = "Invalid request"
    text = "The request does not fit the contract. See `errors`."


class Unauthorized(Problem):
    """No valid token. `error` is one of the codes of RFC 6750 section 3.1."""

    status = 401
    type = "urn:trede:problem:unauthorized"
    title = "Not authenticated"
    text = "A valid access token is needed."

    def __init__(
        self,
        detail: str | None = None,
        *,
        error: Literal["invalid_request", "invalid_token", "insufficient_scope"] | None = None,
    ) -> None:
        challenge = 'Bearer realm="trede"' + (f', error="{error}"' if error else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class NotAllowed(Problem):
    """Only for an act that the caller knows exists; anything hidden is `NotFound`."""

    status = 403
    type = "urn:trede:problem:not-allowed"
    title = "Not allowed"
    text = "Your role does not allow this act."


class NotFound(Problem):
    """Unknown and hidden are one answer, so it takes no words of its own."""

    status = 404
    type = "urn:trede:problem:not-found"
    title = "Not found"
    text = "There is nothing here that you may see."

    def __init__(self) -> None:
        super().__init__()


class MethodNotAllowed(Problem):
    status = 405
    type = "urn:trede:problem:method-not-allowed"
    title = "Method not allowed"
    text = "This resource does not know this method. See the header `Allow`."


class NotAcceptable(Problem):
    status = 406
    type = "urn:trede:problem:not-acceptable"
    title = "Not acceptable"
    text = "The answer cannot be given in a media type that you accept."


class RequestTimeout(Problem):
    status = 408
    type = "urn:trede:problem:request-timeout"
    title = "Request timeout"
    text = "The body of the request did not arrive in time."


class Conflict(Problem):
    status = 409
    type = "urn:trede:problem:conflict"
    title = "Conflict"
    text = "The request does not fit the present state."


class PreconditionFailed(Problem):
    status = 412
    type = "urn:trede:problem:precondition-failed"
    title = "Precondition failed"
    text = "`If-Match` does not name the present version. Read it again."


class TooLarge(Problem):
    status = 413
    type = "urn:trede:problem:too-large"
    title = "Too large"
    text = "The body of the request is too large."


class UnsupportedMedia(Problem):
    status = 415
    type = "urn:trede:problem:unsupported-media-type"
    title = "Unsupported media type"
    text = "The body must be of the media type that the contract names."


class PreconditionRequired(Problem):
    status = 428
    type = "urn:trede:problem:precondition-required"
    title = "Precondition required"
    text = "`If-Match` with the ETag of the version that you read is required."


class TooManyRequests(Problem):
    """`retry_after` in seconds, rounded up."""

    status = 429
    type = "urn:trede:problem:too-many-requests"
    title = "Too many requests"
    text = "Too many requests. See the header `Retry-After`."

    def __init__(self, retry_after: float = 1.0) -> None:
        super().__init__(headers={"Retry-After": str(max(1, ceil(retry_after)))})


class Unavailable(Problem):
    """Try again; a lost commit may have been carried out, so with the same Idempotency-Key."""

    status = 503
    type = "urn:trede:problem:unavailable"
    title = "Unavailable"
    text = "The service cannot answer now. Try again later."

    def __init__(self, retry_after: float = 5.0) -> None:
        super().__init__(headers={"Retry-After": str(max(1, ceil(retry_after)))})
