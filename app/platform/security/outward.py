"""Calls to addresses that others name: to the public internet only, never into our own network."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import httpx

from app.platform.http.problems import BadRequest, Fault
from app.platform.security.fetching import check_url

HTTPS = 443
GIVEN_OUT = IPv6Network("2000::/3")
"""All that is public lies here; the rest of IPv6 is reserved, old forms of a network's own too."""
TRANSLATED = IPv6Network("64:ff9b::/96")
NAMES = ThreadPoolExecutor(64, "names")
"""Where names are looked up that others give us. A nameserver that is silent holds its thread long
after we gave up, and what this process does in threads of its own may not wait for that."""


def check_public_url(url: str) -> str:
    """The URL itself when it may be called: https, and no address within a network.

    A name is looked up when it is called, not here. Raises ValueError.
    """
    check_url(url, allow_loopback=False)
    host = urlsplit(url).hostname or ""
    if _is_address(host) and not is_public(host):
        raise ValueError("an address within a network is not allowed here")
    return url


def require_public_url(url: str, pointer: str) -> None:
    """The same for an address in a body. Raises BadRequest."""
    try:
        check_public_url(url)
    except ValueError:
        detail = "Must be an https address on the public internet."
        fault = Fault("body", pointer, "not_allowed_value", detail)
        raise BadRequest(errors=[fault]) from None


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet; IPv4 written as IPv6 counts as IPv4."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is None and (found.teredo is not None or found not in GIVEN_OUT):
            return False
        found = inner or found
    return found.is_global and not found.is_multicast


def _translated(address: IPv6Address) -> IPv4Address | None:
    """What a translator between the two makes of it (NAT64, RFC 6052)."""
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in TRANSLATED else None


class PublicTransport(httpx.AsyncBaseTransport):
    """Looks a name up once, checks every answer, and connects to the address it checked.

    So a name that points elsewhere a moment later (DNS rebinding) leads nowhere; the certificate
    is still checked against the name.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, port = request.url.host, request.url.port or HTTPS
        address = await _checked_address(host, port)
        request.url = request.url.copy_with(host=address)
        request.extensions = {**request.extensions, "sni_hostname": host}
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _checked_address(host: str, port: int) -> str:
    """Raises httpx.ConnectError unless all that the name stands for is public."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.get_running_loop().run_in_executor(NAMES, look_up)
    except (OSError, UnicodeError) as error:  # the latter for what can be no name
        raise httpx.ConnectError("the name is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(is_public, addresses)):
        raise httpx.ConnectError("the name leads into a network")
    return addresses[0]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
