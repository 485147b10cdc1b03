"""Which body is responsible; stopping there is an act of the client alone."""

from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, bindparam, or_, update

from app.access import grants
from app.access.collection import Parent, Records, one_moved
from app.access.facts import Participant, Responsibility
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.domain.trajectory import queries
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.queries.participants import MEMBERS_OF
from app.domain.trajectory.queries.participants import RESPONSIBILITIES as _SHOWN
from app.domain.trajectory.rules.kinds import variant_of
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.schemas.participants import ResponsibilityOut, StopIn
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import Conflict, Fault, NotAllowed

_UNTIL = bindparam("until", type_=DateTime(timezone=True))
_STOP = (
    update(Responsibility)
    .where(Responsibility.id == bindparam("responsibility"))
    .values(valid_until=_UNTIL)
)
_LEAVE = (
    update(Participant)
    .where(
        Participant.trajectory_id == bindparam("trajectory"),
        or_(Participant.valid_until.is_(None), Participant.valid_until > _UNTIL),
        Participant.membership_id.in_(MEMBERS_OF),
    )
    .values(valid_until=_UNTIL, keeps_own_records=True)
)


def _present(_: Session, row: Row[Any]) -> dict[str, Any]:
    return {"variant": variant_of(row.organisation_kind)}


RESPONSIBILITIES = Records(Responsibility, ResponsibilityOut, statement=_SHOWN, present=_present)


async def stop(
    session: Session, trajectory_id: UUID, responsibility_id: UUID, _: StopIn
) -> ResponsibilityOut:
    """From now on this body sees only what it recorded itself; nothing else is touched."""
    parent = await queries.parent(session, trajectory_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed
    await grants.lock(session.db, parent.client_id)
    row = await RESPONSIBILITIES.found(session, parent.id, responsibility_id)
    RESPONSIBILITIES.require_match(session, row)
    until = session.viewer.moment
    if row.valid_until is not None and row.valid_until <= until:
        detail = "This body is no longer responsible."
        raise Conflict(detail, errors=[Fault("body", "#", "already_ended", detail)])
    await _leave(session, parent, row)
    await reached(session, parent, Milestone.STOPPED_AT_AUTHORITY, on=day_of(until))
    await session.recompile(parent.client_id)
    await outbox.announce(session.db, "responsibility.stopped", row.id)
    return await RESPONSIBILITIES.read(session, parent.id, row.id)


async def _leave(session: Session, parent: Parent, row: Row[Any]) -> None:
    until = session.viewer.moment
    one_moved(await session.execute(_STOP, {"responsibility": row.id, "until": until}))
    values = {"trajectory": parent.id, "organisation": row.organisation_id, "until": until}
    await session.execute(_LEAVE, values)
    session.seen(
        Entry(
            client_id=parent.client_id,
            trajectory_id=parent.trajectory_id,
            resource="responsibility",
            record_id=row.id,
            verb=Verb.UPDATE,
            shown=Category.STATUS.bit,
        )
    )
