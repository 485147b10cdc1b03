"""The outermost shell: ids of the exchange and security headers on every answer, 500 included."""

import logging
import re
import traceback
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.platform.http.certificates import Proxy
from app.platform.http.handlers import DIALECT, Refused, answer
from app.platform.http.problems import Problem
from app.platform.http.tracing import Trace

Pair = tuple[bytes, bytes]

# Words for a proxy or an override. Uvicorn has already taken what trusted proxies said.
DROPPED = re.compile(
    rb"forwarded|x-forwarded-.*|x-real-ip|x-user(-.*)?|x-http-method(-override)?|x-method-override"
    rb"|x-original-.*|x-rewrite-.*|x-client-.*|x-remote-.*|x-trede-.*|remote-user"
    rb"|client-cert(-.*)?|x-ssl-.*|ssl-client-.*"
)
# Only a proxy says these; who must not be reached through one asks `state["proxied"]`.
PROXIED = re.compile(rb"forwarded|via|x-forwarded-.*|x-real-ip")
POLICY = b"content-security-policy"
KEEPING = b"cache-control"
OPEN_PATH = "/v1/openapi.json"
FIXED: tuple[Pair, ...] = (
    (b"cache-control", b"no-store"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), display-capture=(), geolocation=(), microphone=()"),
)
STRICT_POLICY: Pair = (POLICY, b"default-src 'none'; frame-ancestors 'none'")
log = logging.getLogger("trede.http")


class Shell:
    """Wraps the whole application. Pages under `own_policy` bring their own content policy.

    What lies under `keepable` is the same for everyone, and says itself how long it may be kept.
    `dialects` names the prefixes where refusals are written as another standard says, `proxy` who
    may tell of a client's certificate.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        version: str,
        own_policy: Iterable[str] = (),
        keepable: Iterable[str] = (),
        dialects: Mapping[str, Refused] | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self.app = app
        self.proxy = proxy or Proxy(None)
        self.fixed = (*FIXED, (b"api-version", version.encode()))
        self.own_policy = tuple(own_policy)
        self.keepable = tuple(keepable)
        self.dialects = dict(dialects or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        inner, added = self._opened(scope)
        started = complete = False

        async def outward(message: Message) -> None:
            nonlocal started, complete
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._merged(scope, message, added)}
            elif message["type"] == "http.response.body":
                complete = not message.get("more_body", False)
                if scope["method"] == "HEAD":
                    message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(inner, receive, outward)
        except Exception as error:  # noqa: BLE001 - the last resort; nothing may leave unwrapped
            self.report(error, inner["state"]["request_id"])
            if started and not complete:  # too late for a status: the connection must break
                raise RuntimeError("the answer broke off") from None
            if not started:
                await answer(Request(inner), Problem())(inner, receive, outward)

    def _opened(self, scope: Scope) -> tuple[Scope, tuple[Pair, ...]]:
        """The scope for the application, and the headers that name the exchange."""
        trace = Trace.of(Headers(scope=scope))
        trace.enter()
        state = {**scope.get("state", {}), **trace.state()}
        state["certificate"] = self.proxy.thumbprint(scope["headers"])
        spoken = (own for at, own in self.dialects.items() if _below(scope["path"], at))
        state[DIALECT] = next(spoken, None)
        state["proxied"] = any(PROXIED.fullmatch(name.lower()) for name, _ in scope["headers"])
        kept = [pair for pair in scope["headers"] if not DROPPED.fullmatch(pair[0].lower())]
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        added = tuple((name.encode(), value.encode()) for name, value in trace.told().items())
        return {**scope, "headers": kept, "state": state, "method": method}, added

    def _merged(self, scope: Scope, message: Message, added: tuple[Pair, ...]) -> list[Pair]:
        path: str = scope["path"]
        own: list[Pair] = [(name.lower(), value) for name, value in message.get("headers", ())]
        ours: list[Pair] = [*self.fixed, *added]
        has_policy = any(name == POLICY for name, _ in own)
        if not (has_policy and any(_below(path, prefix) for prefix in self.own_policy)):
            ours.append(STRICT_POLICY)
        if any(name == KEEPING for name, _ in own) and any(_below(path, p) for p in self.keepable):
            ours = [pair for pair in ours if pair[0] != KEEPING]
        if path == OPEN_PATH:
            ours.append((b"access-control-allow-origin", b"*"))
        replaced = {name for name, _ in ours}
        return [pair for pair in own if pair[0] not in replaced] + ours

    @staticmethod
    def report(error: Exception, request_id: str) -> None:
        """Where it broke, without the message: that may quote a person's data."""
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("unhandled %s, request %s\n%s", type(error).__qualname__, request_id, frames)


def _below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")
