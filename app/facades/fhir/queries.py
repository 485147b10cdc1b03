"""The words of a search: which parameters there are, and nothing that says what is hidden."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.facades.fhir import ids, matching
from app.facades.fhir.registry import Param, Resource, Terms
from app.platform.http import strict_json
from app.platform.http.problems import BadRequest, Fault
from app.platform.http.schemas import UUID_TEXT
from app.platform.identifiers import normalise_bsn

COUNT, MOST = 20, 100
NEVER = frozenset({"_has", "_total", "_contained", "_containedType", "_query", "_filter"})
"""What counts or looks through what is hidden; refused even from who wants to be lenient."""
OURS = frozenset({"_format", "_count", "_cursor", "_id", "_lastUpdated", "_include", "patient"})
ONCE = frozenset({"_format", "_count", "_cursor", "patient"})
CURSOR_CHARS = 4096
MOST_VALUES = 200
"""Over all parameters: each is held against each resource of a page."""
TOO_MANY = Fault("query", "#", "too_long", "Too many values at once.")
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{9}(?![0-9A-Za-z])")
COUNTED = re.compile(r"[1-9][0-9]{0,4}")
EVERYTHING = {"_type": Param("token", "Only these types.")}
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood; `said` is what may stand in a link."""

    terms: Terms
    count: int = COUNT
    cursor: str | None = None
    ids: Sequence[str] | None = None
    updated: Sequence[str] = ()
    includes: Sequence[str] = ()
    said: Pairs = field(default_factory=tuple)


def understood(
    resource: Resource, in_address: Pairs, in_body: Pairs = (), *, lenient: bool = False
) -> Query:
    """What is searched for. Raises BadRequest with every fault, and without any value."""
    faults = _faults(resource, in_address, in_body, lenient=lenient)
    if faults:
        raise BadRequest(errors=faults)
    known = resource.params
    pairs = [(k, v) for k, v in (*in_address, *in_body) if k in OURS or k in known]
    held = _gathered(pairs)
    private = {name for name, param in known.items() if param.private}
    return Query(
        terms=Terms(
            patient=_patient(held["patient"][0]) if held.get("patient") else None,
            values={name: values for name, values in held.items() if name in known},
        ),
        count=_count(held.get("_count", [str(COUNT)])[0]),
        cursor=held.get("_cursor", [None])[0],
        ids=[i for value in held["_id"] for i in value.split(",")] if "_id" in held else None,
        updated=held.get("_lastUpdated", ()),
        includes=held.get("_include", ()),
        said=[(k, v) for k, v in pairs if k not in private and k not in {"_cursor", "_format"}],
    )


def of_everything(pairs: Pairs, patient: str) -> Query:
    """What of a patient is asked for. Raises BadRequest."""
    heard = [("_lastUpdated", f"ge{v}") if k == "_since" else (k, v) for k, v in pairs]
    allowed = {"_type", "_since", *ONCE} - {"patient"}
    unknown = dict.fromkeys(k for k, _ in pairs if k not in allowed)
    if unknown:
        raise BadRequest(errors=[_unknown(name) for name in unknown])
    query = understood(Resource("", "", params=EVERYTHING), heard)
    types = [name for value in query.terms.values.get("_type", ()) for name in value.split(",")]
    said = [(k, v) for k, v in pairs if k not in {"_cursor", "_format"}]
    return replace(query, terms=Terms(patient, {"_type": types} if types else {}), said=said)


def _unknown(name: str) -> Fault:
    detail = "This operation does not know it."
    return Fault("query", strict_json.step("#", name), "unknown_parameter", detail)


def _faults(resource: Resource, in_address: Pairs, in_body: Pairs, *, lenient: bool) -> list[Fault]:
    found: dict[tuple[str, str], Fault] = {}
    seen: set[str] = set()
    if sum(value.count(",") + 1 for _, value in (*in_address, *in_body)) > MOST_VALUES:
        return [TOO_MANY]
    for at, pairs in (("address", in_address), ("body", in_body)):
        for name, value in pairs:
            words = _wrong(resource, at, name, value, again=name in seen, lenient=lenient)
            seen.add(name)
            if words:
                pointer = strict_json.step("#", name)
                found[pointer, words[0]] = Fault("query", pointer, *words)
    return list(found.values())[: strict_json.MOST_FAULTS]


def _wrong(
    resource: Resource, at: str, name: str, value: str, *, again: bool, lenient: bool
) -> tuple[str, str] | None:
    known = resource.params
    if name in NEVER or "." in name or name.startswith("_has:"):
        return "not_supported", "Nothing is searched or counted through what may be hidden."
    if name not in known and (name not in OURS or (name == "patient" and not resource.patient)):
        return None if lenient else ("unknown_parameter", "This search does not know it.")
    private = name in known and known[name].private
    if (private and at == "address") or (not private and _holds_number(value)):
        return "private", "This may stand in no address: search with POST and _search."
    if again and name in ONCE:
        return "repeated", "This parameter may be given once."
    if not value.strip() or not value.isprintable() or len(value) > CURSOR_CHARS:
        return "wrong_format", "The value of this parameter cannot be read."
    return _misread(resource, name, value)


def _holds_number(value: str) -> bool:
    """Whether a citizen number stands in it; one that is nobody's passes for one, now and then."""
    for found in NUMBER.findall(value):
        with suppress(ValueError):
            return bool(normalise_bsn(found))
    return False


def _misread(resource: Resource, name: str, value: str) -> tuple[str, str] | None:
    if name == "_count" and not COUNTED.fullmatch(value):
        return "out_of_range", "A page has at least one resource; totals are never told."
    if name == "_include" and not _including(resource, value):
        return "not_supported", "This reference is not included."
    dated = name == "_lastUpdated" or (
        name in resource.params and resource.params[name].type == "date"
    )
    if dated and not matching.is_date(value):
        return "wrong_format", "A date of FHIR is meant here."
    if name == "_id" and value.count(",") >= MOST:
        return "too_long", "Too many ids at once."
    return None


def _including(resource: Resource, value: str) -> bool:
    kind, _, name = value.partition(":")
    return kind == resource.type and name in resource.includes


def _gathered(pairs: Pairs) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for name, value in pairs:
        held.setdefault(name, []).append(value)
    return held


def _patient(value: str) -> str:
    """`Patient/<id>`, or the id alone; what is no id, and who is elsewhere, is nobody here."""
    found = value.removeprefix("Patient/")
    return str(UUID(found)) if UUID_TEXT.fullmatch(found) else ids.NIL


def _count(value: str) -> int:
    return min(int(value), MOST)
