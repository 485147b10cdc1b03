"""A check for generated requests: every record in an answer is one that this viewer may see."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app import tables
from app.access.vocabulary import STATED_PURPOSES
from tests.build.stage import Stage
from tests.oracle.deciding import Decisions, Oracle
from tests.oracle.facts import OWN_AFFAIRS
from tests.security.test_every_operation import table_of

PLACES = {table.__tablename__ for table in tables.client_records()}


@dataclass
class Judge:
    """Asks the oracle about what was answered; the facts are read again after each write."""

    stage: Stage
    checks: int = 0
    known: dict[tuple[UUID, str, str], Decisions] = field(default_factory=dict)
    owners: dict[tuple[str, str], UUID | None] = field(default_factory=dict)

    def written(self) -> None:
        self.known.clear()

    def unseen(self, party: str, path: str, answer: str) -> list[str]:
        """What was shown to this party and should not have been; in words."""
        place = self._place(path)
        if place is None:
            return []
        wrong = []
        for record in shown_in(answer):
            client = self._client_of(place, record)
            if client is None:
                continue
            self.checks += 1
            key = (place, record)
            if key not in self._seen(client, party):
                wrong.append(f"{party} is shown {place} {record} at {path}")
        return wrong

    def _place(self, path: str) -> str | None:
        """The table of the last list that the path names."""
        names = [part for part in path.strip("/").split("/") if not part.startswith("{")]
        place = table_of(names[-1])
        return place if place in PLACES else None

    def _client_of(self, place: str, record: str) -> UUID | None:
        if (place, record) not in self.owners:
            with self.stage.database.connect_as_superuser() as db:
                row = db.execute(
                    f"SELECT client_id FROM {place} WHERE id = %s", [record]
                ).fetchone()
            self.owners[place, record] = None if row is None else row[0]
        return self.owners[place, record]

    def _seen(self, client: UUID, party: str) -> set[tuple[str, str]]:
        who = self.stage.parties[party]
        assert who.role is not None
        assert who.membership is not None
        stated = STATED_PURPOSES[who.role]
        purpose = stated[0].value if stated else OWN_AFFAIRS
        key = (client, party, purpose)
        if key not in self.known:
            with self.stage.database.connect_as_superuser() as db:
                now: Any = db.execute("SELECT moment()").fetchone()
                moment: datetime = now[0]
                asking = [(who.membership, purpose)]
                self.known[key] = Oracle(db, client).at(moment, asking)
        hat = str(who.membership)
        return {(place, record) for h, _, place, record in self.known[key].allowed if h == hat}


def shown_in(answer: str) -> Iterator[str]:
    """The ids of the records of an answer: of a page, of the one that was asked for, of lines."""
    for body in _documents(answer):
        if isinstance(body, dict):
            one = body["value"] if isinstance(body.get("value"), dict) else body
            for item in body.get("items", [one]):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield item["id"]


def _documents(answer: str) -> list[Any]:
    """One document, or one per line; a table holds none."""
    try:
        return [json.loads(answer)]
    except ValueError:
        return [json.loads(line) for line in answer.splitlines() if line.startswith("{")]
