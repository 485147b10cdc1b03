"""A conversation with its parts as one viewer may see them, and an invitation by itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Records
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.startconversation import queries
from app.domain.startconversation.rules.conversation import Party, Reply
from app.domain.startconversation.schemas.outgoing import (
    AnswerOut,
    AttendanceOut,
    ConfirmationOut,
    ConversationListedOut,
    ConversationOut,
    InvitationOut,
    InvitedOut,
    MinutesOut,
    ProposalOut,
)
from app.domain.startconversation.tables import ConversationInvitation, StartConversation
from app.platform.http.problems import Conflict, NotAllowed

Part = dict[str, Any]


def last(parts: list[Part] | None) -> Part | None:
    """The newest; parts stand in the order in which they were recorded."""
    return parts[-1] if parts else None


def ids(values: list[str] | None) -> list[UUID]:
    """Ids out of a JSON list."""
    return [UUID(value) for value in values or []]


def parties(row: Row[Any]) -> list[Party]:
    """Everyone who was invited, as far as this viewer may know."""
    return [
        Party(
            role=Role(part["role"]),
            organisation_id=part["organisation_id"] and UUID(part["organisation_id"]),
            membership_id=part["membership_id"] and UUID(part["membership_id"]),
            invitation_id=UUID(part["id"]),
        )
        for part in row.invitations or []
    ]


def accepted_absences(row: Row[Any]) -> list[UUID]:
    """Whose empty chair the client accepted."""
    return ids([part["invitation_id"] for part in row.acceptances or []])


def _presented(_session: Session, row: Row[Any]) -> dict[str, Any]:
    minutes = [
        MinutesOut.model_validate({**part, "supersedes": part["supersedes_id"]})
        for part in row.all_minutes or []
    ]
    return {
        "attendance": _attendance(row),
        "minutes": minutes[-1] if minutes else None,
        "earlier_minutes": minutes[:-1],
        "confirmations": [_confirmation(part) for part in row.all_confirmations or []],
        "invitations": [
            InvitedOut.model_validate({**part, "answer": _answer(row, part["id"])})
            for part in row.invitations or []
        ],
        **_planned(row),
    }


def _attendance(row: Row[Any]) -> AttendanceOut | None:
    part = last(row.attendances)
    if part is None:
        return None
    return AttendanceOut.model_validate({**part, "accepted_absences": accepted_absences(row)})


def _confirmation(part: Part) -> ConfirmationOut:
    told = {"recorded_by": part["author_role"], "confirmed_at": part["recorded_at"]}
    return ConfirmationOut.model_validate({**part, **told})


def _planned(row: Row[Any]) -> dict[str, Any]:
    chosen = last(row.appointments)
    return {
        "proposals": [ProposalOut.model_validate(part) for part in row.proposals or []],
        "chosen_proposal_id": None if chosen is None else UUID(chosen["proposal_id"]),
    }


def _answer(row: Row[Any], invitation_id: str) -> AnswerOut:
    given = [part for part in row.answers or [] if part["invitation_id"] == invitation_id]
    part = last(given)
    if part is None:
        return AnswerOut(reply=Reply.OPEN, accepts=[], answered_at=None)
    reply = Reply.DECLINED if part["declined"] else Reply.ACCEPTED
    accepts = {"accepts": part["accepts"], "answered_at": part["recorded_at"]}
    return AnswerOut.model_validate({"reply": reply, **accepts})


def _invited(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"answer": _answer(row, str(row.id)), **_planned(row)}


CONVERSATIONS = Records(
    StartConversation, ConversationOut, statement=queries.CONVERSATIONS, present=_presented
)
LISTED = Records(StartConversation, ConversationListedOut, statement=queries.HEADS)
INVITATIONS = Records(
    ConversationInvitation, InvitationOut, statement=queries.INVITATIONS, present=_invited
)


async def locked(session: Session, trajectory_id: UUID, conversation_id: UUID) -> Row[Any]:
    """The conversation under a lock; the client's facts are held first, as everywhere."""
    before = await CONVERSATIONS.found(session, trajectory_id, conversation_id)
    await session.hold(before.client_id)
    return await CONVERSATIONS.locked(session, trajectory_id, conversation_id)


async def held_open(session: Session, trajectory_id: UUID, conversation_id: UUID) -> Row[Any]:
    """The conversation under a lock, for acts on its content.

    Conflict once the client confirmed it: then it stays as it was, and what changes later belongs
    in a next conversation.
    """
    row = await locked(session, trajectory_id, conversation_id)
    if row.confirmed_at is not None:
        raise Conflict("The client confirmed this conversation; it stays as it is.")
    return row


def own_party(session: Session, row: Row[Any]) -> Party | None:
    """The invitation that is this viewer's own, first the one in the own name."""
    viewer = session.viewer
    mine = [
        party
        for party in parties(row)
        if party.role is viewer.role and party.organisation_id == viewer.organisation_id
    ]
    named = [party for party in mine if party.membership_id in viewer.grantees]
    return next(iter(named + mine), None)


def check_takes_part(session: Session, row: Row[Any]) -> None:
    """NotAllowed for whoever neither arranged it nor was invited."""
    if row.author_id not in session.viewer.grantees and own_party(session, row) is None:
        raise NotAllowed("Only a party of this conversation may do this.")
