"""Consents as sender, recipient and client may see them; the reason to withdraw for the client."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, or_, select, true
from sqlalchemy.orm import aliased

from app.access.envelope.columns import told
from app.access.facts import Consent
from app.access.grants import AccessGrant
from app.access.records import ClientRecord, loaded_records
from app.access.rows import holds, in_force, shown, visible
from app.access.session import Session
from app.access.vocabulary import Category, Role
from app.domain.client.tables import ClientIdentity
from app.domain.consent.tables import ConsentWithdrawal
from app.platform.clock import is_current

_CLIENT = bindparam("client", type_=Uuid())
_WHY = (
    select(told(ConsentWithdrawal.__table__.c.reason))
    .where(ConsentWithdrawal.consent_id == Consent.id, visible(ConsentWithdrawal).is_(True))
    .limit(1)
    .scalar_subquery()
    .label("withdrawal_reason")
)
_BORN = (
    select(ClientIdentity.birth_date)
    .where(ClientIdentity.client_id == Consent.client_id, visible(ClientIdentity).is_(True))
    .order_by(ClientIdentity.recorded_at.desc(), ClientIdentity.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("born")
)
_OTHER = aliased(Consent, name="other_yes")
_OTHER_YES = (
    select(true())
    .where(
        _OTHER.client_id == Consent.client_id,
        (_OTHER.given_by == Role.CLIENT.value) != (Consent.given_by == Role.CLIENT.value),
        _OTHER.withdrawn_at.is_(None),
        is_current(_OTHER),
        _OTHER.recipient_organisation_id == Consent.recipient_organisation_id,
        _OTHER.recipient_role == Consent.recipient_role,
        _OTHER.categories.op("&")(Consent.categories) != 0,
        _OTHER.purposes.op("&")(Consent.purposes) != 0,
        *(
            or_(one.is_(None), other.is_(None), one == other)
            for one, other in (
                (_OTHER.recipient_membership_id, Consent.recipient_membership_id),
                (_OTHER.trajectory_id, Consent.trajectory_id),
                (_OTHER.sender_organisation_id, Consent.sender_organisation_id),
                (_OTHER.record_id, Consent.record_id),
            )
        ),
        visible(Consent, _OTHER).is_(True),
    )
    .limit(1)
    .correlate(Consent)
    .scalar_subquery()
    .label("other_yes")
)
"""The yes of the other, at 12 to 15: the same pair as the policy takes (`ages.py`)."""
CONSENTS = shown(Consent, *Consent.__table__.c, _WHY, _BORN, _OTHER_YES)
_OF_ACT = CONSENTS.where(
    Consent.client_id == _CLIENT, Consent.act_id == bindparam("act", type_=Uuid())
).order_by(Consent.recorded_at, Consent.id)
_ACT_ANYWHERE = CONSENTS.where(Consent.act_id == bindparam("act", type_=Uuid())).order_by(
    Consent.recorded_at, Consent.id
)
_UNTIED = (
    select(true())
    .where(
        AccessGrant.client_id == _CLIENT,
        in_force(AccessGrant),
        AccessGrant.trajectory_id.is_(None),
        holds(AccessGrant.creates, Category.CONSENT),
    )
    .limit(1)
)


async def of_act(session: Session, client_id: UUID, act_id: UUID) -> list[Row[Any]]:
    """All consents that one act gave, as far as this viewer may see them."""
    return list(await session.rows(_OF_ACT, client=client_id, act=act_id))


async def of_act_anywhere(session: Session, act_id: UUID) -> list[Row[Any]]:
    """The same by its own id alone, for a replay: its client was checked when it was made."""
    return list(await session.rows(_ACT_ANYWHERE, act=act_id))


async def speaks_for_all_trajectories(session: Session, client_id: UUID) -> bool:
    """Whether this viewer is involved with the client as a whole, not with one trajectory."""
    return await session.row(_UNTIED, client=client_id) is not None


async def names_record(
    session: Session, client_id: UUID, record_id: UUID, categories: frozenset[Category]
) -> bool:
    """Whether this viewer may see a record of these categories that a consent can point at.

    False for hidden, absent and another client's alike.
    """
    for table in loaded_records():
        if table.__category__ not in categories:
            continue
        if await session.row(_pointed_at(table), client=client_id, record=record_id) is not None:
            return True
    return False


@cache
def _pointed_at(table: type[ClientRecord]) -> Select[Any]:
    """Not at import: the tables of later nouns are known only when all are loaded."""
    scope: Any = getattr(table, table.__scope__)
    return (
        shown(table, table.client_id)
        .where(table.client_id == _CLIENT, scope == bindparam("record", type_=Uuid()))
        .limit(1)
    )
