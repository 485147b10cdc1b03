"""What the published profiles ask of a resource, as facts of our own in `profiles.csv`.

A line says of one profile how often an element stands at a path and, where it binds, what it is: a
`system|code`, a plain value, or the types that a reference may go to. `agent(110152)` are the items
that say this word of themselves: a code, a display, the type of a reference or a system of numbers.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
CHOICE = "[x]"
MANY = "*"


@dataclass(frozen=True)
class Asked:
    """One line: an element of a profile."""

    path: str
    least: int
    most: int | None
    value: str

    def faults(self, resource: Json) -> Iterator[str]:
        """What is wrong with it in this resource; each part that holds the element by itself."""
        *above, last = self.path.split(".")[1:]
        parts: list[Any] = [resource]
        for step in above:
            parts = [found for part in parts for found in _at(part, step)]
        for part in parts:
            found = _at(part, last)
            if len(found) < self.least or (self.most is not None and len(found) > self.most):
                yield f"{self.path}: {len(found)} times"
            yield from (f"{self.path}: {each}" for each in found if not self._fits(each))

    def _fits(self, value: Any) -> bool:
        if not self.value:
            return True
        if self.value.startswith("Reference("):
            types = self.value.removeprefix("Reference(").removesuffix(")").split("|")
            return _target(value) in types
        if "|" in self.value:
            system, code = self.value.rsplit("|", 1)
            return any(
                (each.get("system"), each.get("code")) == (system, code) for each in _codings(value)
            )
        return str(value).lower() == self.value if isinstance(value, bool) else value == self.value


@cache
def asked() -> dict[str, tuple[Asked, ...]]:
    """The lines by the profile that they are of."""
    found = defaultdict[str, list[Asked]](list)
    with Path(__file__).with_name("profiles.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            most = None if row["max"] == MANY else int(row["max"])
            found[row["profile"]].append(Asked(row["path"], int(row["min"]), most, row["value"]))
    return {profile: tuple(lines) for profile, lines in found.items()}


def claimed(resource: Json) -> list[str]:
    """The profiles that a resource says it follows."""
    profiles: list[str] = resource.get("meta", {}).get("profile", [])
    return profiles


def faults(resource: Json) -> list[str]:
    """What in a resource does not hold of the profiles that it claims."""
    lines = (line for profile in claimed(resource) for line in asked().get(profile, ()))
    return [fault for line in lines for fault in line.faults(resource)]


def _at(part: Any, step: str) -> list[Any]:
    """The values of an element in a part, also one that only says why it is absent."""
    name, _, word = step.partition("(")
    if not isinstance(part, dict):
        return []
    if name.endswith(CHOICE):
        stem = name.removesuffix(CHOICE)
        return [v for key, v in part.items() if key.startswith(stem) and key != stem]
    value = part.get(name, part.get(f"_{name}"))
    items = [] if value is None else value if isinstance(value, list) else [value]
    return [each for each in items if not word or word.removesuffix(")") in _words(each)]


def _words(value: Any) -> set[str]:
    """What an item says of itself, one level down."""
    if not isinstance(value, dict):
        return set()
    inner = [value, *(each for each in value.values() if isinstance(each, dict))]
    texts = {str(v) for each in inner for v in each.values() if isinstance(v, str)}
    codes = {str(c.get("code")) for each in inner for c in _codings(each)}
    return texts | codes | {_target(each) for each in inner}


def _codings(value: Any) -> list[Json]:
    """The codings of a concept, or the one that it is."""
    if not isinstance(value, dict):
        return []
    found: list[Json] = value.get("coding", [value])
    return found


def _target(value: Any) -> str:
    """The type that a reference goes to; of one without an address the type that it names."""
    if not isinstance(value, dict):
        return ""
    told = str(value.get("reference", "")).rpartition("/")[0].rpartition("/")[2]
    return told or str(value.get("type", ""))
