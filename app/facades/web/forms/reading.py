"""From what was typed to the document that an operation takes.

What cannot be read is sent as it was typed: the operation says what is wrong with it, so that no
rule is written twice.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.facades.operations import Json
from app.facades.web.forms.fields import Field, Kind
from app.platform.clock import AMSTERDAM

Sent = Mapping[str, list[str]]
MOST_ROWS = 50
DIGITS = 4
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})\.?[-/. ](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[.:u ]?(\d{2})?(?: ?uur)?")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def gathered(pairs: Iterable[tuple[str, str]]) -> Sent:
    """All that was sent by the name of its field."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.strip())
    return found


def read(fields: Iterable[Field], sent: Sent, prefix: str = "") -> Json:
    """The document; what was left empty is absent."""
    found = {field.name: _value(field, sent, prefix + field.name) for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def _value(field: Field, sent: Sent, name: str) -> Any:
    match field.kind:
        case Kind.GROUP:
            return read(field.fields, sent, f"{name}.") or ({} if field.required else None)
        case Kind.ROWS:
            return _rows(field, sent, name) or ([] if field.required else None)
        case Kind.ONE_OF:
            return _one_of(field, sent, name)
        case Kind.CHOICES | Kind.IDS:
            chosen = [typed(field, value) for value in sent.get(name, ()) if value]
            return chosen or ([] if field.required else None)
        case Kind.TEXTS | Kind.DAYS:
            lines = [line.strip() for text in sent.get(name, ()) for line in text.splitlines()]
            told = [day(line) if field.kind is Kind.DAYS else line for line in lines if line]
            return told or ([] if field.required else None)
        case Kind.MOMENT:
            return _moment(_one(sent, name), _one(sent, f"{name}.time"))
        case _:
            text = _one(sent, name)
            return typed(field, text) if text else None


def _one(sent: Sent, name: str) -> str:
    return next(reversed(sent.get(name, [""])), "")


def _rows(field: Field, sent: Sent, name: str) -> list[Json]:
    """Rows by their number; one that was left empty does not count."""
    at = len(name) + 1
    places = {key[at:].partition(".")[0] for key in sent if key.startswith(f"{name}.")}
    numbers = sorted(int(place) for place in places if place.isdecimal() and len(place) < DIGITS)
    rows = (read(field.fields, sent, f"{name}.{n}.") for n in numbers[:MOST_ROWS])
    return [row for row in rows if row]


def _one_of(field: Field, sent: Sent, name: str) -> Json | None:
    chosen = _one(sent, f"{name}.{field.tag}")
    if chosen not in field.variants:
        return {field.tag: chosen} if chosen or field.required else None
    return {field.tag: chosen, **read(field.variants[chosen], sent, f"{name}.")}


def typed(field: Field, text: str) -> Any:
    """One value as the contract writes it; as it was typed where it cannot be read."""
    match field.kind:
        case Kind.DAY:
            return day(text)
        case Kind.NUMBER:
            return number(text)
        case Kind.FLAG:
            return {"true": True, "false": False}.get(text, text)
        case Kind.TIME:
            return clock_time(text)
        case Kind.DOCUMENT:
            return document(text)
        case Kind.CHOICE | Kind.CHOICES:
            return next((option for option in field.options if str(option) == text), text)
        case _:
            return text


def day(text: str) -> str:
    """`3-11-2026`, `3 nov 2026` or `2026-11-03` as ISO 8601."""
    found = _DUTCH_DAY.fullmatch(text.lower())
    if found is None:
        return text
    day_, month, year = found.groups()
    number_ = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(year), number_, int(day_)).isoformat()
    except ValueError:
        return text


def _month(word: str) -> int:
    word = "mrt" if word in {"maart", "maa"} else word[:3]
    return _MONTHS.index(word) + 1 if word in _MONTHS else 0


def number(text: str) -> int | float | str:
    """`1,5` or `1.5`; a whole one stays whole."""
    plain = text.replace(" ", "").replace(",", ".")
    if re.fullmatch(r"-?\d{1,15}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?\d{1,12}\.\d{1,6}", plain) else text


def document(text: str) -> Any:
    """A document as JSON, as other systems write theirs; only one that can be sent on counts."""
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return text
    return found


def clock_time(text: str) -> str:
    """`14.30`, `14:30`, `14 uur` as `14:30`."""
    found = _CLOCK.fullmatch(text.lower())
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else text


def _moment(typed_day: str, typed_time: str) -> str | None:
    """A Dutch day and time as a moment with its offset."""
    if not typed_day and not typed_time:
        return None
    try:
        found = datetime.fromisoformat(f"{day(typed_day)}T{clock_time(typed_time)}")
    except ValueError:
        return f"{typed_day} {typed_time}"
    return found.replace(tzinfo=AMSTERDAM).isoformat()
