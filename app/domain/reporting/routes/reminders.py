"""Reminders over HTTP: what waits for you, and laying it aside."""

from app.access.acts import moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.reporting.actions import reminders as actions
from app.domain.reporting.actions.reminders import REMINDERS
from app.domain.reporting.rules.reminders import REMINDED
from app.domain.reporting.schemas.reminders import DoneIn, DropIn, ReminderOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

mine = Router(prefix="/reminders", tags=["tasks"])
reminders = Router(prefix="/trajectories/{trajectory_id}/reminders", tags=["tasks"])


@mine.get("", act=reads(Category.STATUS, by=REMINDED))
async def list_reminders(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ReminderOut]:
    """What waits for you or for your inbox, what is due first; a day gone by has no consequence."""
    return await actions.browse(session, cursor, page_size)


@reminders.get("/{reminder_id}", act=reads(Category.STATUS, by=REMINDED))
async def read_reminder(trajectory_id: Id, reminder_id: Id, session: Reading) -> ReminderOut:
    """One reminder of yours."""
    return await actions.read(session, trajectory_id, reminder_id)


@reminders.post(
    "/{reminder_id}/completions",
    act=moves(Category.STATUS, by=REMINDED),
    again=REMINDERS.again,
    match=True,
)
async def complete_reminder(
    trajectory_id: Id, reminder_id: Id, body: DoneIn, session: Writing
) -> ReminderOut:
    """Done by hand; whatever is recorded elsewhere closes it by itself."""
    return await actions.complete(session, trajectory_id, reminder_id, body)


@reminders.post(
    "/{reminder_id}/drops",
    act=moves(Category.STATUS, by=REMINDED),
    again=REMINDERS.again,
    match=True,
)
async def drop_reminder(
    trajectory_id: Id, reminder_id: Id, body: DropIn, session: Writing
) -> ReminderOut:
    """It need not be done, with the reason; it does not come back."""
    return await actions.drop(session, trajectory_id, reminder_id, body)
