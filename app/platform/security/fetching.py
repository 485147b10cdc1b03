"""Fetching a small JSON document from a provider: bounded in time, size and place."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from app.platform.http.problems import BadRequest
from app.platform.http.strict_json import parse
from app.platform.http.tracing import outgoing
from app.platform.security.loopback import is_loopback

SECONDS = 5.0
LARGEST = 256 * 1024


class FetchError(Exception):
    """The document could not be had or is not a JSON object; the text is a short reason."""


def check_url(url: str, *, allow_loopback: bool) -> str:
    """The URL itself when it may be fetched; https, or http on this machine. Raises ValueError."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None or parts.fragment:
        raise ValueError("not a plain absolute URL")
    if is_loopback(parts.hostname):
        if not allow_loopback or parts.scheme not in ("http", "https"):
            raise ValueError("an address of this machine is not allowed here")
    elif parts.scheme != "https":
        raise ValueError("https is required")
    return url


async def fetch_object(
    url: str,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    form: Mapping[str, str] | None = None,
    login: tuple[str, str] | None = None,
) -> dict[str, object]:
    """The JSON object at this URL, or the answer to this form. Raises FetchError.

    Redirects are not followed. `login` is for who asks it with HTTP Basic.
    """
    try:
        async with asyncio.timeout(SECONDS):
            return parse(await _body(url, transport, form, login))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
        raise FetchError(type(error).__name__) from error
    except BadRequest as error:
        raise FetchError("not a JSON object") from error


async def _body(
    url: str,
    transport: httpx.AsyncBaseTransport | None,
    form: Mapping[str, str] | None,
    login: tuple[str, str] | None,
) -> bytes:
    # Unpacked length cannot be bounded beforehand, so compression is neither asked nor taken.
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", **outgoing()}
    method = "GET" if form is None else "POST"
    async with (
        httpx.AsyncClient(transport=transport, timeout=SECONDS, follow_redirects=False) as client,
        client.stream(method, url, headers=headers, data=form, auth=login) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            raise FetchError(f"status {answer.status_code}")
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise FetchError("compressed")
        body = bytearray()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise FetchError("too large")
        return bytes(body)
