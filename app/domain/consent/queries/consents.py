"""Consents as sender, recipient and client may see them; the reason to withdraw for the client."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, select, true

from app.access.envelope.columns import told
from app.access.facts import Consent
from app.access.grants import AccessGrant
from app.access.records import ClientRecord, loaded_records
from app.access.rows import holds, in_force, shown, visible
from app.access.session import Session
from app.access.vocabulary import Category
from app.domain.consent.tables import ConsentWithdrawal

_CLIENT = bindparam("client", type_=Uuid())
_WHY = (
    select(told(ConsentWithdrawal.__table__.c.reason))
    .where(ConsentWithdrawal.consent_id == Consent.id, visible(ConsentWithdrawal).is_(True))
    .limit(1)
    .scalar_subquery()
    .label("withdrawal_reason")
)
CONSENTS = shown(Consent, *Consent.__table__.c, _WHY)
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
