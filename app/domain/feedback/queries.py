"""Every read of feedback and questions; each statement decides for itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, true

from app.access.grants import AccessGrant
from app.access.lists import list_of
from app.access.rows import ROLE, holds, in_force, shown, visible
from app.access.session import Session
from app.access.vocabulary import Category
from app.domain.feedback.tables import Question, QuestionAnswer

_ANSWERS = list_of(
    QuestionAnswer,
    ("recorded_at", "author_role", "text"),
    QuestionAnswer.question_id == Question.id,
).label("answer_list")
QUESTIONS = shown(Question, *Question.__table__.c, _ANSWERS)
_ANSWERED = (
    select(true())
    .where(QuestionAnswer.question_id == Question.id, visible(QuestionAnswer))
    .limit(1)
    .correlate(Question)
    .scalar_subquery()
)
_MINE = (
    select(AccessGrant.trajectory_id)
    .where(
        in_force(AccessGrant),
        holds(AccessGrant.categories, Category.STATUS),
        AccessGrant.trajectory_id.is_not(None),
    )
    .distinct()
)
_WAITING = (
    shown(
        Question,
        Question.id,
        Question.client_id,
        Question.trajectory_id,
        Question.recorded_at.label("since_at"),
    )
    .where(
        Question.trajectory_id.in_(_MINE),
        Question.to_role == ROLE,
        _ANSWERED.is_(None),
    )
    .order_by(Question.recorded_at, Question.id)
    .limit(bindparam("size"))
)


async def waiting(session: Session, size: int) -> Sequence[Row[Any]]:
    """Questions to this role without an answer, the oldest first."""
    return await session.rows(_WAITING, size=size)
