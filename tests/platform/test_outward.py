"""Calls to addresses that others name lead nowhere near our own network, and hold nobody up."""

import asyncio
import os
import socket
import threading
from typing import Any

import httpx
import pytest

from app.platform.security import fetching
from app.platform.security.fetching import FetchError, fetch_object
from app.platform.security.outward import PublicTransport, check_public_url, is_public

PUBLIC = "93.184.215.14"
SHARED = min(32, (os.cpu_count() or 1) + 4)
"""Threads that all of a process shares (`asyncio.to_thread`)."""


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name stand for these addresses."""

    def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, 0, 0, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


class Recorder(httpx.AsyncBaseTransport):
    """Answers with an object, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(200, json={"keys": []})


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.8"],
        ["172.16.4.4"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],
        ["224.0.0.1"],
        ["::1"],
        ["fe80::1"],
        ["fd00::1"],
        ["::ffff:10.0.0.8"],
        ["2002:0a00:0008::1"],
        ["64:ff9b::a9fe:a9fe"],
        ["64:ff9b:1::1"],
        ["::127.0.0.1"],
        ["::ffff:0:10.0.0.8"],
        ["::ffff:224.0.0.1"],
        ["fec0::1"],
        [PUBLIC, "10.0.0.8"],
        [],
    ],
)
async def test_a_name_that_leads_into_a_network_is_not_called(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolves_to(monkeypatch, *addresses)
    inner = Recorder()
    with pytest.raises(FetchError):
        await fetch_object("https://keys.example.org/jwks", transport=PublicTransport(inner))
    assert inner.asked == []


async def test_the_connection_goes_to_the_checked_address_under_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolves_to(monkeypatch, PUBLIC)
    inner = Recorder()
    await fetch_object("https://keys.example.org/jwks", transport=PublicTransport(inner))
    (request,) = inner.asked
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "keys.example.org"
    assert request.extensions["sni_hostname"] == "keys.example.org"


@pytest.mark.parametrize(
    "address", ["2606:2800:220:1::1", "64:ff9b::5db8:d70e", f"::ffff:{PUBLIC}"]
)
def test_what_is_public_is_so_in_each_form(address: str) -> None:
    assert is_public(address)


async def test_names_whose_nameserver_is_silent_hold_up_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = threading.Event()

    def lookup(*_: Any, **__: Any) -> list[Any]:
        answers.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    urls = [f"https://keys-{number}.example.org/jwks" for number in range(SHARED)]
    try:
        asked = [fetch_object(url, transport=PublicTransport(Recorder())) for url in urls]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(each) for each in found} == {FetchError}
        async with asyncio.timeout(5):
            assert await asyncio.to_thread(int, "1") == 1
    finally:
        answers.set()


async def test_what_can_be_no_name_is_a_failure_to_connect() -> None:
    with pytest.raises(FetchError):
        await fetch_object(
            f"https://{'a' * 64}.example.org/", transport=PublicTransport(Recorder())
        )


@pytest.mark.parametrize("url", ["https://10.0.0.8/", "https://[fd00::1]/", "http://example.org/"])
def test_an_address_within_a_network_is_refused_as_it_is_written(url: str) -> None:
    with pytest.raises(ValueError, match=r"not allowed|required"):
        check_public_url(url)


def test_public_addresses_are_public() -> None:
    assert is_public(PUBLIC)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert check_public_url("https://keys.example.org/jwks")
