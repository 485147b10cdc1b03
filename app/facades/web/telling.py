"""A record in words: what its schema says of each field, with labels and values in Dutch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic.alias_generators import to_snake

from app.facades.contract import Contract
from app.facades.operations import Json
from app.facades.web.forms.fields import Field, Kind, fields_of
from app.facades.web.rendering import clock_time, coded, day, local, moment, number, yes_no
from app.facades.web.words import reading as words

ASIDE = frozenset(
    {"recordedAt", "authorRole", "supersedes", "supersededBy", "withheld", "clientId"}
)
"""Told in the margin of a record, or by where it stands."""
NOTHING: tuple[Any, ...] = (None, [], {}, "")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a record says: a text of one or more lines, or facts of its own."""

    label: str
    lines: tuple[str, ...] = ()
    parts: list[list["Fact"]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is shown; `earlier` is set when a later one took its place."""

    id: str
    facts: list[Fact]
    recorded_at: str | None
    author: str | None
    earlier: bool
    corrects: bool
    withheld: list[str]
    told: Json


def record(contract: Contract, schema: str, told: Json) -> Record:
    """A record of this answer schema."""
    author = told.get("authorRole")
    return Record(
        id=str(told.get("id", "")),
        facts=facts(contract, schema, told),
        recorded_at=told.get("recordedAt"),
        author=None if author is None else words.value("Role", author),
        earlier=told.get("supersededBy") is not None,
        corrects=told.get("supersedes") is not None,
        withheld=withheld(told),
        told=told,
    )


def withheld(told: Json) -> list[str]:
    """The categories that are kept from this person, in words; the contract writes them as JSON."""
    return [words.value("Category", to_snake(each)) for each in told.get("withheld", ())]


def records(contract: Contract, schema: str, items: Iterable[Json]) -> list[Record]:
    """The newest first; what was replaced comes after what stands."""
    found = [record(contract, schema, item) for item in items]
    newest = sorted(found, key=lambda each: each.recorded_at or "", reverse=True)
    return sorted(newest, key=lambda each: each.earlier)


def standing(items: Iterable[Json]) -> list[Json]:
    """Those of which no later one took the place."""
    return [each for each in items if each.get("supersededBy") is None]


def holds(told: Json, now: datetime) -> bool:
    """Whether something with a period has not ended; an end that is to come is no end."""
    until = told.get("validUntil")
    return until is None or local(until) > now


def step(told: Json) -> Json:
    """A step of the process in words: who takes it, and what it still lacks."""
    return {
        **told,
        "words": coded("step", told["name"]),
        "acts": [coded("role", each) for each in told["acts"]],
        "lacks": [words.value("TrajectoryStepOut.lacks", each) for each in told["lacks"]],
    }


def point(told: Json) -> Json:
    """A measurement for the drawing of the ladder, with what the client said of it."""
    return {"date": told["measuredOn"], "rung": told["rung"], "words": told.get("clientWords")}


def facts(contract: Contract, schema: str, told: Json) -> list[Fact]:
    """What is there, in the order of the contract; what is absent is not shown as empty."""
    return _facts(fields_of(contract, schema), told)


def _facts(fields: Iterable[Field], told: Json) -> list[Fact]:
    held = ((each, told.get(each.name)) for each in fields if each.name not in ASIDE)
    return [_fact(each, value) for each, value in held if value not in NOTHING and _is_told(each)]


def _is_told(each: Field) -> bool:
    """An id says nothing to a person; a page that knows what it stands for says so itself."""
    return each.kind not in {Kind.ID, Kind.IDS}


def _fact(each: Field, value: Any) -> Fact:
    label = words.label(each.owner, each.name)
    match each.kind:
        case Kind.GROUP:
            return Fact(label, parts=[_facts(each.fields, value)])
        case Kind.ONE_OF:
            own = _facts(each.variants.get(value.get(each.tag), ()), value)
            return Fact(label, (words.value(each.words, value[each.tag]),), [own])
        case Kind.ROWS:
            return Fact(label, parts=[_facts(each.fields, row) for row in value])
    values = value if isinstance(value, list) else [value]
    return Fact(label, tuple(line for one in values for line in _text(each, one).splitlines()))


def _text(each: Field, value: Any) -> str:
    match each.kind, value:
        case ((Kind.CHOICE | Kind.CHOICES), _):
            return words.value(each.words, str(value))
        case ((Kind.DAY | Kind.DAYS), str()):
            return day(value)
        case Kind.MOMENT, str():
            return moment(value)
        case Kind.TIME, str():
            return clock_time(value)
        case _, bool():
            return yes_no(value)
        case Kind.NUMBER, int() | float():
            return number(value)
        case _:
            return str(value)
