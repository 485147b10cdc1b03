"""A machine that acts over HTTP by chance and, after each step, asks everything as everybody.

Every answer is compared with the oracle, at a clock that stands still between the steps. Each run
with the same seed takes the same steps.
"""

import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg

from app import tables
from app.access import switching
from app.access.vocabulary import Role
from app.domain.event.actions.fanning import fan_out
from app.platform.db import engine
from tests.build.contract import operations
from tests.build.stage import Party, Stage
from tests.domain.trajectory.courses import Course, started
from tests.oracle import elsewhere
from tests.oracle.deciding import Decisions, Oracle
from tests.oracle.facts import OWN_AFFAIRS, stated
from tests.oracle.machine_acts import ACTS
from tests.oracle.telling import Telling, Who
from tests.security.test_every_operation import table_of

TICK = timedelta(microseconds=1)
BEGIN = datetime.fromisoformat("2026-11-30T10:00:00+00:00")
PLACES = {table.__tablename__ for table in tables.client_records()}
UNHEARD = {403, 404}
MORE = (
    ("ggz_desk", Role.PRIVACY_DESK, "ggz"),
    ("ips", Role.IPS_COACH, "ggz"),
    ("company_admin", Role.ORGANISATION_ADMIN, "company"),
    ("uwv_admin", Role.ORGANISATION_ADMIN, "uwv"),
    ("company_supervisor", Role.SUPERVISOR, "company"),
)
"""Beside the parties of H1."""
DELAYS = (*[TICK] * 4, *[timedelta(minutes=5)] * 4, *[timedelta(hours=9)] * 2, timedelta(days=20))


def lists() -> dict[str, str]:
    """The lists under a client or a trajectory of which each item is a record; by their path."""
    found: dict[str, str] = {}
    paths = {op.path for op in operations() if op.method == "GET"}
    for path in sorted(paths):
        under = path.startswith(("/clients/{client_id}/", "/trajectories/{trajectory_id}/"))
        table = table_of(path.rsplit("/", 1)[1])
        if under and path.count("/") == 3 and table in PLACES:
            found[path] = table
    return found


LISTS = lists()
OWN = {
    op.path: op.roles for op in operations() if str(op) in {"GET /trajectories", "GET /caseload"}
}
"""Lists over all that somebody works on, and for whom they are."""
PATHS = ["/clients/{client_id}", "/trajectories/{trajectory_id}", *LISTS, *OWN]


@dataclass(frozen=True)
class Eyes:
    """A viewer for one purpose, and what the oracle lets it see."""

    key: str
    purpose: str
    allowed: set[tuple[str, UUID]]


@dataclass
class Counted:
    """What was done, what was asked, and what was found wrong."""

    steps: int = 0
    checks: int = 0
    shown: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    """What subscribers were told, and what was withheld from them."""
    elsewhere: Counter[str] = field(default_factory=Counter)
    """How many records each other channel showed."""


