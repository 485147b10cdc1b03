"""What a refusal of the API is called on a page, and what the reader can do about it.

The API's own sentences are English and made for whoever builds on it. Each has a Dutch one here;
what the API fills in out of the contract, such as a longest length, is filled in again.
"""

import re
from dataclasses import dataclass
from functools import cache

from app.domain.reference.rules import labels
from app.facades.web.words.files import rows_of

GAP = "{}"
NAMED = ("category", "role", "purpose")
"""Lists whose codes the API fills in."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the API as a pattern, with the Dutch one."""

    pattern: re.Pattern[str]
    text: str


@cache
def _faults() -> dict[str, str]:
    return {row["code"]: row["text"] for row in rows_of("problems.csv")}


@cache
def _sentences() -> tuple[Sentence, ...]:
    """The one that says most by itself comes first, since a bare one would fit everything."""
    rows = sorted(rows_of("refusals.csv"), key=lambda row: -len(row["detail"].replace(GAP, "")))
    return tuple(
        Sentence(re.compile("(.+)".join(map(re.escape, row["detail"].split(GAP)))), row["text"])
        for row in rows
    )


def refusal(detail: str) -> str | None:
    """The Dutch for a `detail` of the API; None for one that nobody wrote words for."""
    for sentence in _sentences():
        found = sentence.pattern.fullmatch(detail)
        if found is not None:
            return sentence.text.format(*(_named(part) for part in found.groups()))
    return None


def fault(code: str, detail: str | None = None) -> str:
    """What is wrong with a field: by what the API says of it, else by its code alone."""
    told = None if detail is None else refusal(detail)
    return _faults()[code] if told is None else told


def _named(part: str) -> str:
    return ", ".join(_label(code) for code in part.split(", "))


def _label(code: str) -> str:
    for name in NAMED:
        if (name, code) in labels():
            return lowered(labels()[name, code].dutch)
    return code


def lowered(words: str) -> str:
    """As it stands within a sentence; what is written in capitals keeps them, as `UWV-arts`."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
