"""Answering an open referral: accepting makes responsible, refusing closes the inbox."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Parent, one_moved
from app.access.facts import Referral, Responsibility
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import record_fact
from app.domain.referral import queries
from app.domain.referral.actions.reading import read, require_match
from app.domain.referral.rules import ReferralState
from app.domain.referral.schemas import AcceptanceIn, ReferralOut, RefusalIn
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.participants import join
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.participation import may_add
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound

_OF = update(Referral).where(Referral.id == bindparam("referral"))
_DECISIONS = {
    "accepted_at": _OF.values(accepted_at=bindparam("at"), decided_by=bindparam("by")),
    "withdrawn_at": _OF.values(withdrawn_at=bindparam("at"), decided_by=bindparam("by")),
    "refused_at": _OF.values(
        refused_at=bindparam("at"), decided_by=bindparam("by"), refusal_reason=bindparam("reason")
    ),
}


async def held_open(session: Session, referral_id: UUID) -> Row[Any]:
    """The referral as this viewer sees it, still open; the client's lock holds it still."""
    row = await queries.one(session, referral_id)
    if row is None:
        raise NotFound
    await grants.lock(session.db, row.client_id)
    row = await queries.one(session, referral_id)
    if row is None:
        raise NotFound
    require_match(session, row)
    if row.state != ReferralState.OPEN:
        detail = "This referral is no longer open."
        raise Conflict(detail, errors=[Fault("body", "#", "already_decided", detail)])
    return row


async def decide(session: Session, row: Row[Any], **decision: Any) -> None:
    """Write down one decision with its moment and who took it."""
    name = next(key for key in decision if key in _DECISIONS)
    values = {"referral": row.id, "at": decision[name], "by": session.viewer.grantee_id}
    if "reason" in decision:
        values["reason"] = decision["reason"]
    one_moved(await session.execute(_DECISIONS[name], values))
    session.seen(
        Entry(
            client_id=row.client_id,
            trajectory_id=row.trajectory_id,
            resource="referral",
            record_id=row.id,
            verb=Verb.UPDATE,
            shown=Category.EXISTENCE.bit,
            grounds=tuple(row.grounds or ()),
        )
    )


def _check_receiver(session: Session, row: Row[Any]) -> None:
    viewer = session.viewer
    if (viewer.organisation_id, viewer.role) != (row.organisation_id, Role(row.role)):
        raise NotAllowed


async def accept(session: Session, referral_id: UUID, body: AcceptanceIn) -> ReferralOut:
    """Opens the responsibility; whoever accepts takes part, and so do the named colleagues."""
    row = await held_open(session, referral_id)
    _check_receiver(session, row)
    parent = Parent(row.client_id, row.trajectory_id, row.mask)
    colleagues = await _colleagues(session, body)
    await decide(session, row, accepted_at=session.viewer.moment)
    await _become_responsible(session, parent, body)
    for member in colleagues:
        await join(session, parent, member)
    today = day_of(session.viewer.moment)
    await reached(session, parent, Milestone.REFERRAL_ACCEPTED, on=today)
    await session.recompile(row.client_id)
    if len(await trajectories.responsibilities(session, parent.id)) > 1:
        await reached(session, parent, Milestone.FUNDER_CHANGED, on=today)
    await outbox.announce(session.db, "referral.accepted", row.id)
    return await read(session, row.id)


async def _colleagues(session: Session, body: AcceptanceIn) -> list[Row[Any]]:
    """The one who accepts and the named ones; all of this organisation, in a fitting role."""
    viewer = session.viewer
    if viewer.membership_id is None:
        raise NotAllowed
    asked = dict.fromkeys([viewer.membership_id, *body.participants])
    found = []
    for membership_id in asked:
        member = await trajectories.member(session, membership_id)
        own = member is not None and member.organisation_id == viewer.organisation_id
        if member is None or not may_add(viewer.role, Role(member.role), own_organisation=own):
            detail = "Must be a colleague who can take part from your seat."
            fault = Fault("body", "#/participants", "unknown_reference", detail)
            raise BadRequest(errors=[fault])
        found.append(member)
    return found


async def _become_responsible(session: Session, parent: Parent, body: AcceptanceIn) -> None:
    values = {
        "organisation_id": session.viewer.organisation_id,
        "legal_frame": body.legal_frame,
        "valid_from": session.viewer.moment,
    }
    await record_fact(
        session,
        Responsibility,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values=values,
    )


async def refuse(session: Session, referral_id: UUID, body: RefusalIn) -> ReferralOut:
    """From now on this body knows nothing of it; it ends nothing for the client."""
    row = await held_open(session, referral_id)
    _check_receiver(session, row)
    await decide(session, row, refused_at=session.viewer.moment, reason=body.reason.value)
    parent = Parent(row.client_id, row.trajectory_id, row.mask)
    await reached(session, parent, Milestone.REFERRAL_REFUSED, on=day_of(session.viewer.moment))
    told = await read(session, row.id)
    await session.recompile(row.client_id)
    await outbox.announce(session.db, "referral.refused", row.id)
    return told
