"""Rows of feedback, questions and answers; each says which roles it is for."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.access.envelope.columns import sealed
from app.access.records import Addressed, ClientRecord
from app.access.vocabulary import Category
from app.platform.db import Base


class FeedbackEntry(ClientRecord, Addressed, Base):
    """What one professional tells others about how it goes."""

    __tablename__ = "feedback_entry"
    __category__ = Category.FEEDBACK
    text: Mapped[str] = sealed()
    reply_to_id: Mapped[UUID | None]


class Question(ClientRecord, Addressed, Base):
    """Between coach and responsible body, without health content."""

    __tablename__ = "question"
    __category__ = Category.STATUS
    __open__ = ("to_role",)
    to_role: Mapped[str]
    text: Mapped[str] = sealed()


class QuestionAnswer(ClientRecord, Addressed, Base):
    """An answer; further words are further answers."""

    __tablename__ = "question_answer"
    __category__ = Category.STATUS
    __table_args__ = (Index(None, "question_id"),)
    question_id: Mapped[UUID]
    text: Mapped[str] = sealed()
