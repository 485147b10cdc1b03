"""One at a time: a turn that one process holds, and that passes on when it is not renewed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base, Engine

HELD = timedelta(seconds=60)
"""After so long without a sign the holder is taken to be gone."""


class Turn(Base):
    """Who is busy with what, by real time; the name is opaque and says nothing of a client."""

    __tablename__ = "turn"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[UUID]
    until: Mapped[datetime]


_UNTIL = func.now() + HELD
_MINE = (Turn.name == bindparam("of"), Turn.holder == bindparam("by"))
_RENEW = update(Turn).where(*_MINE).values(until=_UNTIL)
_GIVE_BACK = delete(Turn).where(*_MINE)


async def taken(writer: Engine, name: str) -> UUID | None:
    """The key of this turn; None while somebody else has it."""
    holder = uuid4()
    taking = insert(Turn).values(name=name, holder=holder, until=_UNTIL)
    taking = taking.on_conflict_do_update(
        constraint="pk_turn",
        set_={"holder": holder, "until": _UNTIL},
        where=Turn.until < func.now(),
    )
    async with writer.begin() as db:
        found = await db.execute(taking.returning(Turn.holder))
        return None if found.first() is None else holder


async def renewed(writer: Engine, name: str, holder: UUID) -> bool:
    """Whether it is still this holder's turn."""
    async with writer.begin() as db:
        return bool((await db.execute(_RENEW, {"of": name, "by": holder})).rowcount)


async def given_back(writer: Engine, name: str, holder: UUID) -> None:
    async with writer.begin() as db:
        await db.execute(_GIVE_BACK, {"of": name, "by": holder})
