"""What the caseload of the demo promises to who looks at it, through the calls of the guide."""

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import sql

from app import tables
from app.access.records import loaded_records
from app.access.vocabulary import Verb

Line = dict[str, Any]
COURSES = Path(__file__).parents[2] / "app" / "demo" / "caseload"
ALLOWED = ("app.demo", "collections", "dataclasses", "datetime")
MINE = {"ips": 11, "wgb": 2, "oad": 1, "green_activation": 1, "green_job": 1, "green_recovery": 2}
"""Trajectories of the coach of the caseload, by kind, whose course is told."""
OVER = {"Papa", "Uniform"}
"""Ended, and the coach still treats the client: that it is there, and nothing of how it goes."""
STANDS = {
    "Charlie ips intake referral",
    "Hotel ips referred acceptance",
    "India ips career_profile career_profile",
    "Juliett ips job_search None",
    "Kilo ips at_work None",
    "Lima ips job_search None",
    "Mike ips transfer None",
    "November ips at_work None",
    "Oscar ips ended None",
    "Papa ips intake referral",
    "Quebec wgb active None",
    "Romeo wgb planning start_conversation",
    "Tango oad active None",
    "Uniform green_job active None",
    "Victor green_activation active None",
    "Whiskey green_recovery orientation None",
    "Zulu ips job_search None",
    "Zulu green_recovery rest None",
}
"""Who, in what, where it stands, and the first step that can be taken now."""
WITH_THE_CLIENT = {"client_bsn", "client_identity", "treatment_team_member"}
"""Told by one line on the log, that of the client who is registered."""
BY_THE_JOB = {"reminder"}
"""Records that no person makes."""
RUNGS = {"Kilo": 5, "Lima": 3, "Mike": 5, "November": 5, "Quebec": 3, "Victor": 2, "Whiskey": 3}
STANDING = {"kind", "phase", "nextStep", "mySteps", "reminders", "newMoments", "rung"}
REMINDED = {"India", "Quebec", "Whiskey", "Zulu"}
"""Whatever moment the job goes by; November's waits only if it went by before the pause."""


def the_mixed_kinds_stand_there(lines: list[Line]) -> None:
    """Every kind, each where its course left it; a pause hides no phase."""
    over = [line for line in lines if "status" in line["withheld"]]
    assert {line["familyName"] for line in over} == OVER
    assert not [line for line in over if STANDING & line.keys()]
    lines = [line for line in lines if line not in over]
    assert Counter(line["kind"] for line in lines) == MINE
    told = {f"{x['familyName']} {x['kind']} {x['phase']} {x['nextStep']}" for x in lines}
    assert told == STANDS, told ^ STANDS
    assert {x["familyName"] for x in lines if x["paused"]} == {"November", "Tango"}
    rungs = {x["familyName"]: x.get("rung") for x in lines}
    assert RUNGS.items() <= rungs.items(), rungs


def what_is_new_is_since_the_last_look(lines: list[Line]) -> None:
    new = {x["familyName"]: set(x["newMoments"]) for x in lines if x.get("newMoments")}
    assert {"transferred"} <= new["Mike"], new
    assert {"referred"} <= new["Hotel"], new
    assert "Zulu" not in new


def steps_are_the_tasks_of_the_coach(lines: list[Line], tasks: list[Line]) -> None:
    """The caseload and the day list never tell different things."""
    steps = {
        (task["path"].split("/")[3], task["what"])
        for task in tasks
        if task["kind"] == "step_to_take"
    }
    assert {(line["id"], step) for line in lines for step in line.get("mySteps", [])} == steps
    kinds = {task["kind"] for task in tasks}
    assert {"invitation_to_answer", "question_to_answer", "review_to_hold", "reminder"} <= kinds


def are_reminded(lines: list[Line]) -> bool:
    """The job goes by every few seconds, so it may be too early for the last day."""
    waits = {x["familyName"] for x in lines if x.get("reminders")}
    return waits >= REMINDED


def everything_went_over_the_api(ask: Callable[[sql.Composed], list[Any]]) -> None:
    """Each record of a client stands on the access log as made by somebody."""
    made = sql.SQL(
        "SELECT count(*) FROM {} r WHERE NOT EXISTS (SELECT FROM access_log_entry e"
        " WHERE e.record_id IN (r.id, r.{}) AND e.verb = {})"
    )
    tables.load()
    unseen = {}
    for record in loaded_records():
        name = record.__tablename__
        if name not in BY_THE_JOB and record.__part_of__ is None:
            told = sql.Identifier("client_id" if name in WITH_THE_CLIENT else "id")
            verb = sql.Literal(Verb.CREATE.value)
            [(count,)] = ask(made.format(sql.Identifier(name), told, verb))
            if count:
                unseen[name] = count
    assert unseen == {}, unseen


def the_plays_know_no_database() -> None:
    """The courses import nothing by which a statement could be sent."""
    files = list(COURSES.glob("*.py"))
    assert len(files) > 5
    for file in files:
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        found = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        found += [
            name.name for node in nodes if isinstance(node, ast.Import) for name in node.names
        ]
        assert all(name.startswith(ALLOWED) for name in found), file
