"""Noticing, reporting and following up; nothing of it happens by itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records, one_moved
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Category, Role
from app.access.writing import check_may_create, record
from app.domain.concern import queries
from app.domain.concern.rules import PARTIES, cannot_report
from app.domain.concern.schemas import (
    ConcernIn,
    ConcernOut,
    ConcernReportIn,
    FollowUpIn,
    ReportedToOut,
)
from app.domain.concern.tables import Concern
from app.domain.trajectory import queries as trajectories
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    recipient = row.recipient_id and ReportedToOut(
        membership_id=row.recipient_id,
        role=row.recipient_role,
        name=row.recipient_name,
        organisation_name=row.recipient_organisation,
    )
    return {"reported_to": recipient, "done": row.follow_up}


CONCERNS = Records(Concern, ConcernOut, statement=queries.CONCERNS, present=_present)


async def where(session: Session, trajectory_id: UUID) -> Parent:
    """The trajectory; NotFound, as for any unknown path, where its practice keeps no signals."""
    parent = await trajectories.parent(session, trajectory_id)
    if not (await trajectories.practice(session, trajectory_id)).concerns:
        raise NotFound
    return parent


async def notice(session: Session, trajectory_id: UUID, body: ConcernIn) -> ConcernOut:
    """Write down what was seen; the client reads it, and so far nobody else does."""
    parent = await where(session, trajectory_id)
    if session.viewer.role not in PARTIES:
        raise NotAllowed
    await check_may_create(session, parent.client_id, trajectory_id, Category.FEEDBACK)
    require_past(session, noticed_on=body.noticed_on)
    made = await record(
        session,
        Concern,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=body.model_dump(),
    )
    await outbox.announce(session.db, "concern.noticed", made)
    return await CONCERNS.read(session, trajectory_id, made)


async def report(
    session: Session, trajectory_id: UUID, concern_id: UUID, body: ConcernReportIn
) -> ConcernOut:
    """Choose the one recipient, once; that person reads it as far as a consent covers it.

    Who treats or takes part plays no role in the answer: it tells the author nothing about that.
    """
    row = await _held(session, trajectory_id, concern_id)
    if row.author_id not in session.viewer.grantees:
        raise NotAllowed("Who wrote a signal down reports it.")
    CONCERNS.require_match(session, row)
    _refuse("to", cannot_report(row.recipient_id, to_oneself=body.to == row.author_id))
    member = await trajectories.member(session, body.to)
    if member is None or Role(member.role) not in PARTIES:
        detail = "There is nobody who could receive this under that membership."
        raise BadRequest(errors=[Fault("body", "#/to", "unknown_reference", detail)])
    values = {"recipient_id": body.to, "reported_at": session.viewer.moment}
    return await _move(session, row, "concern.reported", values)


async def follow_up(
    session: Session, trajectory_id: UUID, concern_id: UUID, body: FollowUpIn
) -> ConcernOut:
    """As the recipient: what was done and what came of it, once."""
    row = await _held(session, trajectory_id, concern_id)
    if row.recipient_id not in session.viewer.grantees:
        raise NotAllowed("The one to whom a signal was reported follows it up.")
    CONCERNS.require_match(session, row)
    _refuse("followedUpOn", None if row.followed_up_on is None else "followed_up_before")
    require_past(session, followed_up_on=body.followed_up_on)
    if body.followed_up_on < day_of(row.reported_at):
        detail = "It is followed up on or after the day of the report."
        raise BadRequest(errors=[Fault("body", "#/followedUpOn", "wrong_order", detail)])
    values = {
        "followed_up_on": body.followed_up_on,
        "follow_up": await session.closed(Concern.follow_up, row, body.done),
        "outcome": await session.closed(Concern.outcome, row, body.outcome.value),
    }
    return await _move(session, row, "concern.followed_up", values)


async def _held(session: Session, trajectory_id: UUID, concern_id: UUID) -> Row[Any]:
    """Under the client's lock, for acts that move it."""
    parent = await where(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    return await CONCERNS.found(session, trajectory_id, concern_id)


def _refuse(field: str, code: str | None) -> None:
    if code is not None:
        detail = "A signal is reported once, to one other person, who follows it up once."
        raise Conflict(detail, errors=[Fault("body", f"#/{field}", code, detail)])


async def _move(session: Session, row: Row[Any], verb: str, values: dict[str, Any]) -> ConcernOut:
    one_moved(await queries.move(session, row.id, values))
    session.seen(moved(CONCERNS, row))
    await outbox.announce(session.db, verb, row.id)
    return await CONCERNS.read(session, row.trajectory_id, row.id)
