"""One's own reminders: looking at them, and laying them aside."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.collection import Records, one_moved
from app.access.pages import cut
from app.access.session import Session
from app.access.versions import moved
from app.domain.reporting.queries import reminders as queries
from app.domain.reporting.rules.reminders import Outcome
from app.domain.reporting.schemas.reminders import DoneIn, DropIn, ReminderOut
from app.domain.reporting.tables import Reminder
from app.domain.trajectory import queries as trajectories
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import Conflict, NotFound

REMINDERS = Records(Reminder, ReminderOut, statement=queries.REMINDERS)


async def browse(session: Session, cursor: str | None, size: int) -> Page[ReminderOut]:
    """All that waits for this viewer, what is due first; one statement."""
    found = await cut(
        session,
        lambda after, most: queries.page(session, after, most),
        filters=fingerprint(list="reminders"),
        cursor=cursor,
        size=size,
        start=queries.FIRST,
        position=lambda row: (row.due_on, row.id),
    )
    return found.page([REMINDERS.out(session, row, listed=True) for row in found.rows])


async def read(session: Session, trajectory_id: UUID, reminder_id: UUID) -> ReminderOut:
    row = await REMINDERS.found(session, trajectory_id, reminder_id)
    _require_own(session, row)
    return REMINDERS.out(session, row)


async def complete(
    session: Session, trajectory_id: UUID, reminder_id: UUID, _: DoneIn
) -> ReminderOut:
    """Done by hand; what was done says the record of it, if there is one."""
    return await _close(session, trajectory_id, reminder_id, Outcome.DONE_BY_HAND, None)


async def drop(
    session: Session, trajectory_id: UUID, reminder_id: UUID, body: DropIn
) -> ReminderOut:
    """It need not be done; it does not come back."""
    return await _close(session, trajectory_id, reminder_id, Outcome.DROPPED, body.reason.value)


async def _close(
    session: Session, trajectory_id: UUID, reminder_id: UUID, outcome: Outcome, reason: str | None
) -> ReminderOut:
    parent = await trajectories.parent(session, trajectory_id)
    await grants.share(session.db, parent.client_id)
    row = await REMINDERS.locked(session, trajectory_id, reminder_id)
    _require_own(session, row)
    REMINDERS.require_match(session, row)
    if row.closed_on is not None:
        raise Conflict("This reminder came to rest before.")
    values = {
        "closed_on": day_of(session.viewer.moment),
        "outcome": outcome.value,
        "reason": reason,
        "closed_by": session.viewer.grantee_id,
    }
    statement = update(Reminder).where(Reminder.id == row.id).values(**values)
    one_moved(await session.execute(statement))
    session.touched.add(row.client_id)
    session.seen(moved(REMINDERS, row))
    await outbox.announce(session.db, "reminder.closed", row.id)
    return await REMINDERS.written(session, trajectory_id, row.id)


def _require_own(session: Session, row: Row[Any]) -> None:
    """Another one's is as if it were not there, even within one organisation."""
    if row.for_id not in session.viewer.grantees:
        raise NotFound
