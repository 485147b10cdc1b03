"""Why a side is not reached, in plain words: its host and what went wrong."""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (httpx.TimeoutException, "does not answer in time"),
    (socket.gaierror, "this name is not found"),
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "does not speak TLS here"),
    (ConnectionRefusedError, "refuses the connection"),
    (httpx.ConnectError, "is not reached"),
)


def not_reached(address: str, error: httpx.HTTPError) -> str:
    """The host and the reason, without what a library calls it."""
    causes = list(_causes(error))
    found = (words for kind, words in WORDS if any(isinstance(cause, kind) for cause in causes))
    return f"{urlsplit(address).netloc}: {next(found, 'breaks off')}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    while at is not None:
        yield at
        at = at.__cause__ or at.__context__
