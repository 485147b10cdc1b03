"""Giving feedback, asking and answering."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Records
from app.access.session import Session
from app.access.vocabulary import Category
from app.access.writing import check_may_create, record
from app.domain.feedback import queries
from app.domain.feedback.rules import NAMEABLE, audience_of, may_ask
from app.domain.feedback.schemas import (
    AnswerIn,
    FeedbackIn,
    FeedbackOut,
    QuestionIn,
    QuestionOut,
)
from app.domain.feedback.tables import FeedbackEntry, Question, QuestionAnswer
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.rules.medical import looks_medical
from app.platform import outbox
from app.platform.http.problems import BadRequest, Fault, NotAllowed


def _fed_back(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"reply_to": row.reply_to_id}


def _asked(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"to": row.to_role, "answers": row.answer_list}


FEEDBACK = Records(FeedbackEntry, FeedbackOut, present=_fed_back)
QUESTIONS = Records(Question, QuestionOut, statement=queries.QUESTIONS, present=_asked)


async def give(session: Session, trajectory_id: UUID, body: FeedbackIn) -> FeedbackOut:
    """Tell the named roles how it goes; whom no consent covers reads nothing, and nobody hears."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.FEEDBACK)
    await _check(session, trajectory_id, body)
    values = {
        "text": body.text,
        "reply_to_id": body.reply_to,
        "audience": audience_of(session.viewer.role, body.audience),
    }
    made = await record(
        session,
        FeedbackEntry,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "feedback.given", made)
    return await FEEDBACK.read(session, trajectory_id, made)


async def _check(session: Session, trajectory_id: UUID, body: FeedbackIn) -> None:
    faults = []
    if not set(body.audience) <= set(NAMEABLE):
        text = "A role in the audience can never read feedback, or reads it anyway."
        faults.append(Fault("body", "#/audience", "unfit_role", text))
    earlier = body.reply_to
    if earlier is not None and await FEEDBACK.one(session, trajectory_id, earlier) is None:
        text = "There is no such feedback here."
        faults.append(Fault("body", "#/replyTo", "unknown_reference", text))
    if faults:
        raise BadRequest(errors=faults)


async def ask(session: Session, trajectory_id: UUID, body: QuestionIn) -> QuestionOut:
    """Ask the other side of the assignment; the client reads along."""
    parent = await trajectories.parent(session, trajectory_id)
    author = session.viewer.role
    if not may_ask(author, body.to):
        raise NotAllowed("Questions are between the coach and the responsible body.")
    _refuse_medical(body.text)
    values = {
        "to_role": body.to.value,
        "text": body.text,
        "audience": audience_of(author, [body.to]),
    }
    made = await record(
        session,
        Question,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "question.asked", made)
    return await QUESTIONS.read(session, trajectory_id, made)


async def answer(
    session: Session, trajectory_id: UUID, question_id: UUID, body: AnswerIn
) -> QuestionOut:
    """Answer a question to one's role; the answer is for the same eyes."""
    await trajectories.parent(session, trajectory_id)
    question = await QUESTIONS.found(session, trajectory_id, question_id)
    if session.viewer.role != question.to_role:
        raise NotAllowed("A question is answered by the role it was put to.")
    _refuse_medical(body.text)
    values = {"question_id": question_id, "text": body.text, "audience": question.audience}
    await record(
        session,
        QuestionAnswer,
        client_id=question.client_id,
        trajectory_id=trajectory_id,
        values=values,
    )
    await outbox.announce(session.db, "question.answered", question_id)
    return await QUESTIONS.read(session, trajectory_id, question_id)


def _refuse_medical(text: str) -> None:
    if looks_medical(text):
        detail = "No health content: ask about work, hours, steps and dates."
        raise BadRequest(errors=[Fault("body", "#/text", "medical_content", detail)])
