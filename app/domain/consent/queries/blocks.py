"""Blocks, with what the barred body may keep seeing by its legal task."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from app.access.facts import Block
from app.access.grants import AccessGrant
from app.access.parties import Membership
from app.access.rows import shown
from app.access.vocabulary import Basis
from app.platform.clock import is_current

_TASK = aliased(AccessGrant)
_KEPT = (
    select(func.coalesce(func.bit_or(_TASK.categories), 0))
    .join(Membership, Membership.id == _TASK.grantee_id)
    .where(
        _TASK.client_id == Block.client_id,
        _TASK.basis == Basis.STATUTORY.value,
        or_(
            Membership.organisation_id == Block.organisation_id,
            Membership.id == Block.membership_id,
        ),
        and_(
            is_current(_TASK),
        ),
    )
    .scalar_subquery()
    .label("by_task")
)
BLOCKS = shown(Block, *Block.__table__.c, _KEPT)
"""A client (and a mandate over the consents) sees all grants on the own record, see wall 2."""
