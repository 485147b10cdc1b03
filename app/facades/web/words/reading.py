"""Reads the words out of the files beside this one; what the codes mean comes from the reference.

A field or list without words is a KeyError: it must not show up as an empty label on a screen.
"""

from dataclasses import dataclass
from functools import cache

from app.domain.ladder.rules.rungs import RUNGS
from app.domain.reference.rules import code_lists, labels
from app.facades.web.words.files import rows_of
from app.facades.web.words.refusing import fault, lowered, refusal

__all__ = [
    "Act",
    "Field",
    "act",
    "fault",
    "field",
    "hint",
    "label",
    "lowered",
    "refusal",
    "role",
    "source",
    "value",
    "values",
]
EVERY = "*"
ENDINGS = ("In", "Out", "Change")
"""What the contract puts behind the name of a thing that is sent, answered or changed."""


@dataclass(frozen=True)
class Field:
    """How a field is called on a form, and what helps to fill it in."""

    label: str
    hint: str | None


@dataclass(frozen=True)
class Act:
    """An operation as a page: its title, its button, and what is said when it went well.

    Of what is only read, button and `done` are empty; of a search `done` is.
    """

    title: str
    button: str
    done: str


@cache
def _fields() -> dict[tuple[str, str], Field]:
    return {
        (row["schema"], row["field"]): Field(row["label"], row["hint"] or None)
        for row in rows_of("fields.csv")
    }


def stem(schema: str) -> str:
    """The thing itself: ContactIn and ContactOut are both about a Contact."""
    for ending in ENDINGS:
        if schema.endswith(ending):
            return schema.removesuffix(ending)
    return schema


@cache
def field(schema: str, name: str) -> Field:
    """The words for this schema, else for the thing it is about, else for every field so named."""
    known = _fields()
    for place in (schema, stem(schema)):
        if (place, name) in known:
            return known[place, name]
    return known[EVERY, name]


def label(schema: str, name: str) -> str:
    """How the field is called on a form and in a record."""
    return field(schema, name).label


def hint(schema: str, name: str) -> str | None:
    """What to fill in, where that is not plain."""
    return field(schema, name).hint


@cache
def _lists() -> dict[str, dict[str, str]]:
    """All lists: those that the contract takes from the reference, and then the pages' own."""
    found: dict[str, dict[str, str]] = {"rung": {str(each.rung): each.name_nl for each in RUNGS}}
    for row in rows_of("lists.csv"):
        source = row["source"]
        codes = row["codes"].split() or code_lists()[source]
        found[row["list"]] = {code: labels()[source, code].dutch for code in codes}
    for row in rows_of("values.csv"):
        found.setdefault(row["list"], {})[row["value"]] = row["label"]
    return found


def values(list_name: str) -> dict[str, str]:
    """The values of a list in the order of the contract, with their labels."""
    return dict(_lists()[list_name])


def value(list_name: str, code: str) -> str:
    """What a value means. KeyError for a list or a value that the contract does not know."""
    return _lists()[list_name][code]


def source(told: str) -> str:
    """Where a term of keeping comes from; in the words of the operator where the file is theirs."""
    return _lists()["RetainedOut.source"].get(told, told)


def role(code: str) -> str:
    """A role within a sentence."""
    return lowered(value("Role", code))


@cache
def _acts() -> dict[str, Act]:
    return {
        row["operation"]: Act(row["title"], row["button"], row["done"])
        for row in rows_of("acts.csv")
    }


def act(operation: str) -> Act:
    """The words of an operation, such as `POST /trajectories/{trajectory_id}/contacts`."""
    return _acts()[operation]
