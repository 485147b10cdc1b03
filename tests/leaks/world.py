"""The world that both copies start from: clients with a record of every kind, made over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from app import tables
from app.access.vocabulary import Role
from tests.bench.data import bsn_of
from tests.build.contract import Called, operations
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.consent.asking import consent
from tests.leaks import kept

DAY = "2026-01-05"
NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
"""After the days that the examples of the contract name."""
WRITERS = ("psychologist", "clinician", "alfa", "coach", "expert", "physician")
TEAMS = {
    "alfa": (("psychologist",), ("physician", "expert", "coach")),
    "echo": (("colleague",), ("expert", "coach_colleague")),
}
"""Who treats and who takes part, beside the clinician or the colleague who registered them."""
NUMBERS = {"alfa": bsn_of(1), "echo": bsn_of(2)}
DESKS = {"ggz": "desk", "other_ggz": "other_desk", "uwv": "uwv_desk", "company": "company_desk"}
"""Who answers what a client asks of each organisation that may have something on record."""


@dataclass
class World:
    """The stage of the first database, and what was put there."""

    stage: Stage
    clients: dict[str, Situation] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    """The operations that made a record."""

    async def put(self) -> None:
        self.stage.on(DAY)
        for organisation, desk in DESKS.items():
            self.stage.member(desk, Role.PRIVACY_DESK, organisation, "Privacyloket-A1")
        for key, (team, seats) in TEAMS.items():
            by = "clinician" if key == "alfa" else "colleague"
            client = await self.stage.client(key, by=by, bsn=NUMBERS[key])
            situation = Situation(self.stage, client)
            self.clients[key] = situation
            await situation.begin()
            await situation.responsible("uwv")
            await situation.treat(*team)
            await situation.assign(*seats)
            for _ in range(2 if key == "alfa" else 1):
                await self._records(situation, (*WRITERS, by, key))
            await kept.place(situation, *seats)
        await self._consents(self.clients["alfa"])
        self.stage.member("other_admin", Role.ORGANISATION_ADMIN, "other_ggz", "Beheerder-E1")
        await kept.know(self.stage, *kept.OWN)
        await kept.team_up(self.stage, "ggz_admin", "Zuid", "clinician", "psychologist")

    async def _records(self, of: Situation, writers: tuple[str, ...]) -> None:
        """What the contract gives an example of, by the first who may write it."""
        ids = {"client_id": of.client, "trajectory_id": of.trajectory}
        for op in creations():
            fit = [key for key in dict.fromkeys(writers) if self._role(key) in op.roles]
            for party in fit:
                answer = await self.stage.post(party, op.at(ids), op.body)
                if answer.status_code == 201:
                    self.made.append(str(op))
                if answer.status_code in {201, 400}:
                    break

    def _role(self, key: str) -> str | None:
        return self.stage.parties[key].role

    async def _consents(self, alfa: Situation) -> None:
        given = (
            consent(alfa, "ggz", "coach", "work_advice", "work_question"),
            {**consent(alfa, "company", "clinician", "ladder"), "purposes": ["treatment"]},
        )
        for body in given:
            await self.stage.made("alfa", f"{alfa.of_client}/consents", body)


def creations() -> Iterator[Called]:
    """Those that add something under a client or a trajectory by an example that stands alone."""
    for op in operations():
        single = op.path.count("/") == 3 and op.path.startswith(("/clients/{", "/trajectories/{"))
        if op.method == "POST" and op.verb == "create" and single and "incapacit" not in op.path:
            yield op


def all_records(db: psycopg.Connection) -> dict[str, list[tuple[UUID, UUID]]]:
    """Of every table its records with their clients."""
    found = {}
    for table in tables.client_records():
        name = table.__tablename__
        rows: Any = db.execute(f'SELECT id, client_id FROM "{name}" ORDER BY id').fetchall()
        found[name] = rows
    return found


def later(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)
