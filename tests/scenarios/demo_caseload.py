"""What the caseload of the demo promises to who looks at it, through the calls of the guide."""

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import app.demo.caseload
from app.access.records import loaded_records
from app.access.vocabulary import Verb

Line = dict[str, Any]
BY_THE_JOB = {"reminder"}
"""Records that no person makes."""


def lines_of(caseload: dict[str, Any]) -> dict[tuple[str, str], Line]:
    """By name and kind; one person may have several."""
    return {(line["familyName"], line["kind"]): line for line in caseload["items"]}


def the_mixed_kinds_stand_there(caseload: dict[str, Any]) -> None:
    """Of this coach, every kind, each where its course left it."""
    lines = lines_of(caseload)
    assert Counter(kind for _, kind in lines) == {
        "ips": 11,
        "wgb": 2,
        "oad": 2,
        "green_activation": 1,
        "green_job": 1,
        "green_recovery": 2,
    }
    stand = {name: line["phase"] for name, line in lines.items()}
    assert stand == STANDS, stand
    paused = {name for (name, _), line in lines.items() if line["paused"]}
    assert paused == {"November", "Tango"}
    assert {name for (name, _), line in lines.items() if line["rung"] == 5} == {
        "Kilo",
        "Lima",
        "Mike",
        "November",
        "Oscar",
        "Papa",
    }
    assert lines["Juliett", "ips"]["nextStep"] == "placement"
    assert lines["India", "ips"]["mySteps"] == ["career_profile"]


STANDS: dict[tuple[str, str], str] = {}


def something_waits_and_something_is_new(caseload: dict[str, Any]) -> bool:
    """What the job made of the last day; it looks every few seconds."""
    lines = lines_of(caseload)
    waits = {name for name, line in lines.items() if line["reminders"]}
    new = {name for name, line in lines.items() if line["newMoments"]}
    return waits >= WAITS and ("Lima", "ips") in new


WAITS = {("India", "ips"), ("Lima", "ips"), ("Whiskey", "green_recovery")}


def everything_went_over_the_api(ask: Callable[[sql.Composable], list[Any]]) -> None:
    """Each record of a client stands on the access log as made by somebody."""
    made = sql.SQL(
        "SELECT count(*) FROM {} r WHERE NOT EXISTS (SELECT FROM access_log_entry e"
        " WHERE e.record_id = r.id AND e.verb = {})"
    )
    unseen = {}
    for record in loaded_records():
        name = record.__tablename__
        if name not in BY_THE_JOB and record.__part_of__ is None:
            [(count,)] = ask(made.format(sql.Identifier(name), sql.Literal(Verb.CREATE.value)))
            if count:
                unseen[name] = count
    assert unseen == {}


def the_plays_know_no_database() -> None:
    """The courses import nothing by which a statement could be sent."""
    folder = Path(app.demo.caseload.__file__).parent
    for file in folder.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        found += [
            name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for name in node.names
        ]
        allowed = ("app.demo", "collections", "dataclasses", "datetime")
        assert all(name.startswith(allowed) for name in found), file


Connect = Callable[[], psycopg.Connection]
