"""What a schema found wrong, told in fixed words with stable codes and without the value."""

from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from pydantic_core import core_schema

from app.platform.http.problems import Fault, Place
from app.platform.http.strict_json import MOST_FAULTS, step

BUILT_IN = frozenset(get_args(core_schema.ErrorType))
PLACES = frozenset(get_args(Place))

# Pydantic's type of error -> our code and text. What stands in braces comes from the contract.
WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("required", "This is required."),
    "extra_forbidden": ("unknown_field", "The contract does not know this field."),
    "unknown_parameter": ("unknown_parameter", "The contract does not know this parameter."),
    "enum": ("not_allowed_value", "Must be {expected}."),
    "literal_error": ("not_allowed_value", "Must be {expected}."),
    "union_tag_invalid": ("not_allowed_value", "Must be one of {expected_tags}."),
    "union_tag_not_found": ("required", "The field {discriminator} is required."),
    "string_too_short": ("too_short", "At least {min_length} characters."),
    "string_too_long": ("too_long", "At most {max_length} characters."),
    "too_short": ("too_short", "At least {min_length} items."),
    "too_long": ("too_long", "At most {max_length} items."),
    "string_pattern_mismatch": ("wrong_format", "Must match {pattern}."),
    "greater_than": ("too_small", "Must be greater than {gt}."),
    "greater_than_equal": ("too_small", "Must be at least {ge}."),
    "less_than": ("too_large", "Must be less than {lt}."),
    "less_than_equal": ("too_large", "Must be at most {le}."),
    "multiple_of": ("wrong_step", "Must be a multiple of {multiple_of}."),
    "decimal_max_digits": ("too_long", "At most {max_digits} digits."),
    "decimal_max_places": ("too_long", "At most {decimal_places} decimals."),
    "finite_number": ("not_finite", "The number is not finite."),
    "timezone_naive": ("offset_required", "A moment needs an offset from UTC."),
    "string_type": ("wrong_type", "Must be a text."),
    "int_type": ("wrong_type", "Must be a whole number."),
    "int_from_float": ("wrong_type", "Must be a whole number."),
    "float_type": ("wrong_type", "Must be a number."),
    "decimal_type": ("wrong_type", "Must be a number."),
    "bool_type": ("wrong_type", "Must be true or false."),
    "list_type": ("wrong_type", "Must be a list."),
    "model_type": ("wrong_type", "Must be an object."),
    "model_attributes_type": ("wrong_type", "Must be an object."),
    "dict_type": ("wrong_type", "Must be an object."),
}


def faults(errors: Sequence[Mapping[str, Any]], body: object) -> list[Fault]:
    """Every fault once, in the order of the contract; `body` is only looked at for its keys."""
    found = dict.fromkeys(_fault(error, body) for error in errors)
    return list(found)[:MOST_FAULTS]


def _fault(error: Mapping[str, Any], body: object) -> Fault:
    loc: tuple[str | int, ...] = error["loc"]
    kind: str = error["type"]
    place = cast("Place", loc[0]) if loc and loc[0] in PLACES else "body"
    pointer = _body_pointer(loc[1:], body, kind) if place == "body" else _flat_pointer(loc[1:])
    code, detail = _words(error)
    return Fault(place, pointer, code, detail)


def _words(error: Mapping[str, Any]) -> tuple[str, str]:
    kind: str = error["type"]
    context = error.get("ctx") or {}
    if "ours" in context or kind not in BUILT_IN:
        return kind, str(error["msg"])  # our own validators: see `schemas.refuse`
    if kind in WORDS:
        code, text = WORDS[kind]
        return code, text.format_map(context)
    if kind.endswith("_parsing"):
        return "wrong_format", "The value has the wrong format."
    if kind.endswith("_type"):
        return "wrong_type", "The value has the wrong type."
    # An exception's own words may quote the value, so they are not repeated.
    return "invalid", "The value is not valid."


def _flat_pointer(loc: Sequence[str | int]) -> str:
    return step("#", str(loc[0])) if loc else "#"


def _body_pointer(loc: Sequence[str | int], body: object, kind: str) -> str:
    """Follows the document, because Pydantic also names the branches of a union in `loc`."""
    pointer, here = "#", body
    for at, part in enumerate(loc):
        last = at == len(loc) - 1
        if isinstance(here, dict) and (part in here or (last and kind == "missing")):
            pointer, here = step(pointer, str(part)), here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            pointer, here = f"{pointer}/{part}", here[part]
    return pointer
