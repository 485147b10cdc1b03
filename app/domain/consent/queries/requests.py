"""Requests for a consent, with the last answer."""

from sqlalchemy import select, true

from app.access.rows import shown, visible
from app.domain.consent.tables import ConsentAnswer, ConsentRequest

_LAST = (
    select(
        ConsentAnswer.answer,
        ConsentAnswer.recorded_at.label("answered_at"),
        ConsentAnswer.consent_id,
    )
    .where(ConsentAnswer.request_id == ConsentRequest.id, visible(ConsentAnswer).is_(True))
    .order_by(ConsentAnswer.recorded_at.desc(), ConsentAnswer.id.desc())
    .limit(1)
    .lateral("last_answer")
)
REQUESTS = shown(
    ConsentRequest,
    *ConsentRequest.__table__.c,
    _LAST.c.answer,
    _LAST.c.answered_at,
    _LAST.c.consent_id,
).outerjoin(_LAST, true())
