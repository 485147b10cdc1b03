"""The caseload: the viewer's own lines, and when it last looked, in one statement."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from app.access.caseload import STILL_OPEN, page_of_mine
from app.access.rows import HAT
from app.access.session import Session
from app.domain.reporting.tables import CaseloadLook

_LOOKED = select(CaseloadLook.looked_at).where(CaseloadLook.grantee_id == HAT).scalar_subquery()
_PAGE = page_of_mine(STILL_OPEN).add_columns(_LOOKED.label("looked_at"))
_LOOK = select(CaseloadLook.grantee_id, CaseloadLook.looked_at).where(
    CaseloadLook.grantee_id == HAT
)
_NEW = insert(CaseloadLook).values(
    grantee_id=bindparam("hat", type_=Uuid()),
    looked_at=bindparam("at", type_=DateTime(timezone=True)),
)
_SET = _NEW.on_conflict_do_update(
    index_elements=["grantee_id"], set_={"looked_at": _NEW.excluded.looked_at}
)


async def page(session: Session, after: UUID, size: int) -> Sequence[Row[Any]]:
    """In the order of opaque ids."""
    return await session.rows(_PAGE, after=after, size=size)


async def look(session: Session) -> Row[Any] | None:
    """When this hat last said that it had looked."""
    return await session.row(_LOOK)


async def looked(session: Session) -> None:
    """From now on, what is recorded later is new."""
    values = {"hat": session.viewer.grantee_id, "at": session.viewer.moment}
    await session.execute(_SET, values)
