"""Who takes part, and which body is responsible; with names from the directory."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, and_, bindparam, case, select

from app.access.facts import Participant, Responsibility
from app.access.parties import Inbox, Membership, Organisation, Practitioner
from app.access.rows import ORGANISATION, ROLE, shown, word
from app.access.session import Session
from app.access.vocabulary import AUTHORITIES, FUNDERS
from app.platform.clock import is_current, moment

_TRAJECTORY = bindparam("trajectory", type_=Uuid())
_NAMELESS = and_(
    ROLE.in_([word(role) for role in sorted(FUNDERS)]),
    Organisation.kind.in_([word(kind) for kind in sorted(AUTHORITIES)]),
    Membership.organisation_id != ORGANISATION,
    Participant.valid_until <= moment(),
)
"""Of a body that went before, a following one sees that it took part, and not who there."""
PARTICIPANTS = (
    shown(
        Participant,
        *(column for column in Participant.__table__.c if column.key != "membership_id"),
        case((_NAMELESS, None), else_=Participant.membership_id).label("membership_id"),
        Membership.role,
        Membership.organisation_id,
        case((_NAMELESS, None), else_=Practitioner.name).label("name"),
        Organisation.name.label("organisation_name"),
        Organisation.kind.label("organisation_kind"),
    )
    .join(Membership, Membership.id == Participant.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
)
RESPONSIBILITIES = shown(
    Responsibility,
    *Responsibility.__table__.c,
    Organisation.name.label("organisation_name"),
    Organisation.kind.label("organisation_kind"),
).join(Organisation, Organisation.id == Responsibility.organisation_id)

_OPEN_PARTICIPANTS = PARTICIPANTS.where(
    Participant.trajectory_id == _TRAJECTORY,
    is_current(Participant),
).order_by(Participant.recorded_at, Participant.id)
_ALL_RESPONSIBILITIES = RESPONSIBILITIES.where(
    Responsibility.trajectory_id == _TRAJECTORY
).order_by(Responsibility.valid_from, Responsibility.id)
_MEMBER = (
    select(
        Membership.id,
        Membership.role,
        Membership.organisation_id,
        Organisation.kind.label("organisation_kind"),
    )
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(
        Membership.id == bindparam("membership", type_=Uuid()),
        is_current(Membership),
    )
)
MEMBERS_OF = select(Membership.id).where(Membership.organisation_id == bindparam("organisation"))
"""Everyone who ever worked for an organisation; directory data."""
_INBOX = (
    select(Inbox.id, Inbox.organisation_id, Organisation.kind.label("organisation_kind"))
    .join(Organisation, Organisation.id == Inbox.organisation_id)
    .where(
        Inbox.organisation_id == bindparam("organisation", type_=Uuid()),
        Inbox.role == bindparam("role", type_=Text()),
    )
)


async def participants(session: Session, trajectory_id: UUID) -> Sequence[Row[Any]]:
    """Those who take part now, as far as this viewer may know."""
    return await session.rows(_OPEN_PARTICIPANTS, trajectory=trajectory_id)


async def responsibilities(session: Session, trajectory_id: UUID) -> Sequence[Row[Any]]:
    """Every body that is or was responsible, the first one first."""
    return await session.rows(_ALL_RESPONSIBILITIES, trajectory=trajectory_id)


async def member(session: Session, membership_id: UUID) -> Row[Any] | None:
    """A membership in force now, with its organisation; directory data."""
    return await session.row(_MEMBER, membership=membership_id)


async def inbox(session: Session, organisation_id: UUID, role: str) -> Row[Any] | None:
    """Where an organisation receives what is meant for this role; directory data."""
    return await session.row(_INBOX, organisation=organisation_id, role=role)
