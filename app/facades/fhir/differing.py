"""What a sent resource changes of the one that is there."""

from collections.abc import Sequence
from typing import Any

from app.facades.fhir.elements import Json
from app.facades.fhir.taking import DERIVED

SERVERS = frozenset({"id", "meta", "resourceType"})
"""What the server gives; a sender repeats it, and changes nothing by it."""


def differing(now: Json, sent: Json) -> list[str]:
    """The elements that are not as they are now, each as `Type.element` or deeper."""
    kind = now["resourceType"]
    names = dict.fromkeys([*now, *sent])
    if sent.get("text", {}).get("status") in DERIVED:
        names.pop("text", None)
    found: list[str] = []
    for name in names:
        if name not in SERVERS:
            _differ(now.get(name), sent.get(name), f"{kind}.{name}", found)
    return found


def elements(changed: Sequence[str]) -> frozenset[str]:
    """The elements of the resource itself in which something differs."""
    return frozenset(each.split(".")[1].partition("[")[0] for each in changed)


def _differ(now: Any, sent: Any, at: str, found: list[str]) -> None:
    if now == sent:
        return
    if isinstance(now, dict) and isinstance(sent, dict):
        for name in dict.fromkeys([*now, *sent]):
            _differ(now.get(name), sent.get(name), f"{at}.{name}", found)
    elif isinstance(now, list) and isinstance(sent, list) and len(now) == len(sent):
        for index, (one, other) in enumerate(zip(now, sent, strict=True)):
            _differ(one, other, f"{at}[{index}]", found)
    else:
        found.append(at)
