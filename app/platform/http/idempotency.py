"""A POST that is sent twice is carried out once; its body is never kept."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy import SmallInteger, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.http.exchange import Exchange
from app.platform.http.problems import Conflict


@runtime_checkable
class Transaction(Protocol):
    """What an endpoint's argument must offer to take part: caller and the open transaction."""

    @property
    def db(self) -> AsyncConnection: ...

    @property
    def caller(self) -> str: ...

    @property
    def exchange(self) -> Exchange: ...


Again = Callable[[Any, UUID], Awaitable[Any]]


class IdempotencyKey(Base):
    """One key of one caller on one route: what was asked (as HMAC) and what it made (its id)."""

    __tablename__ = "idempotency_key"

    caller: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    body_hmac: Mapped[bytes]
    status: Mapped[int] = mapped_column(SmallInteger)
    created_id: Mapped[UUID | None]
    # Real time, not `moment()`: keys are swept by age, and demo time may jump.
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)


@dataclass(frozen=True, slots=True)
class Done:
    """What an act gave: `out` is rendered, None stands for an empty answer."""

    out: Any
    status: int


_CLAIM = insert(IdempotencyKey).on_conflict_do_nothing().returning(IdempotencyKey.key)
_EARLIER = select(IdempotencyKey.body_hmac, IdempotencyKey.status, IdempotencyKey.created_id)


async def once(
    session: Transaction, status: int, act: Callable[[], Awaitable[Any]], again: Again
) -> Done:
    """Carries out `act`, or shows anew what the same request made before.

    The claim comes first, in the transaction of the act: of two at the same time the second waits
    for the first, and a refused act leaves no claim. Raises Conflict for another body.
    """
    exchange = session.exchange
    if exchange.idempotency_key is None:
        return Done(await act(), status)
    mine = {
        "caller": session.caller,
        "route": exchange.route,
        "key": exchange.idempotency_key,
    }
    claim = _CLAIM.values(**mine, body_hmac=exchange.body_hmac, status=status)
    if (await session.db.execute(claim)).first() is None:
        return await _replay(session, mine, again)
    out = await act()
    if (made := getattr(out, "id", None)) is not None:
        await session.db.execute(update(IdempotencyKey).filter_by(**mine).values(created_id=made))
    return Done(out, status)


async def _replay(session: Transaction, mine: dict[str, Any], again: Again) -> Done:
    earlier = (await session.db.execute(_EARLIER.filter_by(**mine))).one()
    if not hmac.compare_digest(earlier.body_hmac, session.exchange.body_hmac or b""):
        raise Conflict("This Idempotency-Key was used for another request.")
    if earlier.created_id is None:
        return Done(None, earlier.status)
    return Done(await again(session, earlier.created_id), earlier.status)


async def forget(db: AsyncConnection, older_than: timedelta) -> int:
    """Sweeps keys that no caller will repeat any more; returns how many."""
    old = delete(IdempotencyKey).where(IdempotencyKey.created_at < func.now() - older_than)
    return (await db.execute(old)).rowcount
