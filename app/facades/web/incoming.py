"""What was sent to a page: the fields of a form, and a file; bounded, and never put on a disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from app.facades.web.site import Place
from app.platform.http.problems import BadRequest, TooLarge
from app.platform.http.reading import BODY_BYTES, FORM, StrictRequest

MOST_FIELDS = 3000
UPLOAD_BYTES = 6 * 1024 * 1024
UPLOAD_SECONDS = 120.0
UPLOADS_AT_ONCE = 1
"""Of one person; who sends more at once waits, and none of it is read until then."""
Form = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was sent, and what the browser calls it."""

    content: bytes
    media: str


Files = Mapping[str, Attached]


class _LargeRequest(StrictRequest):
    body_seconds = UPLOAD_SECONDS


class _InMemory(MultiPartParser):
    """A scan holds what is sealed everywhere else: no part of it lies open in a folder."""

    spool_max_size = UPLOAD_BYTES


async def received(request: Request, place: Place, *, known: bool) -> tuple[Form, Files]:
    """What was sent, bounded in size, time and number of fields. Raises Problem.

    A file is read from who is logged in only: it may be large.
    """
    if place.method != "POST":
        return [], {}
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "multipart/form-data" and place.upload:
        return await _with_file(request) if known else ([], {})
    raw = await StrictRequest(request.scope, request.receive).bounded(BODY_BYTES)
    if raw and media != FORM:
        raise TooLarge
    try:
        pairs = parse_qsl(
            raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise TooLarge from None
    return pairs, {}


async def _with_file(request: Request) -> tuple[Form, Files]:
    whole = _LargeRequest(request.scope, request.receive)
    whole._body = await whole.bounded(UPLOAD_BYTES)  # noqa: SLF001 - Starlette keeps it there
    parser = _InMemory(whole.headers, whole.stream(), max_files=1, max_fields=50)
    try:
        sent = await parser.parse()
    except (MultiPartException, FormParserError):
        raise BadRequest from None
    texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    files = {name: value for name, value in sent.items() if isinstance(value, UploadFile)}
    try:
        return texts, {name: await _attached(file) for name, file in files.items()}
    finally:
        await sent.close()


async def _attached(file: UploadFile) -> Attached:
    return Attached(await file.read(), str(file.content_type))
