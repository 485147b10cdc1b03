"""What goes in and out about a whole caseload."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.standing import Phase
from app.platform.http.schemas import Day, In, Moment, Out


class TakesPartOut(Out):
    """Someone who takes part today; directory data."""

    membership_id: UUID
    role: Role
    name: str
    organisation_id: UUID


class CaseloadItemOut(Disclosed, category=Category.STATUS):
    """One trajectory of yours in one line, as far as you may know."""

    id: Annotated[UUID, Category.EXISTENCE]
    client_id: Annotated[UUID, Category.EXISTENCE]
    given_name: Annotated[str | None, Category.IDENTITY] = None
    family_name: Annotated[str | None, Category.IDENTITY] = None
    kind: Kind | None = None
    phase: Phase | None = None
    phase_since: Day | None = None
    paused: bool | None = None
    next_step: Annotated[
        str | None, Field(description="The first step that can be taken now, by whomever.")
    ] = None
    my_steps: Annotated[list[str] | None, Field(description="The steps that you can take now.")] = (
        None
    )
    reminders: Annotated[int | None, Field(description="Open ones, for you.")] = None
    next_due_on: Day | None = None
    last_contact_on: Day | None = None
    participants: Annotated[
        list[TakesPartOut] | None,
        Field(description="Who takes part today, the first one first."),
    ] = None
    new_moments: Annotated[
        list[Milestone] | None,
        Field(description="Recorded since you last said that you had looked, also by yourself."),
    ] = None
    rung: Annotated[int | None, Category.LADDER] = None
    rung_on: Annotated[Day | None, Category.LADDER] = None
    rung_is_new: Annotated[bool | None, Category.LADDER] = None
    withheld: list[str]


class LookIn(In):
    """You have looked; what is recorded from now on is new."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


class LookOut(Out):
    """When you last said so; nothing about any client."""

    id: UUID
    looked_at: Moment
