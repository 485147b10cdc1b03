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
from app.domain.startconversation.actions.checking import faults_of_dates, faults_of_parties
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    check_takes_part,
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
    two_authorities,
)
from app.domain.startconversation.schemas.incoming import (
    ConversationIn,
    InvitationsIn,
    PartyIn,
    ProposalIn,
    ProposalsIn,
)
from app.domain.startconversation.schemas.outgoing import ConversationOut
from app.domain.startconversation.tables import (
    ConversationInvitation,
    ConversationProposal,
    StartConversation,
)
from app.domain.trajectory import queries as trajectories
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


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
    check_organiser(session)
    faults = faults_of_dates(body.proposals)
    faults += await faults_of_parties(session, body.invitations)
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
    row = await CONVERSATIONS.found(session, trajectory_id, made)
    await _propose(session, row, body.proposals)
    await _invite(session, row, invited)
    await outbox.announce(session.db, "start_conversation.asked", made)
    return await CONVERSATIONS.read(session, trajectory_id, made)


def check_organiser(session: Session) -> None:
    if session.viewer.role not in ORGANISERS:
        raise NotAllowed


def _with_client(invited: Sequence[PartyIn]) -> list[Party]:
    given = [Party(p.role, p.organisation_id, p.membership_id) for p in invited]
    return given if any(p.role is Role.CLIENT for p in given) else [Party(Role.CLIENT), *given]


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
        made = await add(session, ConversationInvitation, row, values)
        await outbox.announce(session.db, "invitation.made", made)


async def propose(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: ProposalsIn
) -> ConversationOut:
    """Another round of dates, by any professional who takes part."""
    row = await held_open(session, trajectory_id, conversation_id)
    check_organiser(session)
    check_takes_part(session, row)
    faults = faults_of_dates(body.proposals)
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
    check_organiser(session)
    check_takes_part(session, row)
    faults = await faults_of_parties(session, body.invitations)
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
