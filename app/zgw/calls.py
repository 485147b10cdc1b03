"""Calls to either side: how long we wait, and what an answer means for what we do next."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from secrets import token_hex
from typing import Any

import httpx

from app.zgw.reaching import not_reached

CONNECT_SECONDS = 10.0
LONGEST_WAIT = 300.0
_SHUT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_DOWN = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
MOST_NAMES = 20
NOT_LET_IN = "our login is not accepted there, or may not do this"


class LaterError(Exception):
    """Not now: unreachable, slow, busy or broken. `down`: it holds for everything there."""

    def __init__(self, side: str, what: str, *, wait: float | None = None, down: bool) -> None:
        super().__init__(f"{side}: {what}")
        self.wait, self.down = wait, down


class ShutError(Exception):
    """Whoever we are, we may not: the agreement with this side does not hold (any more)."""

    def __init__(self, side: str, what: str) -> None:
        super().__init__(f"{side}: {what}")


class RefusedError(Exception):
    """This one thing is refused: where, with which status, and the names of what was wrong."""

    def __init__(self, where: str, status: int, names: tuple[str, ...] = ()) -> None:
        super().__init__(f"{where}: {status} {' '.join(names)}".strip())
        self.where, self.status, self.names = where, status, names


class Calls:
    """One side, named as its setting is.

    No redirect is followed and no environment read: headers hold our tokens.
    """

    def __init__(
        self,
        side: str,
        address: str,
        headers: Callable[[], Mapping[str, str]],
        *,
        timeout: float = 30.0,
    ) -> None:
        self.side, self.address, self.trace = side, address, ""
        self._headers = headers
        limits = httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
        self._http = httpx.Client(timeout=limits, trust_env=False, follow_redirects=False)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: str) -> Any:
        return self.ask("GET", path, query=query)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON of a good answer. Never sent twice by itself: who asks looks first."""
        sent = {"Accept": "application/json", **self._headers()}
        if self.trace:
            sent["traceparent"] = self.trace
        url = self.within(path)
        try:
            answer = self._http.request(method, url, json=body, params=query or None, headers=sent)
        except httpx.HTTPError as error:
            raise LaterError(self.side, not_reached(self.address, error), down=True) from None
        if answer.is_success:
            return None if answer.status_code == HTTPStatus.NO_CONTENT else self._json(answer)
        raise self._failure(answer, path)

    def within(self, path: str) -> str:
        """Only ever an address of this side, also where it is one that an answer named."""
        if path.startswith("/"):
            return f"{self.address}{path}"
        if path.startswith(f"{self.address}/"):
            return path
        raise RefusedError("address", 0, ("elsewhere",))

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            raise LaterError(self.side, "what it answers is no JSON", down=True) from None

    def _failure(self, answer: httpx.Response, path: str) -> Exception:
        status = answer.status_code
        if status in _SHUT:
            return ShutError(self.side, f"{status}, {NOT_LET_IN}")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status in _DOWN:
            return LaterError(self.side, str(status), wait=_wait(answer), down=True)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            return LaterError(self.side, str(status), wait=_wait(answer), down=False)
        where = path.removeprefix(self.address).strip("/").partition("/")[0]
        return RefusedError(where, status, _names(answer))


def new_trace() -> str:
    """A W3C `traceparent` that both sides write beside what they log of one trajectory."""
    return f"00-{token_hex(16)}-{token_hex(8)}-01"


def _wait(answer: httpx.Response) -> float | None:
    """`Retry-After` in seconds; a date there counts as not said."""
    said = answer.headers.get("retry-after", "")
    return min(float(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else None


def _names(answer: httpx.Response) -> tuple[str, ...]:
    """Of a `ValidatieFout` the names and codes only: a reason may repeat what we sent."""
    try:
        told = answer.json()
    except ValueError:
        return ()
    faults = told.get("invalidParams") if isinstance(told, dict) else None
    if not isinstance(faults, list):
        return ()
    named = (fault for fault in faults[:MOST_NAMES] if isinstance(fault, dict))
    return tuple(f"{_word(fault.get('name'))}:{_word(fault.get('code'))}" for fault in named)


def _word(value: object) -> str:
    """Letters, points and hyphens of a name: no digits, so never a number of somebody."""
    kept = (
        sign for sign in str(value or "") if sign.isascii() and (sign.isalpha() or sign in ".-_")
    )
    return "".join(kept)[:60]
