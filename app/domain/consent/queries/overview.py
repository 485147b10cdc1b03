"""All grants in force on one client, with whose they are; for the client's own eyes.

Wall 2 lets only the client, and a mandate over the consents, see grants of others.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from app.access.facts import Representative, Supporter
from app.access.grants import AccessGrant
from app.access.parties import Inbox, Machine, Membership, Organisation, Practitioner
from app.access.rows import holds, in_force, visible
from app.access.session import Session
from app.access.vocabulary import Basis, Category
from app.platform.clock import is_current, moment, not_over

_CLIENT = bindparam("client", type_=Uuid())
_MINE = aliased(AccessGrant)
_ANY = aliased(AccessGrant, name="any_grant")
_OVERSEES = (
    select(true())
    .where(
        _MINE.client_id == _CLIENT,
        in_force(_MINE),
        holds(_MINE.categories, Category.CONSENT),
        _MINE.trajectory_id.is_(None),
    )
    .limit(1)
    .scalar_subquery()
)
_ORGANISATION_ID = func.coalesce(
    Membership.organisation_id, Inbox.organisation_id, Machine.organisation_id
)
_GRANTS = (
    select(
        *(getattr(_ANY, column.key) for column in AccessGrant.__table__.c),
        Organisation.id.label("organisation_id"),
        Organisation.kind.label("organisation_kind"),
        func.coalesce(Membership.role, Inbox.role).label("role"),
        Practitioner.name.label("practitioner"),
        Machine.name.label("machine"),
        Representative.name.label("representative"),
        Supporter.name.label("supporter"),
    )
    .select_from(_ANY)
    .outerjoin(Membership, Membership.id == _ANY.grantee_id)
    .outerjoin(Inbox, Inbox.id == _ANY.grantee_id)
    .outerjoin(Machine, Machine.id == _ANY.grantee_id)
    .outerjoin(Practitioner, Practitioner.id == Membership.practitioner_id)
    .outerjoin(Organisation, Organisation.id == _ORGANISATION_ID)
    .outerjoin(
        Representative,
        and_(Representative.id == _ANY.grantee_id, visible(Representative).is_(True)),
    )
    .outerjoin(Supporter, and_(Supporter.id == _ANY.grantee_id, visible(Supporter).is_(True)))
    .where(
        _ANY.client_id == _CLIENT,
        _OVERSEES.is_(True),
        _ANY.basis != Basis.SELF.value,
        _ANY.categories != 0,
        _ANY.purposes != 0,
        is_current(_ANY),
        or_(Membership.id.is_(None), Membership.valid_from <= moment()),
        not_over(Membership),
        Machine.disabled_at.is_(None),
    )
    .order_by(Organisation.name, Membership.role, _ANY.valid_from, _ANY.id)
)
_NAMES = select(Organisation.id, Organisation.name).where(
    Organisation.id.in_(bindparam("ids", expanding=True))
)


async def grants_in_force(session: Session, client_id: UUID) -> Sequence[Row[Any]]:
    return await session.rows(_GRANTS, client=client_id)


async def organisation_names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    rows = await session.rows(_NAMES, ids=list(ids))
    return {row.id: row.name for row in rows}
