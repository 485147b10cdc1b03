"""Every read and change of a subscription."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, func, insert, select, text, tuple_, update

from app.access.deliveries import EventSubscription
from app.access.pages import AFTER
from app.access.session import Session
from app.domain.event.rules.acts import oversees
from app.domain.event.rules.trying import SubscriptionState

ADD = insert(EventSubscription)
_ALL = select(*EventSubscription.__table__.c)
_MINE = (
    EventSubscription.machine_id == bindparam("machine", type_=Uuid()),
    EventSubscription.hat_id == bindparam("hat", type_=Uuid()),
    EventSubscription.purpose_bit == bindparam("purpose"),
)
_OF_HAT = _ALL.where(*_MINE)
_OF_ORGANISATION = _ALL.where(
    EventSubscription.organisation_id == bindparam("organisation", type_=Uuid())
)
_ID = EventSubscription.id == bindparam("id", type_=Uuid())


def _page(mine: Select[Any]) -> Select[Any]:
    order = (EventSubscription.created_at, EventSubscription.id)
    return mine.where(tuple_(*order) > AFTER).order_by(*order).limit(bindparam("size"))


_ALONE = text(
    "SELECT pg_advisory_xact_lock("
    "hashtextextended('subscriptions:' || :machine || :hat || :purpose, 0))"
)
_STANDING = select(func.count()).where(
    *_MINE, EventSubscription.state != SubscriptionState.ENDED.value
)
_ONE = {True: _OF_ORGANISATION.where(_ID), False: _OF_HAT.where(_ID)}
_LOCKED = {wide: found.with_for_update(key_share=True) for wide, found in _ONE.items()}
PAGES = {True: _page(_OF_ORGANISATION), False: _page(_OF_HAT)}
"""By whether the viewer oversees all of the organisation."""


def whose(session: Session) -> dict[str, Any]:
    """A client system sees those of this hat and purpose, an administrator the organisation's."""
    if oversees(session.viewer):
        return {"organisation": session.viewer.organisation_id}
    return of_hat(session)


def of_hat(session: Session) -> dict[str, Any]:
    viewer = session.viewer
    of = {"machine": viewer.machine_id, "hat": viewer.grantee_id}
    return {**of, "purpose": viewer.purpose_bit}


async def one(session: Session, subscription_id: UUID) -> Row[Any] | None:
    """None for another's, as for none."""
    statement = _ONE[oversees(session.viewer)]
    return await session.row(statement, **whose(session), id=subscription_id)


async def locked(session: Session, subscription_id: UUID) -> Row[Any] | None:
    """The same under a row lock."""
    statement = _LOCKED[oversees(session.viewer)]
    return await session.row(statement, **whose(session), id=subscription_id)


async def change(session: Session, subscription_id: UUID, **values: Any) -> None:
    """Of one that was found before."""
    statement = update(EventSubscription).where(EventSubscription.id == subscription_id)
    await session.execute(statement.values(**values))


async def alone(session: Session) -> None:
    """Until the end of the request no other one of this hat and purpose subscribes."""
    await session.db.execute(_ALONE, {name: str(one) for name, one in of_hat(session).items()})


async def standing(session: Session) -> int:
    """How many of this hat and purpose are not over."""
    found: int = (await session.execute(_STANDING, of_hat(session))).scalar_one()
    return found
