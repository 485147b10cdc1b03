"""Faults are planted where they are told, noticed by their tests, and explained where they are not.

A small selection; the whole is `python -m tests.mutation`.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.databases import TestDatabase
from tests.mutation import code, walls
from tests.mutation.bugs import BUGS
from tests.mutation.conjuncts import conjuncts, without_one
from tests.mutation.conjuncts_explained import EXPLAINED as POLICIES
from tests.mutation.conjuncts_explained import why
from tests.mutation.operators import mutants
from tests.mutation.planting import KILLED, ROOT
from tests.mutation.survivors import EXPLAINED

TRIED = (
    "the end counts in",
    "signed is signed",
    "the inbox never empties",
    "a long emergency",
    "life after erasure",
)
SMALL = """
import json, time
from tests.mutation import nursery
from tests.mutation.bugs import BUGS
from tests.mutation.planting import Plant
plants = [bug.plant() for bug in BUGS if bug.name in {names} and "vocabulary" not in bug.path]
same = {{"app/access/policy/members.py": open("app/access/policy/members.py").read()}}
plants.append(Plant("nothing", same, ("tests/rules/test_policy_gates.py",), True))
found = nursery.outcomes(plants, time.monotonic() + 300, 2)
print(json.dumps({{plant.name: outcome for plant, outcome in found}}))
"""


def test_every_bug_can_be_planted_and_names_tests_that_exist() -> None:
    assert len(BUGS) >= 40
    assert len({bug.name for bug in BUGS}) == len(BUGS)
    for bug in BUGS:
        for path, text in bug.plant().files.items():
            compile(text, path, "exec")
        assert all((ROOT / killer).exists() for killer in bug.killers)


def test_planted_bugs_are_noticed_and_the_sound_policy_is_not() -> None:
    script = SMALL.format(names=TRIED)
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = json.loads(told.stdout.splitlines()[-1])
    assert found.pop("nothing") == "survived"
    assert len(found) >= 4
    assert set(found.values()) == {KILLED}


def test_every_explained_fault_is_one_that_can_be_made() -> None:
    names = {plant.name for plant in code.plants()}
    assert EXPLAINED.keys() <= names


def test_a_small_fault_changes_one_place(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text("def f(a: int | None) -> bool:\n    return a is None or a < 3\n")
    found = [one.source.splitlines()[1].strip() for one in mutants(tmp_path, "m.py")]
    assert found == [
        "return None",
        "return (a < 3)",
        "return (a is None)",
        "return (a is not None) or a < 3",
        "return a is None or (a <= 3)",
        "return a is None or a < (4)",
    ]


def test_each_condition_is_taken_out_alone_and_no_word_within_one() -> None:
    text = (
        "((a = 'x AND y'::text) AND ( SELECT true FROM t WHERE ((t.b = 1) AND (t.c > 2)) LIMIT 1))"
    )
    assert {rest for _, rest in without_one(text)} == {
        "true",
        "(( SELECT true FROM t WHERE ((t.b = 1) AND (t.c > 2)) LIMIT 1))",
        "((a = 'x AND y'::text))",
        "((a = 'x AND y'::text) AND ( SELECT true FROM t WHERE ((t.c > 2)) LIMIT 1))",
        "((a = 'x AND y'::text) AND ( SELECT true FROM t WHERE ((t.b = 1)) LIMIT 1))",
    }
    assert without_one("(a = 1)") == [("(a = 1)", "true")]


@pytest.mark.parametrize(
    "table",
    [
        *("registration", "caseload_line", "log_leaf", "tombstone", "work_capacity"),
        *("concern", "employer", "employer_note", "reminder"),
    ],
)
def test_no_condition_of_row_security_goes_unnoticed(
    module_database: TestDatabase, table: str
) -> None:
    found = dict(walls.outcomes(module_database, time.monotonic() + 600, [table]))
    assert found
    assert [name for name, outcome in found.items() if outcome == "survived"] == []
    assert KILLED in found.values()


def test_every_explained_condition_may_go_and_nothing_opens(module_database: TestDatabase) -> None:
    assert walls.explained_in_vain(module_database) == []


def test_every_explained_condition_is_there(module_database: TestDatabase) -> None:
    with module_database.connect_as_superuser() as db:
        every = conjuncts(db)
    explained = {f"{one.table}.{one.policy}" for one in every if why(one)}
    assert {policy for policy, _ in POLICIES} <= explained
    assert len(explained) < 36
    assert len(every) > 3000
