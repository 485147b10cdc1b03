"""Ids of resources: opaque, and enough to find the record again.

What the API knows by one id keeps it. A record under a client or trajectory needs both ids, which
FHIR has no place for: `<kind>-<parent>.<record>`, each in base32, and `.<part>` where one record is
several resources. At most 64 characters of FHIR's set.
"""

import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass
from uuid import UUID

NIL = str(UUID(int=0))
"""Names nothing: what is malformed takes the way of what does not exist, to the same 404."""
UUID_BYTES = 16
SOUND = re.compile(r"[A-Za-z0-9.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Ref:
    """What an id names: the kind of record, the ids to find it by, and which part of it."""

    kind: str
    parent: str
    record: str
    part: str = ""


def made(kind: str, record: str, parent: str = "", part: str = "") -> str:
    """The id of a resource. Without a kind it is that of the API."""
    if not kind:
        return record
    held = ".".join(_short(each) for each in (parent, record) if each)
    return f"{kind}-{held}" + (f".{part}" if part else "")


def read(text: str, *, nested: bool) -> Ref:
    """What this id names; malformed parts name nothing."""
    kind, dash, rest = text.partition("-")
    parts = rest.split(".")
    most = 3 if nested else 2
    if not dash or not most - 1 <= len(parts) <= most:
        return Ref("", NIL, NIL)
    found = [_long(each) for each in parts[: most - 1]]
    parent = found[0] if nested else ""
    return Ref(kind, parent, found[-1], parts[most - 1] if len(parts) == most else "")


def sound(text: str) -> str:
    """The id itself where it is one of FHIR's set, so that it names a record and no path to it."""
    return text if SOUND.fullmatch(text) else NIL


def kind_of(text: str) -> str:
    """The kind before the dash; a UUID has one too, that is no kind."""
    return text.partition("-")[0]


def _short(uuid: str) -> str:
    return b32encode(UUID(uuid).bytes).decode().rstrip("=").lower()


def _long(text: str) -> str:
    try:
        held = b32decode(text.upper() + "=" * (-len(text) % 8))
        found = str(UUID(bytes=held)) if len(held) == UUID_BYTES else NIL
    except (NotBase32, ValueError):
        return NIL
    return found if found != NIL and _short(found) == text else NIL
