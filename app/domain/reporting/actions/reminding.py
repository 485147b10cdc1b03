"""The job that keeps reminders in line with the facts, client by client."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import caseload, due, grants
from app.access.vocabulary import Role
from app.domain.reporting.queries import reminding as queries
from app.domain.reporting.rules.reminders import DropReason, Outcome, Want, wants
from app.domain.reporting.tables import Reminder
from app.platform.clock import day_of
from app.platform.db import Engine

NOBODY = UUID(int=0)
"""The author of what no person wrote; no hat has this id, so nobody keeps it as his own."""
BY_THE_JOB = "job"
log = logging.getLogger("trede")
_ADD = insert(Reminder)
_CLOSE = (
    update(Reminder)
    .where(Reminder.id == bindparam("reminder"), Reminder.closed_on.is_(None))
    .values(closed_on=bindparam("on_day"), outcome=bindparam("how"), reason=bindparam("why"))
)


async def today_of(worker: Engine) -> date:
    """The day by the clock that everything else goes by."""
    async with worker.begin() as db:
        return day_of((await db.execute(queries.NOW)).scalar_one())


async def look_at_everyone(worker: Engine) -> None:
    """Once a day: a day more may make something due."""
    async with worker.begin() as db:
        await due.note_everyone(db)


async def remind(writer: Engine) -> int:
    """Look at every client of whom something was written, each in a transaction of its own.

    A turn and its place in the queue are one transaction: what breaks off is still waiting.
    """
    done, failed = 0, list[UUID]()
    while True:
        client_id: UUID | None = None
        try:
            async with writer.begin() as db:
                client_id = await due.claim(db, failed)
                if client_id is None:
                    return done
                await bring_in_line(db, client_id)
            done += 1
        except Exception as error:
            if client_id is None:
                raise
            log.warning("a client waits for reminders: %s", type(error).__name__)
            failed.append(client_id)  # it keeps its place; the others go on


async def bring_in_line(db: AsyncConnection, client_id: UUID) -> int:
    """Add what became due and close what was done; how many changes. Safe to repeat."""
    await grants.lock(db, client_id)
    async with grants.as_compiler(db, client_id):
        known = await queries.known(db, client_id)
        added, closed = list[dict[str, Any]](), list[dict[str, Any]]()
        for trajectory_id, facts in known.facts.items():
            wanted = wants(facts, known.today)
            if wanted is not None:
                there = [row for row in known.reminders if row.trajectory_id == trajectory_id]
                added += [_row(client_id, trajectory_id, want) for want in _missing(wanted, there)]
                closed += _closings(wanted, there, known.today)
        if added:
            await db.execute(_ADD, added)
        if closed:
            await db.execute(_CLOSE, closed)
    if added or closed:
        await caseload.renew(db, client_id)
    return len(added) + len(closed)


def _key(row: Row[Any]) -> tuple[str, date, UUID, UUID | None]:
    return row.kind, row.due_on, row.for_id, row.about_id


def _missing(wanted: Sequence[Want], there: Sequence[Row[Any]]) -> list[Want]:
    """What was closed, by whatever way, does not come back."""
    known = set(map(_key, there))
    return [want for want in wanted if not want.done and want.key not in known]


def _closings(
    wanted: Sequence[Want], there: Sequence[Row[Any]], today: date
) -> list[dict[str, Any]]:
    done = {want.key: want.done for want in wanted}
    found = []
    for row in there:
        if row.closed_on is None and done.get(_key(row), True):
            by_act = _key(row) in done
            how = Outcome.DONE_BY_ACT if by_act else Outcome.DROPPED
            why = None if by_act else DropReason.NO_LONGER_DUE.value
            found.append({"reminder": row.id, "on_day": today, "how": how.value, "why": why})
    return found


def _row(client_id: UUID, trajectory_id: UUID, want: Want) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "client_id": client_id,
        "trajectory_id": trajectory_id,
        "controller_organisation_id": want.reader.organisation_id,
        "author_id": NOBODY,
        "author_role": BY_THE_JOB,
        "kind": want.kind.value,
        "about_id": want.about_id,
        "due_on": want.due_on,
        "for_id": want.reader.id,
        "audience": sorted({want.reader.role.value, Role.CLIENT.value}),
    }
