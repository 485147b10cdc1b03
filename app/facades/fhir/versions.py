"""The entity tag of the API as FHIR's version: the same bytes, in the letters of an id."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from starlette.requests import Request

from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Found
from app.platform.http.problems import PreconditionFailed, PreconditionRequired

HEX_CHARS = 36


def version_of(etag: str) -> str:
    """`meta.versionId` and what stands in `ETag`: FHIR's ids know no underscore."""
    try:
        return urlsafe_b64decode(etag.strip('"')).hex()
    except NotBase64:
        return ""


def versioned(found: Found) -> Json:
    """With the version in its meta where there is one to change it by."""
    if not found.etag:
        return found.resource
    meta = {"versionId": version_of(found.etag), **found.resource.get("meta", {})}
    return {**found.resource, "meta": meta}


def etag_of(etag: str) -> str:
    return f'W/"{version_of(etag)}"'


def match_of(request: Request) -> str:
    """`If-Match` as the API wants it. Raises PreconditionRequired, PreconditionFailed."""
    sent = request.headers.get("if-match")
    if sent is None:
        raise PreconditionRequired
    found = _tag(sent)
    if found is None:
        raise PreconditionFailed
    return found


def held_already(request: Request, found: Found) -> bool:
    """Whether the caller holds this version, and need not be sent it again."""
    sent = request.headers.get("if-none-match", "")
    return bool(found.etag) and any(_tag(part) == found.etag for part in sent.split(","))


def _tag(sent: str) -> str | None:
    text = sent.strip().removeprefix("W/").strip('"')
    if len(text) != HEX_CHARS:
        return None
    try:
        return f'"{urlsafe_b64encode(bytes.fromhex(text)).decode()}"'
    except ValueError:
        return None
