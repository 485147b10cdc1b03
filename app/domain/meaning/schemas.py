"""What goes in and out about meaning; each field carries its category."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import Stamp
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Day, Id, In, Moment, Out, Text

OneToTen = Annotated[int, Field(ge=1, le=10)]


class MeaningViewIn(In):
    """How meaningful you find the client's days; the client reads it, and may differ."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"seenOn": "2025-07-03", "score": 6, "words": "Het mag wat meer zijn."}]
        }
    )
    seen_on: Day
    score: OneToTen
    words: Text | None = None
    supersedes: Id | None = None


class MeaningViewOut(Stamp, Disclosed, category=Category.LADDER_NOTES):
    """One professional's view of one day."""

    seen_on: Day
    score: int
    words: Text | None


class ViewOut(Out):
    """The last view of one role."""

    by: Role
    seen_on: Day
    score: int


class MeaningOut(Out):
    """Side by side, out of what you may see; nothing says who is right."""

    views: list[ViewOut]


class AttendanceIn(In):
    """You were with peers that day; what was said there stays there."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"attendedOn": "2025-06-05"}]})
    attended_on: Day


class AttendanceOut(Disclosed, category=Category.WELLBEING):
    """A day with peers, told because the client wished so."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    attended_on: Day
    withheld: list[str]
