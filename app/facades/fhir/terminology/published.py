"""Our vocabularies as CodeSystem, ValueSet and ConceptMap: public, as they are about nobody."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.access.vocabulary import Purpose
from app.facades.fhir.elements import Json
from app.facades.fhir.names import canonical, own_system
from app.facades.fhir.terminology.systems import ACT_REASON
from app.facades.fhir.terminology.vocabularies import Concept, vocabularies

VERSION = "1.0.0"
PURPOSES = "purpose-to-act-reason"
REASONS: Mapping[Purpose, Sequence[tuple[str, str, str]]] = {
    Purpose.TREATMENT: [("TREAT", "treatment", "equivalent")],
    Purpose.REINTEGRATION: [
        ("COC", "coordination of care", "wider"),
        ("GOV", "government use", "relatedto"),
    ],
    Purpose.BENEFIT_ADMINISTRATION: [("GOV", "government use", "wider")],
    Purpose.QUALITY_REPORTING: [("HOPERAT", "healthcare operations", "wider")],
    Purpose.EMERGENCY: [("BTG", "break the glass", "equivalent")],
}
"""No code of HL7 is for the return to work; these are what comes near it, and how near."""


def purposes(of: Sequence[str], *, government: bool = False) -> list[Json]:
    """Each purpose in our own code and, beside it, in the nearest of HL7.

    For UWV and municipalities the return to work is a task of government, for others coordination.
    """
    found: list[Json] = []
    for purpose in map(Purpose, of):
        near = {code: display for code, display, _ in REASONS[purpose]}
        code = "GOV" if government and "GOV" in near else next(iter(near))
        found += [_own(purpose), {"system": ACT_REASON, "code": code, "display": near[code]}]
    return found


@cache
def published() -> Mapping[str, Mapping[str, Json]]:
    """Everything that is published, by type and id."""
    names = vocabularies()
    return {
        "CodeSystem": {name: _code_system(name, found) for name, found in names.items()},
        "ValueSet": {name: _value_set(name) for name in names},
        "ConceptMap": {PURPOSES: _purposes()},
    }


def _own(purpose: Purpose) -> Json:
    found = {one.code: one for one in vocabularies()["purpose"]}[purpose]
    return {
        "system": own_system("purpose"),
        "code": found.code,
        "display": found.dutch,
    }


def _about(kind: str, name: str, title: str) -> Json:
    return {
        "resourceType": kind,
        "id": name,
        "language": "nl",
        "url": canonical(kind, name),
        "version": VERSION,
        "name": "Trede" + "".join(part.capitalize() for part in name.split("-")),
        "title": title,
        "status": "active",
        "experimental": False,
        "publisher": "Trede",
    }


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _code_system(name: str, concepts: Sequence[Concept]) -> Json:
    return {
        **_about("CodeSystem", name, _title(name)),
        "caseSensitive": True,
        "valueSet": canonical("ValueSet", name),
        "content": "complete",
        "count": len(concepts),
        "concept": [_concept(one) for one in concepts],
    }


def _concept(one: Concept) -> Json:
    return {
        "code": one.code,
        "display": one.dutch,
        **({"definition": one.definition} if one.definition else {}),
        "designation": [{"language": "en", "value": one.english}],
    }


def _value_set(name: str) -> Json:
    return {
        **_about("ValueSet", name, _title(name)),
        "compose": {"include": [{"system": own_system(name)}]},
    }


def _purposes() -> Json:
    own = own_system("purpose")
    elements = [
        {
            "code": purpose.value,
            "target": [
                {"code": code, "display": display, "equivalence": near}
                for code, display, near in REASONS[purpose]
            ],
        }
        for purpose in Purpose
    ]
    return {
        **_about("ConceptMap", PURPOSES, "Purposes and the nearest reasons of HL7"),
        "sourceCanonical": canonical("ValueSet", "purpose"),
        "targetUri": "http://terminology.hl7.org/ValueSet/v3-PurposeOfUse",
        "group": [{"source": own, "target": ACT_REASON, "element": elements}],
    }
