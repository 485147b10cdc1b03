"""What goes in and out about reminders."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.reporting.rules.reminders import DropReason, Outcome, ReminderKind
from app.platform.http.schemas import Day, In, Moment


class ReminderOut(Disclosed, category=Category.STATUS):
    """Something to think of; nothing follows when its day goes by."""

    id: UUID
    trajectory_id: UUID
    kind: ReminderKind
    due_on: Day
    about_id: Annotated[UUID | None, Field(description="The consent that ends, if it is one.")]
    recorded_at: Moment
    closed_on: Day | None
    outcome: Outcome | None
    reason: DropReason | None
    withheld: list[str]


class DoneIn(In):
    """It was done, and the record of it stands elsewhere or nowhere."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


class DropIn(In):
    """It need not be done, for this reason."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "agreed_otherwise"}]})

    reason: DropReason
