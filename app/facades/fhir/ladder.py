"""What stands beside a rung: why it was measured, the answers to the criteria, and the words."""

from collections.abc import Iterable
from typing import Any

from app.facades.fhir.elements import Json
from app.facades.fhir.terminology.vocabularies import LADDER, own, own_coding

CRITERIA = {
    "hasContract": "has-contract",
    "selfEmployed": "self-employed",
    "supplementaryBenefit": "supplementary-benefit",
    "responsibilityToOthers": "responsibility-to-others",
    "organised": "organised",
    "weekly": "weekly",
    "inPerson": "in-person",
}
"""The answers to the criteria, which stay beside the rung so that it can be looked at again."""
WORDS = {
    "reason": "reason",
    "context": "context",
    "clientWords": "client-words",
    "clientStatement": "client-statement",
}


def components(record: Json) -> Iterable[Json]:
    yield part("occasion", valueCodeableConcept=own("ladder-occasion", record["occasion"]))
    yield part("client-agrees", valueCodeableConcept=own("ladder-agrees", record["clientAgrees"]))
    for field, code in WORDS.items():
        if record.get(field):
            yield part(code, valueString=record[field])
    criteria = record.get("criteria") or {}
    for field, code in CRITERIA.items():
        if criteria.get(field) is not None:
            yield part(code, valueBoolean=criteria[field])
    for each in criteria.get("supportInstruments") or []:
        yield part("support-instrument", valueCodeableConcept=own("ladder-instrument", each))
    if record.get("suggestion"):
        suggested = own(LADDER, str(record["suggestion"]["rung"]))
        yield part("suggested-rung", valueCodeableConcept=suggested)
    if record.get("imported"):
        scheme, level = (record["imported"][name] for name in ("scheme", "level"))
        coded = own_coding("ladder-scheme", scheme)
        yield part("imported-level", valueQuantity={"value": level, **_unit(coded)})
    yield from _growth(record.get("growthPotential"))


def _growth(growth: Json | None) -> Iterable[Json]:
    """An estimate of what can be attained; never a ceiling."""
    if not growth:
        return
    yield part("attainable-rung", valueCodeableConcept=own(LADDER, str(growth["rung"])))
    yield part("attainable-within-months", valueInteger=growth["horizonMonths"])
    if growth.get("reasoning"):
        yield part("attainable-reasoning", valueString=growth["reasoning"])


def _unit(coded: Json) -> Json:
    return {"unit": coded["display"], "system": coded["system"], "code": coded["code"]}


def part(code: str, **value: Any) -> Json:
    return {"code": own("observable", code), **value}
