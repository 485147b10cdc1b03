"""Every read of what waits for a subscriber, as that subscriber."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.deliveries import EventDelivery, EventSubscription
from app.access.parties import Machine
from app.access.session import Session
from app.domain.event.rules.trying import SubscriptionState, Waiting
from app.platform.clock import moment

_ID = bindparam("id", type_=Uuid())
_OF = EventDelivery.subscription_id == bindparam("subscription", type_=Uuid())
_SUBSCRIBER = (
    select(*EventSubscription.__table__.c, Machine.scope)
    .join(Machine, Machine.id == EventSubscription.machine_id)
    .where(EventSubscription.id == _ID, EventSubscription.state != SubscriptionState.ENDED.value)
)
_ALL = select(*EventDelivery.__table__.c)
_OPEN = _ALL.where(EventDelivery.id == _ID, EventDelivery.state == Waiting.OPEN.value)
_AFTER = (
    _ALL.where(_OF, EventDelivery.place > bindparam("after"))
    .order_by(EventDelivery.place)
    .limit(bindparam("size"))
)
_DEAD = _AFTER.where(EventDelivery.state == Waiting.DEAD.value)
_ONE_DEAD = _ALL.where(_OF, EventDelivery.id == _ID, EventDelivery.state == Waiting.DEAD.value)
_AGAIN = (
    update(EventDelivery)
    .where(_OF, EventDelivery.state == Waiting.DEAD.value)
    .values(state=Waiting.OPEN.value, due_at=moment(), attempts=0, first_tried_at=None)
)
_ONE_AGAIN = _AGAIN.where(EventDelivery.id == bindparam("delivery", type_=Uuid()))


async def subscriber(db: AsyncConnection, subscription_id: UUID) -> Row[Any] | None:
    """With the scope of its client system; None for one that is over."""
    result: Any = await db.execute(_SUBSCRIBER, {"id": subscription_id})
    found: Row[Any] | None = result.first()
    return found


async def one_open(session: Session, delivery_id: UUID) -> Row[Any] | None:
    """None too where no grant of this client and category is left: row security sees to that."""
    found: Row[Any] | None = (await session.execute(_OPEN, {"id": delivery_id})).first()
    return found


async def after(
    session: Session, subscription_id: UUID, place: int, size: int
) -> Sequence[Row[Any]]:
    """What was given to this subscription after that place, delivered or not."""
    asked = {"subscription": subscription_id, "after": place, "size": size}
    rows: Sequence[Row[Any]] = (await session.execute(_AFTER, asked)).all()
    return rows


async def dead(
    session: Session, subscription_id: UUID, place: int, size: int
) -> Sequence[Row[Any]]:
    """Dead letters after that place."""
    asked = {"subscription": subscription_id, "after": place, "size": size}
    rows: Sequence[Row[Any]] = (await session.execute(_DEAD, asked)).all()
    return rows


async def one_dead(session: Session, subscription_id: UUID, delivery_id: UUID) -> Row[Any] | None:
    asked = {"subscription": subscription_id, "id": delivery_id}
    found: Row[Any] | None = (await session.execute(_ONE_DEAD, asked)).first()
    return found


async def send_again(session: Session, subscription_id: UUID, delivery_id: UUID | None) -> None:
    """One dead letter or all of them are due again, from their first attempt on."""
    asked: dict[str, Any] = {"subscription": subscription_id}
    if delivery_id is None:
        await session.execute(_AGAIN, asked)
    else:
        await session.execute(_ONE_AGAIN, {**asked, "delivery": delivery_id})
