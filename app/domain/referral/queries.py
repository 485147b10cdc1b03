"""Every read of a referral; each statement decides for itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    LargeBinary,
    Row,
    Text,
    Uuid,
    bindparam,
    case,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.access.facts import Consent, Referral, stands
from app.access.grants import AccessGrant
from app.access.pages import AFTER
from app.access.parties import Organisation
from app.access.rows import ORGANISATION, holds, in_force, shown
from app.access.session import Session
from app.access.vocabulary import Category, Purpose
from app.domain.client import queries as clients
from app.domain.referral.rules import ReferralState

_SENDER, _RECEIVER = aliased(Organisation), aliased(Organisation)
_STATE = case(
    (Referral.withdrawn_at.is_not(None), ReferralState.WITHDRAWN.value),
    (Referral.refused_at.is_not(None), ReferralState.REFUSED.value),
    (Referral.accepted_at.is_not(None), ReferralState.ACCEPTED.value),
    else_=ReferralState.OPEN.value,
)
_FULL = clients.named(
    shown(
        Referral,
        *Referral.__table__.c,
        _STATE.label("state"),
        _SENDER.name.label("from_organisation_name"),
        _RECEIVER.name.label("to_organisation_name"),
    )
    .outerjoin(_SENDER, _SENDER.id == Referral.controller_organisation_id)
    .join(_RECEIVER, _RECEIVER.id == Referral.organisation_id),
    Referral.client_id,
)
_ONE = _FULL.where(Referral.id == bindparam("referral", type_=Uuid()))
_MINE = (
    select(AccessGrant.client_id)
    .where(
        in_force(AccessGrant),
        holds(AccessGrant.categories, Category.EXISTENCE),
    )
    .distinct()
)
_WISHED = bindparam("state", type_=Text())
_PAGE = (
    _FULL.where(
        Referral.client_id.in_(_MINE),
        or_(_WISHED.is_(None), _STATE == _WISHED),
        tuple_(Referral.recorded_at, Referral.id) > AFTER,
    )
    .order_by(Referral.recorded_at, Referral.id)
    .limit(bindparam("size", type_=Integer()))
)
_CONSENT = shown(Consent, Consent.id).where(
    Consent.id == bindparam("consent", type_=Uuid()),
    Consent.client_id == bindparam("client", type_=Uuid()),
    or_(
        Consent.trajectory_id.is_(None),
        Consent.trajectory_id == bindparam("trajectory", type_=Uuid()),
    ),
    Consent.sender_organisation_id == ORGANISATION,
    Consent.recipient_organisation_id == bindparam("recipient", type_=Uuid()),
    Consent.recipient_role == bindparam("role", type_=Text()),
    holds(Consent.categories, Category.EXISTENCE),
    Consent.purposes.op("&")(Purpose.REINTEGRATION.bit) != 0,
    stands(Consent),
)
_BSN = (
    select(AccessGrant.id)
    .where(
        in_force(AccessGrant),
        AccessGrant.client_id == bindparam("client", type_=Uuid()),
        AccessGrant.bsn_index == bindparam("bsn_index", type_=LargeBinary()),
    )
    .limit(1)
)


async def one(session: Session, referral_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, referral=referral_id)


async def page(
    session: Session, state: str | None, after: tuple[datetime, UUID], size: int
) -> Sequence[Row[Any]]:
    """Received and sent alike: whatever referral this viewer may see, the first one first."""
    return await session.rows(_PAGE, state=state, after_0=after[0], after_1=after[1], size=size)


async def consent_in_force(session: Session, **asked: Any) -> bool:
    """Whether this consent lets the viewer's organisation tell that body of the trajectory."""
    return await session.row(_CONSENT, **asked) is not None


async def bsn_matches(session: Session, client_id: UUID, bsn_index: bytes) -> bool:
    """Answered from the viewer's own grants, which repeat the blind index of their client."""
    return await session.row(_BSN, client=client_id, bsn_index=bsn_index) is not None
