"""What goes in and out about feedback and questions."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Id, In, Moment, Out, Text


class FeedbackIn(In):
    """`audience` names roles; each reads it only where a consent of the client covers that."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "audience": ["clinician"],
                    "text": "Een derde dag is te veel; we praten over het tempo.",
                }
            ]
        }
    )

    audience: Annotated[list[Role], Field(min_length=1, max_length=10)]
    text: Text
    reply_to: Id | None = None


class FeedbackOut(Disclosed, category=Category.FEEDBACK):
    id: UUID
    recorded_at: Moment
    author_role: Role
    audience: list[Role]
    text: str
    reply_to: UUID | None
    withheld: list[str]


class QuestionIn(In):
    """To the responsible body, or from it to the coach; nothing about health."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "to": "labour_expert",
                    "text": "Kan een proefplaatsing van twee maanden vanaf november?",
                }
            ]
        }
    )

    to: Role
    text: Text


class AnswerIn(In):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Ja, met een intentie voor zes maanden."}]}
    )

    text: Text


class AnswerOut(Out):
    recorded_at: Moment
    author_role: Role
    text: str


class QuestionOut(Disclosed, category=Category.STATUS):
    """A question with the answers so far; the client reads both."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    to: Role
    text: str
    answers: list[AnswerOut]
    withheld: list[str]
