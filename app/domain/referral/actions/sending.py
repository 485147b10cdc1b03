"""Sending a referral, and taking it back while it is open."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent
from app.access.days import require_past
from app.access.facts import Referral
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import check_may_create, record_fact
from app.domain.referral import queries
from app.domain.referral.actions.deciding import decide, held_open
from app.domain.referral.actions.reading import read
from app.domain.referral.rules import fits, refusals
from app.domain.referral.schemas import ReferralIn, ReferralOut, WithdrawalIn
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.medical import looks_medical
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


async def send(session: Session, body: ReferralIn) -> ReferralOut:
    """Into the inbox of that body and role, and nothing further: gate 6."""
    parent = await trajectories.parent(session, body.trajectory_id)
    await check_may_create(session, parent.client_id, parent.trajectory_id, Category.EXISTENCE)
    require_past(session, client_agreed_on=body.client_agreed_on)
    inbox = await _inbox(session, body)
    await grants.lock(session.db, parent.client_id)
    await _check_state(session, parent, body)
    made = await _add(session, parent, body, inbox)
    await reached(session, parent, Milestone.REFERRED, on=day_of(session.viewer.moment))
    await session.recompile(parent.client_id)
    await outbox.announce(session.db, "referral.sent", made)
    return await read(session, made, verb=Verb.CREATE)


async def _inbox(session: Session, body: ReferralIn) -> Row[Any]:
    """The directory's inbox for that role, at a body that has it."""
    if looks_medical(body.goal):
        detail = "No health content: say what the client wants in terms of work."
        raise BadRequest(errors=[Fault("body", "#/goal", "medical_content", detail)])
    inbox = await trajectories.inbox(session, body.to_organisation_id, body.role)
    if inbox is None:
        detail = "There is no such organisation that receives referrals in this role."
        raise BadRequest(errors=[Fault("body", "#/toOrganisationId", "unknown_reference", detail)])
    confirmed = body.uwv_benefit_confirmed
    wrong = fits(body.role, inbox.organisation_kind, uwv_benefit_confirmed=confirmed)
    if wrong is not None:
        detail = "UWV is for a confirmed UWV benefit, the municipality for everyone else."
        raise _refused("#/role", wrong, detail)
    return inbox


async def _check_state(session: Session, parent: Parent, body: ReferralIn) -> None:
    """The process first, then the consent: unknown, hidden and ended ones are one answer."""
    for code in refusals(await trajectories.standing(session, parent)):
        raise _refused("#/trajectoryId", code, "This trajectory cannot be referred as it stands.")
    agreed = await queries.consent_in_force(
        session,
        consent=body.consent_id,
        client=parent.client_id,
        trajectory=parent.id,
        recipient=body.to_organisation_id,
        role=body.role.value,
    )
    if not agreed:
        detail = "No consent in force lets your organisation tell this body of the trajectory."
        raise _refused("#/consentId", "consent_missing", detail)


def _refused(pointer: str, code: str, detail: str) -> Conflict:
    return Conflict(detail, errors=[Fault("body", pointer, code, detail)])


async def _add(session: Session, parent: Parent, body: ReferralIn, inbox: Row[Any]) -> UUID:
    values = {
        "organisation_id": body.to_organisation_id,
        "inbox_id": inbox.id,
        "role": body.role.value,
        "goal": body.goal,
        "client_agreed_on": body.client_agreed_on,
    }
    return await record_fact(
        session,
        Referral,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values=values,
    )


async def withdraw(session: Session, referral_id: UUID, _: WithdrawalIn) -> ReferralOut:
    """By the client, or by the organisation that sent it; the inbox is empty again at once."""
    row = await held_open(session, referral_id)
    viewer = session.viewer
    if viewer.role is not Role.CLIENT:
        if viewer.organisation_id != row.controller_organisation_id:
            raise NotAllowed
        await check_may_create(session, row.client_id, row.trajectory_id, Category.EXISTENCE)
    await decide(session, row, withdrawn_at=viewer.moment)
    parent = Parent(row.client_id, row.trajectory_id, row.mask)
    await reached(session, parent, Milestone.REFERRAL_WITHDRAWN, on=day_of(viewer.moment))
    told = await read(session, row.id)
    await session.recompile(row.client_id)
    await outbox.announce(session.db, "referral.withdrawn", row.id)
    return told
