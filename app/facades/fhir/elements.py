"""Pieces of which resources are made; each is absent where there is nothing to say."""

from collections.abc import Iterable
from typing import Any

from app.facades import operations
from app.facades.fhir import ids, names

Json = operations.Json


def filled(**elements: Any) -> Json:
    """The elements that hold something; one that ends in `_` is a word of Python."""
    return {
        name.rstrip("_"): value
        for name, value in elements.items()
        if value is not None and value not in ("", [], {})
    }


def coding(system: str, code: str, display: str | None = None) -> Json:
    return filled(system=system, code=code, display=display)


def concept(
    system: str | None = None, code: str | None = None, text: str | None = None
) -> Json | None:
    """One coding, words, or both; None without either."""
    codings = [coding(system, code)] if system and code else []
    return filled(coding=codings, text=text) or None


def identifier(system: str, value: str | None, **more: Any) -> Json | None:
    return filled(system=system, value=value, **more) if value else None


def own_identifier(uuid: str) -> Json:
    """The id by which the API knows the record."""
    return {"system": names.UUIDS, "value": f"urn:uuid:{uuid}"}


def reference(kind: str, id_: str | None, display: str | None = None) -> Json | None:
    """To a resource here; None where its id is not told."""
    return filled(reference=f"{kind}/{id_}", display=display) if id_ else None


def logical(kind: str, uuid: str | None, display: str | None = None) -> Json | None:
    """To a record that has no resource here, by the id of the API."""
    if not uuid:
        return None
    return filled(type=kind, identifier=own_identifier(uuid), display=display)


def to_record(kind: str, prefix: str, record: str, parent: str = "") -> Json:
    """To a resource that is made of a record under a client or trajectory."""
    return {"reference": f"{kind}/{ids.made(prefix, record, parent)}"}


def period(start: str | None, end: str | None = None) -> Json | None:
    return filled(start=start, end=end) or None


def absent(reason: str = "masked") -> Json:
    """Stands where an element must stand and may not be told, or is not known."""
    return {"extension": [{"url": names.ABSENT, "valueCode": reason}]}


def person(given: str | None, family: str | None) -> list[Json]:
    """The name of a client as one; empty where it is not told."""
    if not given and not family:
        return []
    words = " ".join(part for part in (given, family) if part)
    return [filled(use="official", text=words, family=family, given=[given] if given else [])]


def kept(found: Iterable[Json | None]) -> list[Json]:
    return [each for each in found if each]
