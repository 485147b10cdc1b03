"""Stylesheets, scripts and fonts: read once, packed once, kept by browsers for a year."""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).with_name("static")
PREFIX = "/static"
_YEAR = "public, max-age=31536000, immutable"
_PACKABLE = frozenset({".css", ".js", ".svg", ".txt"})
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is, and packed where that makes it smaller."""

    content: bytes
    packed: bytes | None
    media: str
    mark: str


@cache
def files() -> dict[str, File]:
    """Every file by its name below `static`."""
    found = (path for path in sorted(FOLDER.rglob("*")) if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in found}


def address(name: str) -> str:
    """Where a browser gets a file; another content has another address. Raises KeyError."""
    return f"{PREFIX}/{name}?v={files()[name].mark}"


async def served(request: Request) -> Response:
    """A file of ours, or 404."""
    file = files().get(request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    packs = file.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
    if packs:
        headers["Content-Encoding"] = "gzip"
    content = file.packed if packs and file.packed is not None else file.content
    return Response(content, media_type=file.media, headers=headers)


def _read(path: Path) -> File:
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0) if path.suffix in _PACKABLE else None
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(content, packed, media, sha256(content).hexdigest()[:12])
