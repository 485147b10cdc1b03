"""Our own code systems, made from the very words that the API uses, so that they cannot drift."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.ladder.rules.rungs import RUNGS
from app.domain.reference.rules import code_lists, labels
from app.facades.fhir.elements import Json
from app.facades.fhir.names import own_system

LADDER = "participation-ladder"
NAMED = {
    "process": "trajectory-kind",
    "phase": "trajectory-phase",
    "variant": "trajectory-variant",
}
"""Where a list of the API has a name that says too little outside of it."""
FILE = Path(__file__).with_name("concepts.csv")


@dataclass(frozen=True)
class Concept:
    """A code with what people read instead of it."""

    code: str
    dutch: str
    english: str
    definition: str | None = None


@cache
def vocabularies() -> Mapping[str, Sequence[Concept]]:
    """By id: each list of the API, the ladder, and what only FHIR has to name."""
    lists = {
        _id(name): [
            Concept(code, labels()[name, code].dutch, labels()[name, code].english)
            for code in codes
        ]
        for name, codes in code_lists().items()
    }
    return {**lists, **_of_fhir(), LADDER: _rungs()}


def own_coding(vocabulary: str, code: str) -> Json:
    """A code of the API as FHIR writes it. KeyError for a code that no vocabulary has."""
    concept = _by_code()[vocabulary][code]
    return {
        "system": own_system(vocabulary),
        "code": concept.code,
        "display": concept.dutch,
    }


def own(vocabulary: str, code: str) -> Json:
    """The same as a CodeableConcept."""
    return {"coding": [own_coding(vocabulary, code)]}


def label(vocabulary: str, code: str) -> str:
    """What people read instead of the code."""
    return _by_code()[vocabulary][code].dutch


@cache
def _by_code() -> Mapping[str, Mapping[str, Concept]]:
    return {name: {one.code: one for one in all_} for name, all_ in vocabularies().items()}


def _id(name: str) -> str:
    """An id of FHIR has no underscores."""
    return NAMED.get(name, name).replace("_", "-")


def _rungs() -> list[Concept]:
    return [Concept(str(r.rung), r.name_nl, r.name_en, r.definition) for r in RUNGS]


def _of_fhir() -> Mapping[str, Sequence[Concept]]:
    found: dict[str, list[Concept]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = Concept(row["code"], row["dutch"], row["english"])
            found.setdefault(row["vocabulary"], []).append(one)
    return found
