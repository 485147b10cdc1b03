"""By which address we are known, and whether a request came by it, and by itself."""

from urllib.parse import urlsplit

from starlette.requests import Request

from app.facades.web.login import guard
from app.platform.security.loopback import is_loopback


def own(request: Request) -> str:
    """The address by which the provider knows us."""
    found: str = request.app.state.settings.url
    return found


def by_ourselves(request: Request) -> bool:
    """Not by a link of another site, for nobody else logs somebody out, nor by another name."""
    site = request.headers.get("sec-fetch-site")
    return site in guard.OWN_SITES and not by_another_name(request)


def by_another_name(request: Request) -> bool:
    """`localhost` for `127.0.0.1`: the provider leads back to one of them, with its own cookies."""
    known = urlsplit(own(request))
    hosts = request.url.hostname or "", known.hostname or ""
    return request.url.netloc != known.netloc and all(map(is_loopback, hosts))
