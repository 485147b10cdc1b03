"""A withdrawal holds for every request that starts after its answer, in every process."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.facades.fhir import ids
from app.facades.fhir.drafts.measurement import KEY
from tests.build.processes import REMEMBERED, serving
from tests.build.situations import Situation
from tests.build.stage import BSN, Stage
from tests.databases import TestDatabase
from tests.domain.consent.asking import consent, with_question

READERS = 18
"""Of the API itself; each look in another channel has one more."""
ACTS = ("question", "ladder", "task", "block")
STATUSES = "/v1/trajectory-statuses"
FHIR = "/fhir/r4"
AFTERWARDS = 2
"""How many answers each reader still collects that it asked for after the withdrawal."""
PATIENCE = 120
"""Seconds before we give up; what is promised is that it comes about, not how soon."""
DECISIONS = "/access/v1/evaluation"
DECIDED = '"decision":true'
MEASURED = {"rung": 4, "measuredOn": "2025-01-14", "occasion": "start"}


@dataclass(frozen=True)
class Look:
    """One request that holds `data` until the client ends what it leans on."""

    leans_on: str
    party: str
    path: str
    data: str
    body: dict[str, Any] | None = None

    async def ask(self, http: httpx.AsyncClient, token: str, headers: dict[str, str]) -> bool:
        """Whether the answer held the data; a stream, whether anything of it did."""
        sent = {"Authorization": f"Bearer {token}", **headers}
        method = "GET" if self.body is None else "POST"
        answer = await http.request(method, self.path, json=self.body, headers=sent)
        assert answer.status_code in {200, 404}, f"{self.path}: {answer.status_code} {answer.text}"
        return self.data in answer.text


@dataclass
class Reader:
    """Asks the same again and again on a connection of its own; remembers when, and what came."""

    look: Look
    address: str
    token: str
    headers: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[float, bool]] = field(default_factory=list)

    async def run(self) -> None:
        async with httpx.AsyncClient(base_url=self.address, timeout=30) as http:
            while True:
                started = time.monotonic()
                self.answers.append((started, await self.look.ask(http, self.token, self.headers)))

    def held_after(self, moment: float) -> list[bool]:
        return [held for started, held in self.answers if started > moment]


def looks(alfa: Situation, question: str) -> list[Look]:
    """Single records, lists, compiled lines of a caseload and a status; four acts end them."""
    of, trajectories = alfa.of_trajectory, "/v1/trajectories"
    return [
        Look("question", "coach", question, "Iets met hout."),
        Look("question", "coach", f"{alfa.of_client}/work-questions", "Iets met hout."),
        Look("ladder", "clinician", f"{of}/ladder-measurements", '"rung":4'),
        Look("ladder", "clinician", f"{of}/ladder", '"rung":4'),
        Look("task", "expert", f"{STATUSES}/_search", '"phase"', {"bsn": BSN["alfa"]}),
        Look("task", "expert", trajectories, str(alfa.trajectory)),
        Look("block", "psychologist", trajectories, str(alfa.trajectory)),
        Look("block", "psychologist", "/v1/clients", str(alfa.client)),
        Look("block", "psychologist", of, str(alfa.trajectory)),
    ]


async def elsewhere(alfa: Situation, measured: str) -> list[Look]:
    """The same in every other channel. Each caller has one path and one stream: what remembers
    answers knows them by these, and a caller has one export at a time."""
    stage, patient = alfa.stage, f"patient={alfa.client}"
    one = ids.made(KEY, measured, str(alfa.trajectory))
    whole = f"Patient/{alfa.client}/$everything"
    file = await bulk_file(stage, "psychologist", "Patient")
    exports, episode = "/v1/exports", f"EpisodeOfCare/{alfa.trajectory}"
    return [
        Look("ladder", "clinician", f"{FHIR}/Observation/{one}", f'"{one}"'),
        Look("question", "coach", f"{FHIR}/Observation?{patient}", "Iets met hout."),
        Look("ladder", "clinician", f"{FHIR}/{whole}?_type=Observation", f'"{one}"'),
        Look("question", "coach", f"{FHIR}/{whole}?_count=100", "Iets met hout."),
        Look("task", "expert", f"{FHIR}/{whole}?_count=100", episode),
        Look("block", "psychologist", f"{FHIR}/Patient", str(alfa.client)),
        Look("block", "psychologist", file, str(alfa.client)),
        Look("task", "expert", f"{exports}/trajectories", str(alfa.trajectory)),
        Look("task", "physician", f"{exports}/clients", str(alfa.client)),
        Look(
            "ladder",
            "clinician",
            f"{exports}/trajectories?records=ladder-measurements",
            '"rung":4',
        ),
        Look("task", "expert", f"{STATUSES}/_batch", '"phase"', {"bsns": [BSN["alfa"]] * 2}),
        Look("question", "coach", DECISIONS, DECIDED, _may(alfa, "coach", "work_question")),
        Look("task", "expert", f"{DECISIONS}s", DECIDED, _may(alfa, "expert", "ladder")),
    ]


def _may(alfa: Situation, party: str, category: str) -> dict[str, Any]:
    """Whether this party may read anything of that."""
    return {
        "subject": {"type": "membership", "id": str(alfa.stage.parties[party].membership)},
        "action": {"name": "read_any"},
        "resource": {
            "type": "trajectory",
            "id": str(alfa.trajectory),
            "properties": {"category": category},
        },
    }


async def bulk_file(stage: Stage, party: str, kind: str) -> str:
    """Where this party fetches the resources of one type, decided when they are fetched."""
    headers = {"prefer": "respond-async"}
    begun = await stage.get(party, f"{FHIR}/Patient/$export?_type={kind}", **headers)
    told = await stage.seen(party, begun.headers["content-location"])
    address: str = told["output"][0]["url"]
    return address.removeprefix(str(stage.http.base_url))


async def opened(stage: Stage, alfa: Situation, last: dict[str, str]) -> dict[str, str]:
    """Open what is looked at, by two consents, a task and the lifting of a block."""
    coach = consent(alfa, "ggz", "coach", "work_question")
    care = {**consent(alfa, "company", "clinician", "ladder"), "purposes": ["treatment"]}
    given = [await stage.made("alfa", f"{alfa.of_client}/consents", body) for body in (coach, care)]
    if "block" in last:
        await stage.act("alfa", last["block"], "lifts")
        await alfa.responsible("uwv")
        await alfa.assign("expert", "physician")
    tasks = (await stage.seen("alfa", f"{alfa.of_trajectory}/responsibilities"))["items"]
    [task] = [item["id"] for item in tasks if item.get("validUntil") is None]
    return {
        "question": f"/v1/consents/{given[0]['id']}",
        "ladder": f"/v1/consents/{given[1]['id']}",
        "task": f"{alfa.of_trajectory}/responsibilities/{task}",
    }


@dataclass
class Client:
    """The client, who ends one thing after another over a real connection."""

    stage: Stage
    alfa: Situation
    addresses: list[str]

    async def end(self, what: str, where: dict[str, str]) -> float:
        """When the answer to it was there; one process is told of it after the other."""
        address = self.addresses[ACTS.index(what) % len(self.addresses)]
        sent = {"Authorization": f"Bearer {self.stage.token('alfa')}"}
        async with httpx.AsyncClient(base_url=address, timeout=30, headers=sent) as http:
            if what == "block":
                answer = await http.post(f"{self.alfa.of_client}/blocks", json=self.barred())
                where["block"] = f"{self.alfa.of_client}/blocks/{answer.json()['id']}"
            elif what == "task":
                tag = (await http.get(where[what])).headers["etag"]
                path = f"{where[what]}/stops"
                answer = await http.post(path, json={}, headers={"If-Match": tag})
            else:
                answer = await http.post(f"{where[what]}/withdrawals", json={})
        assert answer.status_code in {200, 201}, answer.text
        return time.monotonic()

    def barred(self) -> dict[str, Any]:
        member = str(self.stage.parties["psychologist"].membership)
        return {"membershipId": member, "categories": ["existence", "identity", "status"]}


async def until(
    readers: list[Reader], running: list[asyncio.Task[None]], done: Callable[[Reader], bool]
) -> None:
    """Wait until each reader is so far; what a reader stumbled over is raised here."""
    deadline = time.monotonic() + PATIENCE
    while waiting := [reader.look for reader in readers if not done(reader)]:
        for task in running:
            if task.done():
                task.result()
        assert time.monotonic() < deadline, f"never came about: {waiting}"
        await asyncio.sleep(0.01)


async def late_answers(readers: list[Reader], client: Client, where: dict[str, str]) -> list[Look]:
    """While all of them read, the client ends one act after another; who saw data too late."""
    for reader in readers:
        reader.answers.clear()
    running = [asyncio.create_task(reader.run()) for reader in readers]
    try:
        await until(readers, running, lambda reader: any(held for _, held in reader.answers))
        ended = {what: await client.end(what, where) for what in ACTS}
        await until(
            readers,
            running,
            lambda reader: len(reader.held_after(ended[reader.look.leans_on])) >= AFTERWARDS,
        )
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return [r.look for r in readers if any(r.held_after(ended[r.look.leans_on]))]


@pytest.fixture
def addresses(database: TestDatabase, tmp_path: Path) -> Iterator[list[str]]:
    """Two processes on the database of the stage."""
    with serving(database, tmp_path, 2) as both:
        yield both


async def test_what_starts_after_the_answer_to_a_withdrawal_holds_no_data_in_any_process(
    addresses: list[str], stage: Stage
) -> None:
    alfa, question = await with_question(stage)
    made = await stage.made("coach", f"{alfa.of_trajectory}/ladder-measurements", MEASURED)
    own, others = looks(alfa, question), await elsewhere(alfa, made["id"])
    readers = [
        Reader(look, addresses[number % 2], stage.token(look.party))
        for number, look in enumerate([*(own * 3)[:READERS], *others])
    ]
    every = {(look.party, look.path) for look in [*own, *others]}
    assert len(every) == len(own) + len(others)
    client = Client(stage, alfa, addresses)
    where = await opened(stage, alfa, {})
    assert await late_answers(readers, client, where) == []
    # The same hunt finds an application that remembers what it answered.
    for reader in readers:
        reader.headers = {REMEMBERED: "1"}
    where = await opened(stage, alfa, where)
    late = await late_answers(readers, client, where)
    assert {(look.party, look.path) for look in late} == every
