"""The newest lines of the own organisation's log, with all that their leaves commit to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.access.log import CONTENT, AccessLogEntry
from app.access.sealed.tables import LogLeaf
from app.access.session import Session
from app.domain.privacy.queries.log import overseen

EXAMINED = 50
_NEWEST = (
    select(
        *(getattr(AccessLogEntry, name) for name in CONTENT),
        AccessLogEntry.salt,
        LogLeaf.leaf_index,
    )
    .outerjoin(LogLeaf, LogLeaf.entry_id == AccessLogEntry.id)
    .where(overseen())
    .order_by(AccessLogEntry.at.desc(), AccessLogEntry.id.desc())
    .limit(EXAMINED)
)


async def newest(session: Session) -> Sequence[Row[Any]]:
    """At most `EXAMINED` of them, the last one first."""
    return await session.rows(_NEWEST)
