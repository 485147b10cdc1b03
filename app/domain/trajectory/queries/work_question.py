"""When work was last asked about, as the treatment of this client holds it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam

from app.access.session import Session
from app.domain.treatment.queries import WORK_QUESTIONS

_OF_CLIENT = WORK_QUESTIONS.where(
    WORK_QUESTIONS.selected_columns.client_id == bindparam("client", type_=Uuid())
)


async def work_question_asked_on(session: Session, client_id: UUID) -> date | None:
    """The last day, as far as this viewer may know; for an action's own use (unlogged)."""
    rows = await session.rows(_OF_CLIENT, client=client_id)
    return max((row.asked_on for row in rows if row.superseded_by is None), default=None)
