"""Which dates suit, and which one was chosen. A no ends nothing."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.session import Session
from app.access.writing import record
from app.domain.startconversation.actions.planning import add, check_organiser
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    INVITATIONS,
    check_takes_part,
    held_open,
)
from app.domain.startconversation.rules.conversation import AUDIENCE
from app.domain.startconversation.schemas.incoming import AnswerIn, AppointmentIn
from app.domain.startconversation.schemas.outgoing import ConversationOut, InvitationOut
from app.domain.startconversation.tables import ConversationAppointment, InvitationAnswer
from app.platform import outbox
from app.platform.http.problems import BadRequest, Fault, NotAllowed, NotFound


async def answer(
    session: Session,
    trajectory_id: UUID,
    conversation_id: UUID,
    invitation_id: UUID,
    body: AnswerIn,
) -> InvitationOut:
    """The invited party says which dates suit, or no; a later answer takes its place."""
    row = await INVITATIONS.one(session, trajectory_id, invitation_id)
    if row is None or row.conversation_id != conversation_id:
        raise NotFound
    viewer = session.viewer
    if (row.role, row.organisation_id) != (viewer.role.value, viewer.organisation_id):
        raise NotAllowed("Only the invited party answers.")
    if not {str(chosen) for chosen in body.accepts} <= _offered(row):
        raise _unknown("#/accepts")
    values = {
        "conversation_id": conversation_id,
        "invitation_id": invitation_id,
        "declined": body.declined,
        "accepts": body.accepts,
        "audience": AUDIENCE,
    }
    await record(
        session,
        InvitationAnswer,
        client_id=row.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "invitation.answered", invitation_id)
    return await INVITATIONS.read(session, trajectory_id, invitation_id)


def _offered(row: Row[Any]) -> set[str]:
    return {part["id"] for part in row.proposals or []}


def _unknown(pointer: str) -> BadRequest:
    detail = "This is not one of the proposed moments."
    return BadRequest(errors=[Fault("body", pointer, "unknown_reference", detail)])


async def appoint(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: AppointmentIn
) -> ConversationOut:
    """Choose one of the proposed moments; a later choice takes its place."""
    row = await held_open(session, trajectory_id, conversation_id)
    check_organiser(session)
    check_takes_part(session, row)
    if str(body.proposal_id) not in _offered(row):
        raise _unknown("#/proposalId")
    values = {"proposal_id": body.proposal_id, "audience": AUDIENCE}
    await add(session, ConversationAppointment, row, values)
    await outbox.announce(session.db, "start_conversation.appointed", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)
