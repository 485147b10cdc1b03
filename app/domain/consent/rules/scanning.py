"""What a scan of a signed form may be; pure."""

from base64 import b64decode
from binascii import Error as NotBase64
from enum import StrEnum


class ScanMedia(StrEnum):
    """What scanners and phones make, and every reader can show."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


MOST_BYTES = 4 * 1024 * 1024
MOST_CHARS = -(-MOST_BYTES // 3) * 4
"""The same in base64."""
MOST_SCANS = 5
"""Of one consent: a form of a few pages, and a page that was scanned again."""
_BEGINS = {
    ScanMedia.PDF: b"%PDF-",
    ScanMedia.JPEG: b"\xff\xd8\xff",
    ScanMedia.PNG: b"\x89PNG\r\n\x1a\n",
}


def read(content: str) -> bytes | None:
    """What this base64 says; None where it is none."""
    try:
        return b64decode(content, validate=True)
    except (NotBase64, ValueError):
        return None


def is_of(media: ScanMedia, said: bytes) -> bool:
    """Whether it begins as a file of this kind does."""
    return said.startswith(_BEGINS[media])
