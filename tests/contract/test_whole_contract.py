"""Generated requests for the whole contract: no 5xx, and no answer that it does not tell of.

`TREDE_TEST_EXAMPLES` sets how many requests each operation gets, and how many stories are played.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.build.contract import METHODS, document, operations
from tests.build.processes import serving
from tests.build.stage import Stage
from tests.databases import TestDatabase
from tests.domain.trajectory.courses import started
from tests.oracle.judging import Judge
from tests.security.test_every_operation import table_of

OK = 200
EXAMPLES = int(os.environ.get("TREDE_TEST_EXAMPLES", "1"))
PARTIES = ("coach", "clinician", "client", "expert", "ggz_admin")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
STORIES = 3
PATIENCE = 120
"""Seconds; how long an answer takes on a busy machine is no part of the contract."""
LEANED_ON = ("clients", "trajectories")
OURS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Asked:
    """Sends what was generated to a running process, and judges what comes back."""

    def __init__(self, address: str, stage: Stage, known: dict[str, str]) -> None:
        self.address = f"{address}/v1"
        self.stage = stage
        self.known = known
        self.oracle = Judge(stage)
        self.statuses: Counter[int] = Counter()
        self.turns: Counter[str] = Counter()
        self.party = PARTIES[0]

    @property
    def sent(self) -> int:
        return self.turns.total()

    def headers(self, case: Case) -> dict[str, str]:
        """Each request with this method is another party's than the one before."""
        method = case.method.upper()
        self.party = PARTIES[self.turns[method] % len(PARTIES)]
        self.turns[method] += 1
        return {"Authorization": f"Bearer {self.stage.token(self.party)}"}

    def fill(self, case: Case) -> None:
        """Ids of what there is, in two out of three requests; a made-up one finds nothing."""
        segments = case.operation.path.strip("/").split("/")
        if self.sent % 3:
            for before, name in pairwise(segments):
                found = self.known.get(table_of(before))
                if name.startswith("{") and found:
                    case.path_parameters[name[1:-1]] = found

    def judge(self, case: Case, response: Any) -> None:
        self.statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        if case.method.upper() != "GET":
            self.oracle.written()
        elif response.status_code == OK:
            assert not self.oracle.unseen(self.party, case.operation.path, response.text)

    def __call__(self, case: Case) -> None:
        self.fill(case)
        self.judge(case, self.answer(case))

    def answer(self, case: Case) -> Any:
        told = {"headers": self.headers(case), "timeout": PATIENCE}
        return case.call(base_url=self.address, **told)


@pytest.fixture
def address(database: TestDatabase, tmp_path: Path) -> Iterator[str]:
    with serving(database, tmp_path) as [one]:
        yield one


@pytest.fixture
async def asked(address: str, stage: Stage) -> Asked:
    """A trajectory underway, with what the examples of the contract can add to it."""
    course = await started(stage)
    await course.with_coach()
    stage.on("2026-11-30")  # the days in the examples have come
    stage.parties["client"] = stage.parties["alfa"]
    known = {"client": str(course.client), "trajectory": str(course.trajectory)}
    whose = {
        "clientId": course.client,
        "trajectoryId": course.trajectory,
        "membershipId": stage.parties["coach"].membership,
        "organisationId": stage.organisations["company"],
        "senderOrganisationId": stage.organisations["ggz"],
    }
    for op in operations():
        able = [p for p in PARTIES if stage.parties[p].role in op.roles]
        ids = {name: known.get(table_of(before), str(uuid4())) for before, name in op.parameters}
        if op.verb != "create" or not isinstance(op.body, dict) or not able:
            continue
        body = op.body | {name: str(whose[name]) for name in whose if name in op.body}
        for party in able:
            answer = await stage.post(party, op.at(ids), body)
            if answer.status_code == 201 and "id" in answer.json():
                known[table_of(op.path.rsplit("/", 1)[1])] = answer.json()["id"]
                break
    assert len(known) > 10, f"the examples made too little: {known}"
    return Asked(address, stage, known)


def contract() -> Any:
    """Without what is public in the root of the site, which has tests of its own."""
    return schemathesis.openapi.from_dict(document()).exclude(path_regex="^/(oauth2|.well-known)")


def test_every_operation_answers_as_the_contract_says_and_never_fails(asked: Asked) -> None:
    wrong: list[str] = []
    for found in contract().get_all_operations():
        operation = found.ok()

        @OURS
        @given(case=operation.as_strategy())
        def ask(case: Case) -> None:
            asked(case)

        try:
            ask()
        except FailureGroup as failures:  # all that is wrong is told at once
            wrong += [f"{operation.label}: {failure}" for failure in failures.exceptions]
    assert not wrong, "\n".join(wrong)
    assert sum(asked.statuses.values()) >= 180 * EXAMPLES
    assert {200, 400, 404} <= asked.statuses.keys()
    assert asked.oracle.checks > 20


def parts() -> list[list[str]]:
    """Tags dealt out, each with what all lean on: of everything at once too few rules are tried.

    The machine's rules grow with the square of the operations, and Hypothesis looks at the first
    ten thousand of them.
    """
    paths = document()["paths"].values()
    every = [path[method] for path in paths for method in METHODS if method in path]
    tags = {tag for operation in every for tag in operation["tags"]}
    apart = sorted(tags - {*LEANED_ON, "oauth", "reference"})
    return [[*LEANED_ON, *apart[first::STORIES]] for first in range(STORIES)]


def test_stories_of_requests_that_lean_on_each_other_stay_within_the_contract(
    asked: Asked,
) -> None:
    wrong: list[str] = []

    def told(case: Case, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            wrong.append(f"{case.operation.label}: {error!r}")
            raise

    for part in parts():

        class Story(contract().include(tag=part).as_state_machine()):  # type: ignore[misc]
            def call(self, case: Case, **_: Any) -> Any:
                return told(case, lambda: asked.answer(case))

            def validate_response(self, response: Any, case: Case, **_: Any) -> None:
                told(case, lambda: asked.judge(case, response))

            def _repr_step(self, rule: Any, *_: Any) -> str:
                """Hypothesis names every result; Schemathesis keeps none that nothing follows."""
                return f"state.{rule.function.__name__}()"

        before = asked.sent
        try:
            Story.run(settings=OURS)
        finally:  # where a story cannot be told again, Hypothesis loses what was wrong
            assert wrong == []
        assert asked.sent - before > EXAMPLES, f"hardly a story about {part}"


def test_an_answer_with_what_the_oracle_withholds_is_found_out(asked: Asked) -> None:
    with asked.stage.database.connect_as_superuser() as db:
        hat = asked.stage.parties["client"].membership
        row: Any = db.execute("SELECT client_id FROM account_link WHERE id = %s", [hat]).fetchone()
    client = row[0]
    path, answer = "/clients/{client_id}", f'{{"id": "{client}"}}'
    assert asked.oracle.unseen("client", path, answer) == []
    assert asked.oracle.unseen("ggz_admin", path, answer)
    assert asked.oracle.unseen("ggz_admin", "/clients", f'{{"items": [{answer}]}}')