class Machine:
    """One client, a trajectory underway, and parties that come and go."""

    def __init__(self, stage: Stage, seed: int, acts: Iterable[str] = ACTS) -> None:
        self.stage = stage
        self.seed = seed
        self.random = random.Random(seed)
        self.eyes = random.Random(f"looks {seed}")  # a list more changes no act
        self.counted = Counted()
        self.acts = list(acts)
        self.deck: list[str] = []
        self.now = BEGIN
        self.left: set[str] = set()
        self.course: Course
        self.telling: Telling | None = None

    # --- the world ---------------------------------------------------------------------------

    async def begin(self) -> None:
        """A trajectory with a coach, and records as the examples of the contract make them."""
        stage = self.stage
        for key, role, organisation in MORE:
            stage.member(key, role, organisation, key)
        self.course = await started(stage)
        await self.course.with_coach()
        with stage.database.connect_as_superuser() as db:
            db.execute(
                "UPDATE consent SET kind = 'secrecy_waiver', given_by = 'client',"
                " given_how = 'portal', text_version = '2025-01'"
            )
        self.at(BEGIN)
        for op in operations():
            if op.verb == "create" and isinstance(op.body, dict):
                await self._example(op)
        self.at(BEGIN + timedelta(hours=1))

    async def _example(self, op: Any) -> None:
        ids = {"client_id": self.course.client, "trajectory_id": self.course.trajectory}
        if not ids.keys() >= {name for _, name in op.parameters} or not op.parameters:
            return
        whose = {
            "membershipId": self.stage.parties["coach"].membership,
            "organisationId": self.stage.organisations["company"],
            "senderOrganisationId": self.stage.organisations["ggz"],
            "trajectoryId": self.course.trajectory,
        }
        body = op.body | {name: str(whose[name]) for name in whose if name in op.body}
        for key in ("clinician", "coach", "expert", "physician", "psychologist", "ips", "alfa"):
            role = self.stage.parties[key].role
            if role in op.roles:
                answer = await self.stage.post(key, op.at(ids), body)
                assert answer.status_code < 500, answer.text

    def at(self, moment: datetime) -> None:
        """Everything from now on happens at this very moment."""
        self.now = moment
        with self.stage.database.connect_as_superuser() as db:
            db.execute(
                "CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql AS"
                f" $$ SELECT '{moment.isoformat()}'::timestamptz $$"
            )

    def someone(self, *roles: Role) -> str:
        """A party by chance, of one of these roles when they are given."""
        found = [key for key, p in self.stage.parties.items() if not roles or p.role in roles]
        return self.random.choice([key for key in found if key not in self.left] or found)

    def ids(self, statement: str, *values: Any) -> list[Any]:
        with self.stage.database.connect_as_superuser() as db:
            return [row[0] for row in db.execute(statement, values).fetchall()]

    # --- acting ------------------------------------------------------------------------------

    async def step(self, looks: int) -> None:
        """Time goes on, somebody does something, and everybody looks."""
        self.at(self.now + self.random.choice(DELAYS))
        if not self.deck:
            self.deck = self.random.sample(self.acts, len(self.acts))
        name = self.deck.pop()
        answer = await ACTS[name](self)
        self.note(name, answer)
        await switching.catch_up(self.stage.app.state.services.engines.writer)
        self.counted.steps += 1
        await self.everybody_looks(looks)

    async def tell(self, viewers: list[Eyes]) -> None:
        """Every hat is told of what happened, as far as it may know of it now."""
        assert self.telling is not None
        allowed: dict[Who, set[tuple[str, str]]] = {}
        for eyes in viewers:
            party = self.stage.parties[eyes.key]
            if party.membership is not None and party.inbox is not None:
                allowed[party.membership, eyes.purpose] = _as_text(eyes.allowed)
                if eyes.key not in self.left:
                    await self.telling.subscribe(eyes.key, party, eyes.purpose)
        await self.telling.after(allowed)
        wrong, self.telling.wrong = self.telling.wrong, []
        where = f"seed {self.seed}, step {self.counted.steps}"
        self.counted.wrong += [f"{where}, {line}" for line in wrong]
        self.counted.checks += self.telling.counted.pop("judged", 0)
        self.counted.told.update(self.telling.counted)
        self.telling.counted.clear()

    def note(self, name: str, answer: httpx.Response | None) -> None:
        if answer is None:
            self.counted.acts[f"{name}: nothing to do"] += 1
            return
        self.counted.acts[name if answer.is_success else f"{name}: {answer.status_code}"] += 1
        if answer.status_code >= 500:
            self.counted.wrong.append(f"seed {self.seed}: {name}: {answer.text}")

    # --- looking -----------------------------------------------------------------------------

    def hats(self) -> list[tuple[str, Party, str]]:
        """Everybody, for each purpose that the role may state."""
        found = []
        for key, party in self.stage.parties.items():
            assert party.role is not None
            asked = (OWN_AFFAIRS,) if party.inbox is None else stated(party.role)
            found += [(key, party, purpose) for purpose in asked]
        return found

    def decided(self) -> tuple[Decisions, list[Eyes]]:
        """What the oracle says at this moment; and who looks, for which purpose."""
        hats = self.hats()
        with self.stage.database.connect_as_superuser() as db:
            inside = in_office(db, self.now)
            asking = {(hat.membership, purpose) for _, hat, purpose in hats if hat.membership}
            found = Oracle(db, self.course.client).at(self.now, asking)
        eyes = []
        for key, hat, purpose in hats:
            if hat.membership is not None:
                here = str(hat.membership) in inside
                eyes.append(
                    Eyes(key, purpose, found.seen_by(hat.membership, purpose) if here else set())
                )
        return found, eyes

    async def everybody_looks(self, looks: int) -> None:
        """Each viewer at so many of the lists, the client and the trajectory."""
        decided, viewers = self.decided()
        for found in decided.allowed.values():
            self.counted.grounds.update({ground for ground, _ in found})
        for reasons in decided.refused.values():
            self.counted.reasons.update(reasons)
        for eyes in viewers:
            for path in self.eyes.sample(PATHS, min(looks, len(PATHS))):
                await self._looks(eyes, path, decided)
        if self.telling is not None:
            await self.tell(viewers)
        for channel in elsewhere.CHANNELS:
            await self._elsewhere(self.eyes.choice(_knowing(viewers)), channel)

    async def _elsewhere(self, eyes: Eyes, channel: str) -> None:
        """Somebody looks by another way than the API itself."""
        looker = elsewhere.Looker(
            self.stage, eyes.key, self.token(eyes), _as_text(eyes.allowed),
            self.course.client, self.course.trajectory,
        )  # fmt: skip
        name = self.eyes.choice(elsewhere.MAPPED)
        answer = await elsewhere.shown(looker, channel, name)
        if answer is None:
            return
        found, wanted = answer
        self.counted.elsewhere[channel] += len(found)
        self.counted.elsewhere[f"nothing by {channel}"] += not found
        what = f"{eyes.key} for {eyes.purpose}: {channel} {name if channel == 'search' else ''}"
        self._compare(what, found, wanted, 200)

    async def _looks(self, eyes: Eyes, path: str, decided: Decisions) -> None:
        client, trajectory = self.course.client, self.course.trajectory
        where = path.format(client_id=client, trajectory_id=trajectory)
        root = ("client", client) if path.startswith("/clients") else ("trajectory", trajectory)
        answer = await self.ask(
            eyes, f"/v1{where}?pageSize=100" if path in LISTS or path in OWN else f"/v1{where}"
        )
        wanted: set[str] = set()
        if path in OWN:
            told = self.stage.parties[eyes.key].role in OWN[path]
            wanted = {str(key) for place, key in eyes.allowed if told and place == "trajectory"}
        elif root in eyes.allowed and path in LISTS:
            wanted = {
                str(record)
                for place, record in eyes.allowed
                if place == LISTS[path]
                and (root[0] == "client" or decided.trajectory_of(place, record) == trajectory)
            }
        elif root in eyes.allowed:
            wanted = {str(root[1])}
        found: set[str] = set()
        if answer.is_success:
            items = answer.json().get("items", [answer.json()])
            found = {item["id"] for item in items}
        self.counted.shown += len(found)
        what = f"{eyes.key} for {eyes.purpose}: {path}"
        self._compare(what, found, wanted, answer.status_code)

    def token(self, eyes: Eyes) -> str:
        return self.stage.token(eyes.key, None if eyes.purpose == OWN_AFFAIRS else eyes.purpose)

    async def ask(self, eyes: Eyes, path: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token(eyes)}"}
        return await self.stage.http.get(path, headers=headers)

    def _compare(self, what: str, found: set[Any], wanted: set[Any], status: int) -> None:
        self.counted.checks += 1
        if status not in {200, *UNHEARD} or found != wanted:
            self.counted.wrong.append(
                f"seed {self.seed}, step {self.counted.steps}, {what}: {status},"
                f" too many {sorted(found - wanted)}, lacks {sorted(wanted - found)}"
            )


