"""What the own organisation processed, of the access log and without who looked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import DateTime, Integer, Row, Text, Uuid, bindparam, func, or_, select, tuple_

from app.access.log import AccessLogEntry
from app.access.processing.looks import COLUMNS, ENDED, PROCESSED, SPAN, TRACE
from app.access.session import Session
from app.domain.privacy.queries.log import overseen, within

_TRACE = bindparam("trace", type_=Text())
_SUBJECT = bindparam("subject", type_=Uuid())
_ACTIVITY = bindparam("activity", type_=Integer())
_PLACE = (AccessLogEntry.at, SPAN, AccessLogEntry.client_id, AccessLogEntry.verb)
_AFTER = tuple_(
    bindparam("after_0", type_=DateTime(timezone=True)),
    bindparam("after_1", type_=Text()),
    bindparam("after_2", type_=Uuid()),
    bindparam("after_3", type_=Text()),
)
_PAGE = (
    select(
        *COLUMNS,
        func.max(ENDED).label("ended_at"),
        func.bit_or(AccessLogEntry.shown).label("shown"),
    )
    .where(
        overseen(),
        PROCESSED,
        within(),
        or_(_TRACE.is_(None), AccessLogEntry.trace_id == _TRACE),
        or_(_SUBJECT.is_(None), AccessLogEntry.client_id == _SUBJECT),
        AccessLogEntry.shown.op("&")(_ACTIVITY) != 0,
        tuple_(*_PLACE) > _AFTER,
    )
    .group_by(TRACE, AccessLogEntry.parent_span_id, AccessLogEntry.organisation_id, *_PLACE)
    .order_by(*_PLACE)
    .limit(bindparam("size"))
)


async def page(
    session: Session, after: tuple[Any, ...], size: int, **asked: Any
) -> Sequence[Row[Any]]:
    """In the order of time; each person once per request and way of processing."""
    places = {f"after_{at}": part for at, part in enumerate(after)}
    return await session.rows(_PAGE, size=size, **places, **asked)
