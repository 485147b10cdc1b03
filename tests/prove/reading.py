"""What each proof printed, as lines of the table."""

import json
import re
from collections.abc import Iterator
from typing import Any

Lines = list[tuple[str, str]]


def figures(told: str) -> dict[str, Any]:
    """The last line that is a JSON object; empty where there is none."""
    for line in reversed(told.splitlines()):
        if line.startswith("{"):
            try:
                return dict(json.loads(line))
            except ValueError:
                continue
    return {}


def oracle(told: str, finished: bool) -> Lines:
    found = figures(told)
    names = {
        "worlds": "worlds tried",
        "checks": "checks executed",
        "grounds": "grounds reached",
        "refusals": "reasons of refusal reached",
        "told": "events told to subscribers",
        "machine_steps": "steps of the machine",
    }
    return list(_named(found, names, finished))


def leaks(told: str, finished: bool) -> Lines:
    found = figures(told)
    names = {
        "scripts": "scripts on twin worlds",
        "requests": "requests compared",
    }
    lines = list(_named(found, names, finished))
    if "planted" in found:
        lines.append(("leaks planted and found", f"{found['found']} of {found['planted']}"))
    return lines


def _named(
    found: dict[str, Any], names: dict[str, str], finished: bool
) -> Iterator[tuple[str, str]]:
    for name, words in names.items():
        if name in found:
            value = found[name]
            value = len(value) if isinstance(value, (list, dict)) else value
            yield words, f"{value}{'' if finished else ' (not finished)'}"


def mutation(told: str, finished: bool) -> Lines:
    """Killed of tried; what the time did not suffice for is in the line."""
    found = figures(told)
    names = {
        "bugs": "seeded bugs killed",
        "conditions": "row security less one condition, killed",
        "mutants": "mutants killed",
    }
    lines = []
    for kind, words in names.items():
        if kind in found:
            count = found[kind]
            line = f"{count['killed']} of {count['tried'] - count['explained']}"
            if count["explained"]:
                line += f", {count['explained']} explained"
            if count["tried"] < count["total"]:
                line += f" ({count['tried']} of {count['total']} tried)"
            if count["unnoticed"]:
                line += f", unnoticed: {len(count['unnoticed'])}"
            lines.append((words, line))
    return lines if finished else [(words, f"{line} (not finished)") for words, line in lines]


def attacks(told: str, finished: bool) -> Lines:
    return _counted("attack tests passed", told, finished)


def log_attacks(told: str, finished: bool) -> Lines:
    return _counted("log attacks detected", told, finished)


def _counted(words: str, told: str, finished: bool) -> Lines:
    """By the summary of pytest, or by its dots where it did not come to that."""
    counts = {
        kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|error)", told)
    }
    if finished and counts:
        return [(words, f"{counts.get('passed', 0)} of {sum(counts.values())}")]
    dots = "".join(re.findall(r"^[.FEsx]+(?= +\[|$)", told, re.MULTILINE))
    if not dots:
        return []
    return [(words, f"{dots.count('.')} of {len(dots)} (not finished)")]
