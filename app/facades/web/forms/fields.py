"""From a request schema to the fields of a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.facades.contract import Contract
from app.facades.operations import Json

LONG = 200
"""A text that may be longer than this gets room for several lines."""


class Kind(StrEnum):
    """How a value is asked."""

    TEXT = "text"
    LONG = "long"
    TEXTS = "texts"
    DAY = "day"
    DAYS = "days"
    MOMENT = "moment"
    TIME = "time"
    NUMBER = "number"
    FLAG = "flag"
    DOCUMENT = "document"
    CHOICE = "choice"
    CHOICES = "choices"
    ID = "id"
    IDS = "ids"
    GROUP = "group"
    ROWS = "rows"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a request: `owner` is its schema, under which its words are found.

    `options` are the values of a choice, `words` the list that says what they mean. `fields` are
    those of a group or of each row, `variants` those of each kind of a group that has kinds.
    """

    name: str
    owner: str
    kind: Kind
    required: bool
    options: tuple[Any, ...] = ()
    words: str = ""
    fields: tuple["Field", ...] = ()
    variants: Mapping[str, tuple["Field", ...]] = field(default_factory=dict)
    tag: str = ""
    most: int | None = None


_FORMATS = {
    "date": Kind.DAY,
    "date-time": Kind.MOMENT,
    "time-local": Kind.TIME,
    "uuid": Kind.ID,
}
_MANY = {
    Kind.CHOICE: Kind.CHOICES,
    Kind.ID: Kind.IDS,
    Kind.DAY: Kind.DAYS,
    Kind.GROUP: Kind.ROWS,
}


def fields_of(contract: Contract, schema: str) -> tuple[Field, ...]:
    """The fields of a named request schema, in the order of the contract."""
    found = contract.schema(schema)
    required = set(found.get("required", ()))
    return tuple(
        _field(contract, schema, name, node, required=name in required)
        for name, node in found.get("properties", {}).items()
        if "const" not in node
    )


def _field(contract: Contract, owner: str, name: str, node: Json, *, required: bool) -> Field:
    named, found = contract.resolved(_bare(node))
    found = {**found, "type": _type(found)}
    if "oneOf" in found:
        return _one_of(contract, owner, name, found, required=required)
    if found["type"] == "array":
        one = _field(contract, owner, name, found["items"], required=required)
        kind = _MANY.get(one.kind, Kind.TEXTS)
        return _with(one, kind=kind, most=found.get("maxItems"))
    if "enum" in found:
        options = tuple(value for value in found["enum"] if value is not None)
        words = named or f"{owner}.{name}"
        return Field(name, owner, Kind.CHOICE, required, options=options, words=words)
    if "properties" in found and named is not None:
        return Field(name, owner, Kind.GROUP, required, fields=fields_of(contract, named))
    return Field(name, owner, _simple(found), required)


def _one_of(contract: Contract, owner: str, name: str, found: Json, *, required: bool) -> Field:
    tag = found["discriminator"]["propertyName"]
    mapping: Mapping[str, str] = found["discriminator"]["mapping"]
    variants = {
        value: fields_of(contract, target.rpartition("/")[2]) for value, target in mapping.items()
    }
    words = f"{owner}.{name}.{tag}"
    return Field(
        name,
        owner,
        Kind.ONE_OF,
        required,
        options=tuple(mapping),
        words=words,
        variants=variants,
        tag=tag,
    )


def _bare(node: Json) -> Json:
    """Without the null that an optional value may be."""
    options = [each for each in node.get("anyOf", ()) if each.get("type") != "null"]
    return options[0] if len(options) == 1 else node


def _type(found: Json) -> str:
    kind = found.get("type", "object")
    return str(next(k for k in kind if k != "null") if isinstance(kind, list) else kind)


def _simple(found: Json) -> Kind:
    match found["type"], found.get("format"):
        case "boolean", _:
            return Kind.FLAG
        case (("integer" | "number"), _):
            return Kind.NUMBER
        case "object", _ if found.get("additionalProperties"):
            return Kind.DOCUMENT
        case _, str(named) if named in _FORMATS:
            return _FORMATS[named]
        case _:
            return Kind.LONG if found.get("maxLength", 0) > LONG else Kind.TEXT


def _with(one: Field, *, kind: Kind, most: int | None) -> Field:
    return Field(
        one.name,
        one.owner,
        kind,
        one.required,
        options=one.options,
        words=one.words,
        fields=one.fields,
        most=most,
    )
