"""What goes in and out about an application; every outgoing field carries its category."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.application.rules import Outcome, Paper, Reason, Scheme
from app.domain.trajectory.rules.end_reasons import CoarseEnd
from app.platform.http.schemas import Day, In, Moment, Out, refuse


class ApplicationIn(In):
    """Asking the body to which the client was referred to pay; the candidate signed it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"scheme": "uwv_36_months", "appliedOn": "2024-09-24", "signedOn": "2024-09-24"}
            ]
        }
    )
    scheme: Scheme
    applied_on: Day
    signed_on: Day


class DatedIn(In):
    """A paper of which only the day is kept: a cost request, the second stop notice."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"datedOn": "2024-09-26"}]})
    dated_on: Day


class DecisionIn(In):
    """The written yes or no of the body; its day is the formal start."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"datedOn": "2024-10-08", "outcome": "approved", "fundedUntil": "2027-10-08"}
            ]
        }
    )
    dated_on: Day
    outcome: Outcome
    starts_on: Annotated[Day | None, Field(description="By default the day of the decision.")] = (
        None
    )
    funded_until: Annotated[Day | None, Field(description="By default as the scheme says.")] = None
    reason: Annotated[Reason | None, Field(description="Of a refusal, and needed there.")] = None

    @model_validator(mode="after")
    def fits_its_outcome(self) -> Self:
        no = self.outcome is Outcome.REFUSED
        if no is (self.reason is None):
            raise refuse("wrong_combination", "A refusal, and nothing else, has a reason.")
        if no and (self.starts_on is not None or self.funded_until is not None):
            raise refuse("wrong_combination", "What was refused is not paid for.")
        return self


class StopNoticeIn(In):
    """The first part: care tells the body from when on and, coarsely, why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"datedOn": "2026-05-12", "reason": "goal_reached"}]}
    )
    dated_on: Day
    reason: CoarseEnd


class PaperOut(Out):
    """One paper, in the order in which they were written."""

    id: UUID
    kind: Paper
    dated_on: Day
    outcome: Outcome | None
    reason: str | None
    starts_on: Day | None
    funded_until: Day | None
    author_role: Role
    recorded_at: Moment


class ApplicationOut(Disclosed, category=Category.STATUS):
    """An application with its papers; `outcome` is null while the body has not decided."""

    id: UUID
    trajectory_id: UUID
    scheme: Scheme
    applied_on: Day
    signed_on: Day
    outcome: Outcome | None
    starts_on: Day | None
    funded_until: Day | None
    papers: list[PaperOut]
    author_role: Role
    recorded_at: Moment
    withheld: list[str]
