"""Consents that name a person, and what one act handed on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, or_

from app.access.facts import Consent, stands
from app.access.rows import shown
from app.access.session import Session
from app.domain.team.tables import HandOver

_NAMING = (
    shown(Consent)
    .where(
        Consent.client_id == bindparam("client", type_=Uuid()),
        or_(
            Consent.trajectory_id.is_(None),
            Consent.trajectory_id == bindparam("trajectory", type_=Uuid()),
        ),
        Consent.recipient_membership_id == bindparam("membership", type_=Uuid()),
        stands(Consent),
    )
    .order_by(Consent.recorded_at, Consent.id)
)
HAND_OVERS = shown(HandOver)
_OF_ACT = HAND_OVERS.where(HandOver.act_id == bindparam("act", type_=Uuid())).order_by(HandOver.id)


async def naming(
    session: Session, client_id: UUID, trajectory_id: UUID, membership_id: UUID
) -> Sequence[Row[Any]]:
    """Consents in force that name this person, as far as the viewer may know of them."""
    return await session.rows(
        _NAMING, client=client_id, trajectory=trajectory_id, membership=membership_id
    )


async def of_act(session: Session, act_id: UUID) -> Sequence[Row[Any]]:
    """What one act handed on, as far as the viewer may still see it."""
    return await session.rows(_OF_ACT, act=act_id)
