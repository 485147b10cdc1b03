"""What two readers of one byte stream could take apart differently is answered once, and closed."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.processes import serving
from tests.databases import TestDatabase

HIDDEN = b"GET /v1/me HTTP/1.1\r\nHost: trede\r\nX-Marker: smuggled\r\n\r\n"
SIZED = str(len(HIDDEN)).encode()


@pytest.fixture
def address(database: TestDatabase, tmp_path: Path) -> Iterator[str]:
    with serving(database, tmp_path) as [one]:
        yield one


def answered(address: str, sent: bytes) -> bytes:
    """All that comes back until the other side closes, or nothing more comes for a while."""
    host, _, port = address.removeprefix("http://").partition(":")
    received = b""
    with socket.create_connection((host, int(port)), timeout=60) as wire:
        wire.sendall(sent)
        wire.shutdown(socket.SHUT_WR)
        while part := wire.recv(65536):
            received += part
    return received


def test_a_request_within_a_request_is_never_answered(address: str) -> None:
    head = b"POST /v1/clients/_search HTTP/1.1\r\nHost: trede\r\n"
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    for name, sent in {
        "length and chunked": head + both + HIDDEN,
        "two lengths": head
        + b"Content-Length: 0\r\nContent-Length: "
        + SIZED
        + b"\r\n\r\n"
        + HIDDEN,
        "chunked in disguise": head + b"Transfer-Encoding: xchunked\r\n\r\n" + HIDDEN,
        "space before the colon": head + b"Content-Length : " + SIZED + b"\r\n\r\n" + HIDDEN,
        "folded line": head + b"X-A: b\r\n Content-Length: 0\r\n\r\n" + HIDDEN,
        "signed length": head + b"Content-Length: +" + SIZED + b"\r\n\r\n" + HIDDEN,
        "bare line feeds": head.replace(b"\r\n", b"\n") + b"Content-Length: 0\n\n",
    }.items():
        told = answered(address, sent)
        assert told.count(b"HTTP/1.1 ") <= 1, name
        assert b"HTTP/1.1 2" not in told, name


def test_an_address_in_the_request_line_leads_nowhere_else(address: str) -> None:
    sent = b"GET http://169.254.169.254/latest HTTP/1.1\r\nHost: trede\r\nConnection: close\r\n\r\n"
    told = answered(address, sent)
    assert told.startswith(b"HTTP/1.1 4")
