"""The coach steps back, and someone else takes over."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Day, Id, In, Moment


class TransferIn(In):
    """Who takes over from which day on; it counts once the client agrees."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"toRole": "clinician", "stepsDownOn": "2026-04-14", "hoursPerMonth": 2}]
        }
    )
    to_role: Annotated[Role, Field(description="The role that takes over, or the client.")]
    to_membership_id: Annotated[
        Id | None, Field(description="Who, of those who take part; none: a natural support.")
    ] = None
    steps_down_on: Day
    hours_per_month: Annotated[float | None, Field(gt=0, le=40, multiple_of=0.5)] = None


class TransferOut(Disclosed, category=Category.STATUS):
    """Not yet agreed while `agreedOn` is null."""

    id: UUID
    to_role: Role
    to_membership_id: UUID | None
    steps_down_on: Day
    hours_per_month: float | None
    agreed_on: Day | None
    author_role: Role
    recorded_at: Moment
    withheld: list[str]
