"""Who was really there; an empty chair is an empty chair, no more."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.days import require_past
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.startconversation.actions.planning import add
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    accepted_absences,
    check_takes_part,
    held_open,
    ids,
    last,
    parties,
)
from app.domain.startconversation.rules.conversation import (
    ORGANISERS,
)
from app.domain.startconversation.schemas.incoming import (
    AcceptanceIn,
    AttendanceIn,
)
from app.domain.startconversation.schemas.outgoing import ConversationOut
from app.domain.startconversation.tables import (
    AbsenceAcceptance,
    ConversationAttendance,
)
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


async def attend(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: AttendanceIn
) -> ConversationOut:
    """The day it was held and who was there; whoever was not there is absent, no more."""
    row = await held_open(session, trajectory_id, conversation_id)
    check_professional(session, row)
    require_past(session, held_on=body.held_on)
    invited = [party.invitation_id for party in parties(row)]
    unknown = [at for at, chosen in enumerate(body.present) if chosen not in invited]
    if unknown:
        raise BadRequest(errors=[_unknown(f"#/present/{at}") for at in unknown])
    values = {
        "held_on": body.held_on,
        "present": list(dict.fromkeys(body.present)),
        "absent": [chosen for chosen in invited if chosen not in body.present],
    }
    await add(session, ConversationAttendance, row, values)
    await outbox.announce(session.db, "start_conversation.held", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


def check_professional(session: Session, row: Row[Any]) -> None:
    if session.viewer.role not in ORGANISERS:
        raise NotAllowed
    check_takes_part(session, row)


def _unknown(pointer: str) -> Fault:
    return Fault("body", pointer, "unknown_reference", "There is no such invitation here.")


async def accept_absence(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: AcceptanceIn
) -> ConversationOut:
    """The client accepts that one party was not there."""
    row = await held_open(session, trajectory_id, conversation_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed("Only the client accepts an absence.")
    attendance = last(row.attendances)
    if attendance is None or body.invitation_id not in ids(attendance["absent"]):
        detail = "Nobody was recorded absent under this invitation."
        raise BadRequest(errors=[Fault("body", "#/invitationId", "unknown_reference", detail)])
    if body.invitation_id in accepted_absences(row):
        raise Conflict("This absence was accepted before.")
    await add(session, AbsenceAcceptance, row, {"invitation_id": body.invitation_id})
    await outbox.announce(session.db, "start_conversation.absence_accepted", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)
