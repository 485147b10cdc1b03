"""What goes in and out about progress reports."""

from typing import Self
from uuid import UUID

from pydantic import ConfigDict, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Day, Id, In, Moment, Out, Text, refuse


class ReportIn(In):
    """A draft for the funder, without health content; the client reads it first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "periodFrom": "2025-04-03",
                    "periodUntil": "2025-07-03",
                    "activities": "Werkervaringsplaats, twee dagdelen per week.",
                    "progress": "Trede 4. De twee dagen worden volgehouden.",
                    "prognosis": "Vanaf november een proefplaatsing.",
                }
            ]
        }
    )

    period_from: Day
    period_until: Day
    activities: Text
    progress: Text
    prognosis: Text | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.period_until < self.period_from:
            raise refuse("out_of_range", "The period does not end before it begins.")
        return self


class ReadingIn(In):
    """The client has read the report, and may say something about it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"statement": "Dit klopt zo voor mij."}]}
    )

    statement: Text | None = None


class ReportOut(Disclosed, category=Category.PROGRESS_REPORT):
    """`releasedAt` is when the client had read it; before that the funder finds nothing."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    period_from: Day
    period_until: Day
    activities: str
    progress: str
    prognosis: str | None
    released_at: Moment | None
    client_statement: str | None
    supersedes: UUID | None
    superseded_by: UUID | None
    withheld: list[str]


class ProposalOut(Out):
    """Lines to start a report with, out of what the funder sees anyway. Nothing is stored."""

    period_from: Day
    period_until: Day
    activities: str
    progress: str
