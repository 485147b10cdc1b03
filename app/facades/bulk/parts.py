"""The parts of a row by their names, and the faults of those that are none."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.bulk.rules.imports import RowFault
from app.facades.bulk.recording import FaultyError, joined
from app.facades.operations import Json
from app.platform.http.strict_json import NAME


def only(row: Mapping[str, Any], known: frozenset[str] | set[str], at: str) -> None:
    wrong = [unknown(joined(at, name)).faults[0] for name in row if name not in known]
    if wrong:
        raise FaultyError(*wrong)


def unknown(at: str) -> FaultyError:
    """A name that is not known is repeated only where it looks like one."""
    owner, _, name = at.rpartition(".")
    place = at if NAME.fullmatch(name) else owner
    return FaultyError(RowFault(place, "unknown_field", "The contract does not know this field."))


def object_at(row: Mapping[str, Any], name: str, at: str = "") -> Json:
    found = row.get(name)
    if not isinstance(found, dict):
        raise FaultyError(RowFault(joined(at, name), "required", "Must be an object."))
    return found


def listed(items: Any, at: str) -> Iterable[tuple[str, Json]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FaultyError(RowFault(at, "wrong_type", "Must be a list of objects."))
    return [(f"{at}.{number}", item) for number, item in enumerate(items)]


def kebab(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)
