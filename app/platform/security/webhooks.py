"""Signed calls to a receiver that somebody named, as Standard Webhooks has it.

The signature is HMAC-SHA256 over id, time and body; while two secrets are valid there are two. The
time is real time, also where the database clock was moved: receivers compare it with their own.
"""

import hmac
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

import httpx

SECONDS = 10.0
READ_AT_MOST = 4096
"""Of the body of an answer, so that the connection can be used again; what it says is not kept."""
SECRET_BYTES = 32
PREFIX = "whsec_"
Hook = Callable[[], Awaitable[None]]


def new_secret() -> str:
    """A secret as receivers' libraries take it."""
    return PREFIX + b64encode(os.urandom(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    """One signature, version 1."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), str(at).encode(), body))
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()


def signed_headers(secrets: Sequence[str], message_id: str, body: bytes) -> dict[str, str]:
    """The three headers, with a signature for each secret that is valid."""
    at = int(time.time())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(s, message_id, at, body) for s in secrets),
    }


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a receiver."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """Of the answer: its status and headers."""

    status: int
    headers: Mapping[str, str]


class Line:
    """The connections to one receiver; never shared, as TLS was checked for its name alone."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._client = httpx.AsyncClient(
            transport=transport, timeout=SECONDS, follow_redirects=False, trust_env=False
        )

    async def send(self, call: Call, *, before: Hook, after: Hook) -> Reply:
        """`before` runs when the connection stands and nothing was sent: what it raises stops it.

        `after` runs when all was handed to the network, whatever the answer will be. Raises what
        httpx raises, and TimeoutError.
        """

        async def trace(event: str, _: object) -> None:
            if event.endswith("send_request_headers.started"):
                await before()
            elif event.endswith(("send_request_body.complete", "send_request_body.failed")):
                await after()

        request = self._client.build_request(
            call.method,
            call.url,
            headers={**call.headers, "accept-encoding": "identity"},
            content=call.body,
            extensions={"trace": trace},
        )
        answer = await self._client.send(request, stream=True)
        try:
            with suppress(httpx.HTTPError):
                await _drain(answer)
            return Reply(answer.status_code, dict(answer.headers))
        finally:
            await answer.aclose()

    async def close(self) -> None:
        await self._client.aclose()


async def _drain(answer: httpx.Response) -> None:
    read = 0
    async for chunk in answer.aiter_raw():
        read += len(chunk)
        if read > READ_AT_MOST:
            return