def _as_text(allowed: set[tuple[str, UUID]]) -> set[tuple[str, str]]:
    return {(place, str(record)) for place, record in allowed}


def _knowing(viewers: list[Eyes]) -> list[Eyes]:
    """Mostly those who may see something; of the others as many as there are roles with nothing."""
    knowing = [eyes for eyes in viewers if eyes.allowed]
    return [*knowing * 3, *viewers]


def in_office(db: psycopg.Connection, moment: datetime) -> set[str]:
    """The hats that the session lets in."""
    rows = db.execute(
        "SELECT id FROM (SELECT id, valid_from, valid_until FROM membership UNION ALL"
        " SELECT id, valid_from, valid_until FROM account_link) h"
        " WHERE valid_from <= %(now)s AND (valid_until IS NULL OR %(now)s < valid_until)",
        {"now": moment},
    ).fetchall()
    return {str(row[0]) for row in rows}


async def run(
    stage: Stage,
    seed: int,
    *,
    steps: int,
    looks: int = 1,
    until: float | None = None,
    until_wrong: bool = False,
    acts: Iterable[str] = ACTS,
) -> Counted:
    """So many steps, or fewer where the time is over; after each, so many looks of everybody."""
    machine = Machine(stage, seed, acts)
    await machine.begin()
    worker = engine(stage.database.worker, pool_size=6)
    machine.telling = Telling(stage, worker, seed)
    await fan_out(stage.app.state.services, worker)  # what happened before anybody subscribed
    try:
        for _ in range(steps):
            over = until is not None and time.monotonic() > until
            if over or (until_wrong and machine.counted.wrong):
                break
            await machine.step(looks)
    finally:
        await machine.telling.courier.close()
        await worker.dispose()
    return machine.counted
