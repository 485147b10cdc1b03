"""Feedback and questions over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.feedback import actions
from app.domain.feedback.schemas import (
    AnswerIn,
    FeedbackIn,
    FeedbackOut,
    QuestionIn,
    QuestionOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["feedback"])


@router.post(
    "/feedback",
    status_code=201,
    act=creates(Category.FEEDBACK),
    again=actions.FEEDBACK.again,
    location="/v1/trajectories/{trajectory_id}/feedback/{id}",
)
async def give_feedback(trajectory_id: Id, body: FeedbackIn, session: Writing) -> FeedbackOut:
    """Give feedback to the named roles; the client always reads it."""
    return await actions.give(session, trajectory_id, body)


@router.get("/feedback", act=reads(Category.FEEDBACK))
async def list_feedback(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[FeedbackOut]:
    """The feedback that is meant for you and that a consent covers."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.FEEDBACK.page(session, parent, cursor, page_size)


@router.get("/feedback/{feedback_id}", act=reads(Category.FEEDBACK))
async def read_feedback(trajectory_id: Id, feedback_id: Id, session: Reading) -> FeedbackOut:
    """One entry of feedback."""
    return await actions.FEEDBACK.read(session, trajectory_id, feedback_id)


@router.post(
    "/questions",
    status_code=201,
    act=creates(Category.STATUS),
    again=actions.QUESTIONS.again,
    location="/v1/trajectories/{trajectory_id}/questions/{id}",
)
async def ask_question(trajectory_id: Id, body: QuestionIn, session: Writing) -> QuestionOut:
    """Ask the coach, or the responsible body, without health content."""
    return await actions.ask(session, trajectory_id, body)


@router.get("/questions", act=reads(Category.STATUS))
async def list_questions(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[QuestionOut]:
    """The questions you may see, with the answers so far."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.QUESTIONS.page(session, parent, cursor, page_size)


@router.get("/questions/{question_id}", act=reads(Category.STATUS))
async def read_question(trajectory_id: Id, question_id: Id, session: Reading) -> QuestionOut:
    """One question with the answers so far."""
    return await actions.QUESTIONS.read(session, trajectory_id, question_id)


@router.post(
    "/questions/{question_id}/answers",
    status_code=201,
    act=creates(Category.STATUS),
    again=actions.QUESTIONS.again,
    location="/v1/trajectories/{trajectory_id}/questions/{id}",
)
async def answer_question(
    trajectory_id: Id, question_id: Id, body: AnswerIn, session: Writing
) -> QuestionOut:
    """Answer a question that was put to your role."""
    return await actions.answer(session, trajectory_id, question_id, body)
