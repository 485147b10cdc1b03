"""Every read of a conversation, decision and data in one statement.

What is said of [status] rows here narrows what row security lets through: dates and answers are
for the parties of that conversation, the client and the GGZ team (gate 28), and not for everyone
who may know the status of the trajectory.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from app.access.facts import ConversationConfirmation
from app.access.grants import AccessGrant
from app.access.lists import list_of
from app.access.parties import Inbox, Membership
from app.access.rows import GRANTEES, ORGANISATION, ROLE, holds, in_force, shown, visible
from app.access.session import Session
from app.access.vocabulary import GGZ_TEAM, Category, Reach, Role
from app.domain.startconversation.tables import (
    AbsenceAcceptance,
    ConversationAppointment,
    ConversationAttendance,
    ConversationInvitation,
    ConversationMinutes,
    ConversationProposal,
    InvitationAnswer,
    StartConversation,
)
from app.platform.clock import is_current

_EVERY_PARTY = [Role.CLIENT, Role.REPRESENTATIVE, Role.PRIVACY_DESK, *sorted(GGZ_TEAM)]
_STANDARD = ("id", "recorded_at", "author_id", "author_role")


def among_parties(table: Any, conversation_id: Any) -> ColumnElement[bool]:
    """Whether the viewer is a party of this row's conversation, or arranged it."""
    own = aliased(ConversationInvitation)
    invited = (
        select(true())
        .where(
            own.conversation_id == conversation_id,
            own.role == ROLE,
            own.organisation_id == ORGANISATION,
            visible(ConversationInvitation, own),
        )
        .limit(1)
        .scalar_subquery()
    )
    return or_(
        ROLE.in_([role.value for role in _EVERY_PARTY]),
        table.author_id == any_(GRANTEES),
        invited,
    )


def _parts(table: Any, columns: Sequence[str], scope: Any) -> ColumnElement[Any]:
    return list_of(table, (*_STANDARD, *columns), table.conversation_id == scope)


def _dates(
    table: Any, columns: Sequence[str], scope: Any, order: Sequence[Any] = ()
) -> ColumnElement[Any]:
    mine = (table.conversation_id == scope, among_parties(table, table.conversation_id))
    return list_of(table, ("id", "recorded_at", *columns), *mine, order=order)


def _planning(scope: Any) -> list[ColumnElement[Any]]:
    return [
        # Dates proposed in one act share their moment of recording: the earliest day comes first.
        _dates(
            ConversationProposal,
            ("starts_at", "mode", "place"),
            scope,
            order=(ConversationProposal.starts_at, ConversationProposal.id),
        ).label("proposals"),
        _dates(ConversationAppointment, ("proposal_id",), scope).label("appointments"),
    ]


_WHOLE = (
    select(true())
    .where(
        AccessGrant.client_id == StartConversation.client_id,
        holds(AccessGrant.categories, Category.START_CONVERSATION),
        in_force(AccessGrant),
        AccessGrant.reach == Reach.ALL,
        AccessGrant.sender_organisation_id.is_(None),
        or_(
            AccessGrant.trajectory_id.is_(None),
            AccessGrant.trajectory_id == StartConversation.trajectory_id,
        ),
        or_(AccessGrant.record_id.is_(None), AccessGrant.record_id == StartConversation.id),
    )
    .limit(1)
    .scalar_subquery()
)
_HEAD = (
    *StartConversation.__table__.c,
    func.coalesce(not_(_WHOLE), literal_column("true")).label("partial"),
)
HEADS = shown(StartConversation, *_HEAD)
CONVERSATIONS = shown(
    StartConversation,
    *_HEAD,
    *_planning(StartConversation.id),
    _dates(
        ConversationInvitation, ("role", "organisation_id", "membership_id"), StartConversation.id
    ).label("invitations"),
    _dates(InvitationAnswer, ("invitation_id", "declined", "accepts"), StartConversation.id).label(
        "answers"
    ),
    _parts(ConversationAttendance, ("held_on", "present", "absent"), StartConversation.id).label(
        "attendances"
    ),
    _parts(AbsenceAcceptance, ("invitation_id",), StartConversation.id).label("acceptances"),
    _parts(
        ConversationMinutes,
        (
            "supersedes_id",
            "success_definition",
            "agreements",
            "review_dates",
            "duration_months",
            "sharing",
            "points",
            "ladder_measurement_id",
            "goal_met",
            "client_verdict",
            "next_step",
        ),
        StartConversation.id,
    ).label("all_minutes"),
    list_of(
        ConversationConfirmation,
        (*_STANDARD, "minutes_id", "invitation_id", "party", "how", "witness"),
        ConversationConfirmation.conversation_id == StartConversation.id,
        ConversationConfirmation.valid_until.is_(None),
    ).label("all_confirmations"),
)
INVITATIONS = shown(
    ConversationInvitation,
    *ConversationInvitation.__table__.c,
    *_planning(ConversationInvitation.conversation_id),
    list_of(
        InvitationAnswer,
        ("id", "recorded_at", "invitation_id", "declined", "accepts"),
        InvitationAnswer.invitation_id == ConversationInvitation.id,
    ).label("answers"),
).where(among_parties(ConversationInvitation, ConversationInvitation.conversation_id))
_PARTY = (
    select(Inbox.id.label("inbox_id"), Membership.id.label("membership_id"))
    .outerjoin(
        Membership,
        and_(
            Membership.id == bindparam("membership", type_=Uuid()),
            Membership.inbox_id == Inbox.id,
            is_current(Membership),
        ),
    )
    .where(
        Inbox.organisation_id == bindparam("organisation", type_=Uuid()),
        Inbox.role == bindparam("party_role", type_=Text()),
    )
)


async def party_exists(
    session: Session, role: Role, organisation: UUID, membership: UUID | None
) -> bool:
    """Whether the directory knows this role of this organisation, and this member in it."""
    row = await session.row(
        _PARTY, organisation=organisation, party_role=role.value, membership=membership
    )
    return row is not None and row.membership_id == membership
