"""JSON read without leniency: what two parsers could read differently is refused."""

import json
import re
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from app.platform.http.problems import BadRequest, Fault

DEEPEST = 32
MOST_FAULTS = 100
INT64 = range(-(2**63), 2**63)
MOST_DIGITS = 20

# A name is repeated in a pointer only when it looks like one, and not like a number of a person.
NAME = re.compile(r"(?!.*[0-9]{4})[A-Za-z][A-Za-z0-9_.-]{0,63}")

TEXTS = {
    "not_finite": "The number is not finite.",
    "integer_out_of_range": "The integer does not fit in 64 bits.",
    "duplicate_key": "The same key stands here more than once.",
    "invalid_character": "The text holds a NUL character or half a surrogate pair.",
    "too_deep": f"The JSON is nested deeper than {DEEPEST} levels.",
    "not_an_object": "The body must be one JSON object.",
    "not_utf8": "The body must be JSON in UTF-8, without a byte order mark.",
}


class Document(dict[str, Any]):
    """A JSON object together with the bytes that it was read from."""

    __slots__ = ("raw",)

    def __init__(self, content: dict[str, Any], raw: bytes) -> None:
        super().__init__(content)
        self.raw = raw


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands in the tree where a value was refused, so that the walk can point at it."""

    code: str


@dataclass(slots=True)
class _Hooks:
    refused: bool = field(default=False)

    def refuse(self, code: str) -> _Refused:
        self.refused = True
        return _Refused(code)

    def constant(self, _text: str) -> _Refused:
        return self.refuse("not_finite")

    def integer(self, text: str) -> int | _Refused:
        if len(text) > MOST_DIGITS or (number := int(text)) not in INT64:
            return self.refuse("integer_out_of_range")
        return number

    def fraction(self, text: str) -> float | _Refused:
        number = float(text)
        return number if isfinite(number) else self.refuse("not_finite")

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in pairs:
            content[key] = self.refuse("duplicate_key") if key in content else value
        return content


def parse(raw: bytes) -> Document:
    """The one JSON object in `raw`. Raises BadRequest with every fault that was found."""
    value, hooks = _read(raw)
    if not isinstance(value, dict):
        raise _bad("not_an_object")
    # Only an escape can bring in NUL or a surrogate, so most bodies need no second look.
    deep = raw.count(b"{") + raw.count(b"[") > DEEPEST
    if (hooks.refused or deep or b"\\u" in raw) and (faults := _walk(value)):
        raise BadRequest(errors=faults)
    return Document(value, raw)


def _read(raw: bytes) -> tuple[Any, _Hooks]:
    hooks = _Hooks()
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=hooks.pairs,
            parse_constant=hooks.constant,
            parse_int=hooks.integer,
            parse_float=hooks.fraction,
        )
    except UnicodeDecodeError:
        raise _bad("not_utf8") from None
    except json.JSONDecodeError as error:
        where = f"The body is not valid JSON at line {error.lineno}, column {error.colno}."
        raise BadRequest(errors=[Fault("body", "#", "invalid_json", where)]) from None
    except RecursionError:
        raise _bad("too_deep") from None
    return value, hooks


def _bad(code: str) -> BadRequest:
    return BadRequest(errors=[Fault("body", "#", code, TEXTS[code])])


def _walk(root: Any) -> list[Fault]:
    faults: list[Fault] = []
    ahead: list[tuple[Any, str, int]] = [(root, "#", 1)]
    while ahead and len(faults) < MOST_FAULTS:
        value, pointer, depth = ahead.pop()
        if code := _fault_of(value, depth):
            faults.append(Fault("body", pointer, code, TEXTS[code]))
        elif isinstance(value, dict):
            ahead += [(inner, step(pointer, key), depth + 1) for key, inner in value.items()]
        elif isinstance(value, list):
            ahead += [(inner, f"{pointer}/{at}", depth + 1) for at, inner in enumerate(value)]
    return sorted(faults, key=lambda fault: fault.pointer)


def step(pointer: str, key: str) -> str:
    """One level down; a key that is no plain name is not repeated, its parent is pointed at."""
    return f"{pointer}/{key}" if NAME.fullmatch(key) else pointer


def _fault_of(value: Any, depth: int) -> str | None:
    match value:
        case _Refused():
            return value.code
        case str():
            return None if _sound(value) else "invalid_character"
        case dict() | list() if depth > DEEPEST:
            return "too_deep"
        case dict() if not all(map(_sound, value)):
            return "invalid_character"
        case _:
            return None


def _sound(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
