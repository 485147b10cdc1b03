"""The feed, and the dead letters: decided for each event when it is read, like a delivery."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.session import Session
from app.domain.event.actions import subscribing
from app.domain.event.actions.telling import entry, told
from app.domain.event.queries import subscriptions, waiting
from app.domain.event.queries.deciding import tellable
from app.domain.event.rules.acts import is_own, require_machine
from app.domain.event.rules.catalogue import kinds
from app.domain.event.rules.trying import KEPT, SubscriptionState
from app.domain.event.schemas import DeadLetterOut, EventFeedOut, RedeliveryIn, SubscriptionOut
from app.platform.clock import day_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import BadRequest, Conflict, Fault, NotFound

LOOKED_AT = 200
Find = Callable[[Session, UUID, int, int], Awaitable[Sequence[Row[Any]]]]
Told = tuple[Row[Any], Row[Any]]
"""What waits, and the record that it is about as this viewer may see it."""


async def feed(
    session: Session, subscription_id: UUID, cursor: str | None, size: int
) -> EventFeedOut:
    """What happened since the cursor, in order. 400 for a cursor older than what is kept.

    The cursor names the last event that was shown, so it stands still while nothing is.
    """
    await _own(session, subscription_id)
    bound = fingerprint(list="events", subscription=subscription_id)
    cursors, today = session.services.cursors, day_of(session.viewer.moment)
    place, day = 0, today
    if cursor is not None:
        place, day = _read(cursors.open(session.caller, bound, cursor))
        if day < today - KEPT + timedelta(days=1):
            detail = "What came after this cursor is no longer kept; read the records anew."
            raise BadRequest(errors=[Fault("query", "#/cursor", "cursor_expired", detail)])
    found = await _visible(session, waiting.after, subscription_id, place, size + 1)
    shown = found[:size]
    for delivery, record in shown:
        session.seen(entry(delivery, record))
    place = shown[-1][0].place if shown else place
    return EventFeedOut(
        items=[told(session, delivery, record) for delivery, record in shown],
        next_cursor=cursors.seal(session.caller, bound, (place, today)),
        has_more=len(found) > size,
    )


def _read(position: Sequence[Any]) -> tuple[int, date]:
    """A place among what waits, and the day on which it was given."""
    place, day = position
    return place, day


async def dead_letters(
    session: Session, subscription_id: UUID, cursor: str | None, size: int
) -> Page[DeadLetterOut]:
    """What did not arrive, as far as this client system may still be told of it."""
    await _own(session, subscription_id)
    bound = fingerprint(list="dead letters", subscription=subscription_id)
    place = 0
    if cursor is not None:
        place, _ = _read(session.services.cursors.open(session.caller, bound, cursor))
    found = await _visible(session, waiting.dead, subscription_id, place, size + 1)
    page = Page[DeadLetterOut](items=[_letter(session, *one) for one in found[:size]])
    if len(found) > size:
        last = (found[size - 1][0].place, day_of(session.viewer.moment))
        page.next_cursor = session.services.cursors.seal(session.caller, bound, last)
    return page


def _letter(session: Session, delivery: Row[Any], record: Row[Any]) -> DeadLetterOut:
    session.seen(entry(delivery, record))
    names = ("id", "attempts", "first_tried_at", "last_tried_at", "last_status", "last_fault")
    values = {name: getattr(delivery, name) for name in names}
    known = {name: value for name, value in values.items() if value is not None}
    return DeadLetterOut(event=told(session, delivery, record), **known)


async def send_again(
    session: Session, subscription_id: UUID, body: RedeliveryIn
) -> SubscriptionOut:
    """One dead letter or all, from the first attempt on; NotFound for one that is not shown.

    Whether each may still be told is decided when it is sent.
    """
    row = await _own(session, subscription_id)
    if row.state == SubscriptionState.ENDED.value:
        raise Conflict("This subscription is over.")
    if body.dead_letter_id is not None:
        delivery = await waiting.one_dead(session, subscription_id, body.dead_letter_id)
        if delivery is None or not await _decided(session, [delivery]):
            raise NotFound
    await waiting.send_again(session, subscription_id, body.dead_letter_id)
    return await subscribing.read(session, subscription_id)


async def _own(session: Session, subscription_id: UUID) -> Row[Any]:
    """Of this client system with this hat; NotFound for another's, its administrator's too."""
    require_machine(session.viewer)
    row = await subscriptions.one(session, subscription_id)
    if row is None or not is_own(session.viewer, row):
        raise NotFound
    return row


async def _visible(
    session: Session, find: Find, subscription_id: UUID, place: int, wanted: int
) -> list[Told]:
    """The first so many after a place that this viewer may be told of now."""
    found: list[Told] = []
    while len(found) < wanted:
        rows = await find(session, subscription_id, place, LOOKED_AT)
        found += await _decided(session, rows)
        if len(rows) < LOOKED_AT:
            break
        place = rows[-1].place
    return found[:wanted]


async def _decided(session: Session, rows: Sequence[Row[Any]]) -> list[Told]:
    """Those that may be told, each with its record."""
    known = [
        (row, (kind.table, row.subject_id))
        for row in rows
        if (kind := kinds().get(row.verb)) is not None
    ]
    found = await tellable(session, [record for _, record in known])
    return [(row, found[record]) for row, record in known if record in found]
