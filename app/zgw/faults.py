"""What is wrong with a file, in words of our own: a library may repeat a value, which is secret."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a setting",
    "uuid_parsing": "must be a UUID",
    "uuid_type": "must be a UUID",
    "string_type": "must be text",
    "path_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be a part with names",
    "model_type": "must be a part with names",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "too_short": "is too short",
    "greater_than": "is out of bounds",
    "less_than_equal": "is out of bounds",
}
_PLACE = re.compile(r"line \d+, column \d+")


def of_settings(error: ValidationError) -> list[str]:
    """Each fault in one line, by the name of its setting."""
    faults = error.errors(include_url=False, include_input=False)
    return [f"{_name(fault['loc'])}: {_words(fault)}" for fault in faults]


def of_reading(error: OSError | ValueError) -> str:
    """Why something that was named cannot be read."""
    if isinstance(error, tomllib.TOMLDecodeError):
        found = _PLACE.search(str(error))
        return f"is no TOML at {found[0] if found else 'its end'}"
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return "is not in UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read"


def _name(places: tuple[int | str, ...]) -> str:
    return ".".join(str(place) for place in places if place != "[key]") or "file"


def _words(fault: Mapping[str, Any]) -> str:
    more = fault.get("ctx", {})
    if fault["type"] == "value_error":
        return str(more["error"])
    if "expected" in more:
        return f"must be one of {more['expected']}"
    return WORDS.get(fault["type"], "does not fit")
