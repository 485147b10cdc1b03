"""Asking parties to a conversation, and their answers. A no ends nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.conversations import covered as covered_by_consent
from app.access.records import ClientRecord
from app.access.session import Session
from app.access.vocabulary import Role
from app.access.writing import record
from app.domain.startconversation import queries
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    INVITATIONS,
    check_takes_part,
    found,
    held_open,
    parties,
)
from app.domain.startconversation.rules.conversation import (
    AUDIENCE,
    AUTHORITY_ROLES,
    ORGANISERS,
    Kind,
    Party,
    admitted,
    may_attend,
    moments_differ,
    two_authorities,
)
from app.domain.startconversation.rules.medical import looks_medical
from app.domain.startconversation.schemas.incoming import (
    AnswerIn,
    AppointmentIn,
    ConversationIn,
    InvitationsIn,
    PartyIn,
    ProposalIn,
    ProposalsIn,
)
from app.domain.startconversation.schemas.outgoing import ConversationOut, InvitationOut
from app.domain.startconversation.tables import (
    ConversationAppointment,
    ConversationInvitation,
    ConversationProposal,
    InvitationAnswer,
    StartConversation,
)
from app.domain.trajectory import queries as trajectories
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound


async def add(
    session: Session, table: type[ClientRecord], of: Row[Any], values: dict[str, Any]
) -> UUID:
    """A part of this conversation, under the viewer's name."""
    return await record(
        session,
        table,
        client_id=of.client_id,
        trajectory_id=of.trajectory_id,
        values={"conversation_id": of.id, **values},
    )


async def ask(session: Session, trajectory_id: UUID, body: ConversationIn) -> ConversationOut:
    """A conversation with its dates and invitations; the client is always asked."""
    parent = await trajectories.parent(session, trajectory_id)
    _check_organiser(session)
    faults = _faults_of_dates(body.proposals)
    faults += await _faults_of_parties(session, body.invitations)
    invited = _with_client(body.invitations)
    if two_authorities(invited):
        detail = "UWV and municipality together need the client's consent; invite the second later."
        faults.append(Fault("body", "#/invitations", "two_authorities", detail))
    if faults:
        raise BadRequest(errors=faults)
    made = await record(
        session,
        StartConversation,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values={"kind": body.kind.value},
    )
    row = await found(session, trajectory_id, made)
    await _propose(session, row, body.proposals)
    await _invite(session, row, invited)
    await outbox.announce(session.db, "start_conversation.asked", made)
    return await CONVERSATIONS.read(session, trajectory_id, made)


def _check_organiser(session: Session) -> None:
    if session.viewer.role not in ORGANISERS:
        raise NotAllowed


def _with_client(invited: Sequence[PartyIn]) -> list[Party]:
    given = [Party(p.role, p.organisation_id, p.membership_id) for p in invited]
    return given if any(p.role is Role.CLIENT for p in given) else [Party(Role.CLIENT), *given]


def _faults_of_dates(proposals: Sequence[ProposalIn]) -> list[Fault]:
    faults = []
    if not moments_differ([proposal.starts_at for proposal in proposals]):
        faults.append(Fault("body", "#/proposals", "duplicate", "Each moment once."))
    for at, proposal in enumerate(proposals):
        if proposal.place is not None and looks_medical(proposal.place):
            faults.append(medical(f"#/proposals/{at}/place"))
    return faults


def medical(pointer: str) -> Fault:
    """All parties read this, so nothing medical is written in it."""
    return Fault("body", pointer, "medical_content", "Describe it without medical words.")


async def _faults_of_parties(session: Session, invited: Sequence[PartyIn]) -> list[Fault]:
    faults, seen = [], set()
    for at, party in enumerate(invited):
        pointer, key = f"#/invitations/{at}", (party.role, party.organisation_id)
        if key in seen and party.membership_id is None:
            faults.append(Fault("body", pointer, "duplicate", "This party stands here twice."))
        seen.add(key)
        faults += await _faults_of_party(session, party, pointer)
    return faults


async def _faults_of_party(session: Session, party: PartyIn, pointer: str) -> list[Fault]:
    if not may_attend(party.role):
        detail = "This role takes no part in conversations."
        return [Fault("body", f"{pointer}/role", "not_a_party", detail)]
    if party.role is Role.CLIENT:
        if party.organisation_id is None and party.membership_id is None:
            return []
        return [Fault("body", pointer, "wrong_combination", "The client has no organisation.")]
    if party.organisation_id is None:
        return [Fault("body", f"{pointer}/organisationId", "required", "This is required.")]
    where = (party.role, party.organisation_id, party.membership_id)
    if not await queries.party_exists(session, *where):
        return [Fault("body", pointer, "unknown_reference", "There is no such party.")]
    return []


async def _propose(session: Session, row: Row[Any], proposals: Sequence[ProposalIn]) -> None:
    for proposal in proposals:
        values = {**proposal.model_dump(), "mode": proposal.mode.value, "audience": AUDIENCE}
        await add(session, ConversationProposal, row, values)


async def _invite(session: Session, row: Row[Any], invited: Sequence[Party]) -> None:
    for party in invited:
        values = {
            "kind": Kind(row.kind).value,
            "role": party.role.value,
            "organisation_id": party.organisation_id,
            "membership_id": party.membership_id,
            "audience": AUDIENCE,
        }
        await add(session, ConversationInvitation, row, values)


async def propose(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: ProposalsIn
) -> ConversationOut:
    """Another round of dates, by any professional who takes part."""
    row = await held_open(session, trajectory_id, conversation_id)
    _check_organiser(session)
    check_takes_part(session, row)
    faults = _faults_of_dates(body.proposals)
    if faults:
        raise BadRequest(errors=faults)
    await _propose(session, row, body.proposals)
    await outbox.announce(session.db, "start_conversation.proposed", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


async def invite(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: InvitationsIn
) -> ConversationOut:
    """More parties. A second authority only when the client's consent lets it in already."""
    row = await held_open(session, trajectory_id, conversation_id)
    _check_organiser(session)
    check_takes_part(session, row)
    faults = await _faults_of_parties(session, body.invitations)
    if faults:
        raise BadRequest(errors=faults)
    new = [Party(p.role, p.organisation_id, p.membership_id) for p in body.invitations]
    known = parties(row)
    if {_who(party) for party in new} & {_who(party) for party in known}:
        raise Conflict("This party was invited before.")
    if two_authorities([*known, *new]):
        where = (row.client_id, trajectory_id, conversation_id, session.viewer.moment)
        second = [party for party in new if party.role in AUTHORITY_ROLES]
        if not admitted(second, await covered_by_consent(session.db, *where)):
            raise Conflict("UWV and municipality together need the client's consent.")
    await _invite(session, row, new)
    await outbox.announce(session.db, "start_conversation.asked", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


def _who(party: Party) -> tuple[Role, UUID | None, UUID | None]:
    return party.role, party.organisation_id, party.membership_id


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
    _check_organiser(session)
    check_takes_part(session, row)
    if str(body.proposal_id) not in _offered(row):
        raise _unknown("#/proposalId")
    values = {"proposal_id": body.proposal_id, "audience": AUDIENCE}
    await add(session, ConversationAppointment, row, values)
    await outbox.announce(session.db, "start_conversation.appointed", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)
