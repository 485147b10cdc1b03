"""Whether a resource is what a search parameter says; only ever asked of what is shown."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.facades.fhir import records
from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Matches

DATE = re.compile(
    r"(?P<prefix>eq|ne|gt|lt|ge|le)?"
    r"(?P<text>\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?)"
)
DAY, MONTH, YEAR = 10, 7, 4
COMPARED: dict[str, Callable[[datetime, datetime, datetime], bool]] = {
    "eq": lambda at, first, past: first <= at < past,
    "ne": lambda at, first, past: not first <= at < past,
    "gt": lambda at, _, past: at >= past,
    "ge": lambda at, first, _: at >= first,
    "lt": lambda at, first, _: at < first,
    "le": lambda at, _, past: at < past,
}


def token(path: str) -> Matches:
    """`code`, `system|code`, `system|` or `|code`, at a Coding, Identifier, concept or code."""

    def matches(resource: Json, value: str) -> bool:
        system, bar, code = value.rpartition("|")
        return any(
            (not code or held == code) and (not bar or (of or "") == system)
            for of, held in _tokens(records.at(resource, path))
        )

    return matches


def _tokens(values: list[Any]) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    for value in values:
        if isinstance(value, str):
            found.append((None, value))
        elif isinstance(value, bool):
            found.append((None, str(value).lower()))
        else:
            inner = value.get("coding", [value])
            found += [(i.get("system"), str(i.get("code") or i.get("value"))) for i in inner]
    return found


def reference(path: str) -> Matches:
    """`Type/id`, or the id alone."""

    def matches(resource: Json, value: str) -> bool:
        told = [str(each.get("reference", "")) for each in records.at(resource, path)]
        return any(value in {each, each.rpartition("/")[2]} for each in told)

    return matches


def words(path: str) -> Matches:
    """How a text begins, whatever its case."""

    def matches(resource: Json, value: str) -> bool:
        return any(
            str(each).casefold().startswith(value.casefold()) for each in records.at(resource, path)
        )

    return matches


def day(path: str) -> Matches:
    """A day or moment, or one that lies in a period, with FHIR's prefixes."""

    def matches(resource: Json, value: str) -> bool:
        return moment(resource, path, value)

    return matches


def moment(resource: Json, path: str, value: str) -> bool:
    """Whether what stands there lies as asked, if that is a date at all."""
    found = DATE.fullmatch(value)
    if found is None:
        return False
    first, past = _span(found["text"])
    compare = COMPARED[found["prefix"] or "eq"]
    return any(compare(_span(str(each))[0], first, past) for each in records.at(resource, path))


def is_date(value: str) -> bool:
    """Whether this is a date of FHIR, with or without a prefix, that exists."""
    found = DATE.fullmatch(value)
    try:
        return found is not None and bool(_span(found["text"]))
    except (ValueError, OverflowError):
        return False


def _span(text: str) -> tuple[datetime, datetime]:
    """From when, and until before when: a day, a month and a year are as long as they are."""
    if len(text) > DAY:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at, at + timedelta(seconds=1)
    first = date.fromisoformat(text + "-01-01"[len(text) - YEAR :] if len(text) < DAY else text)
    return _start(first), _start(_next(first, len(text)))


def _next(first: date, length: int) -> date:
    if length == DAY:
        return first + timedelta(days=1)
    if length == MONTH:
        return (first + timedelta(days=31)).replace(day=1)
    return first.replace(year=first.year + 1)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
