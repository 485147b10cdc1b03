"""What an action may know of the HTTP exchange it serves, free of any framework."""

import hmac
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from app.platform.http.problems import BadRequest, Fault
from app.platform.http.schemas import UUID_TEXT

WORD = re.compile(r"[a-z][a-z_]{0,63}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request in so far as actions and the access log need it; `route` is the template."""

    request_id: str
    trace_id: str
    method: str
    route: str
    if_match: str | None
    idempotency_key: UUID | None
    body_hmac: bytes | None
    purpose_of_use: str | None
    span_id: str | None = None
    parent_span_id: str | None = None


class Incoming(Protocol):
    """The part of a request that is read here."""

    @property
    def app(self) -> Any: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def scope(self) -> MutableMapping[str, Any]: ...


def exchange_of(request: Incoming) -> Exchange:
    """The exchange of a request on one of our routes. Raises BadRequest for malformed headers."""
    state: Mapping[str, Any] = request.scope["state"]
    method: str = request.scope["method"]
    key = _idempotency_key(request) if method == "POST" else None
    return Exchange(
        request_id=state["request_id"],
        trace_id=state["trace_id"],
        method=method,
        route=route_of(request.scope),
        if_match=request.headers.get("if-match"),
        idempotency_key=key,
        body_hmac=_body_hmac(request) if key else None,
        purpose_of_use=_purpose_of_use(request),
        span_id=state.get("span_id"),
        parent_span_id=state.get("parent_span_id"),
    )


def route_of(scope: Mapping[str, Any]) -> str:
    """The path template, with the prefix under which its router was included."""
    found = scope.get("trede.operation")  # by `dispatch.Tree`
    found = found or scope.get("fastapi", {}).get("effective_route_context")
    return str(getattr(found or scope.get("route"), "path_format", ""))


def _idempotency_key(request: Incoming) -> UUID | None:
    text = request.headers.get("idempotency-key")
    if text is None:
        return None
    if not UUID_TEXT.fullmatch(text):
        raise _bad_header("Idempotency-Key", "The key must be a UUID.")
    return UUID(text)


def _purpose_of_use(request: Incoming) -> str | None:
    text = request.headers.get("purpose-of-use")
    if text is not None and not WORD.fullmatch(text):
        raise _bad_header("Purpose-Of-Use", "Must be one of the purposes in the contract.")
    return text


def _bad_header(name: str, detail: str) -> BadRequest:
    return BadRequest(errors=[Fault("header", f"#/{name}", "wrong_format", detail)])


def _body_hmac(request: Incoming) -> bytes:
    """Names what was asked: the concrete path counts, for one template serves many resources."""
    scope = request.scope
    asked = b"\0".join((scope["path"].encode(), scope["query_string"], scope["state"]["body"]))
    return hmac.digest(request.app.state.body_key, asked, "sha256")
