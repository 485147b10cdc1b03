"""What goes in and out about teams; no client in any of it."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.team.rules import TeamKind, TeamRole
from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText


def _example(**values: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [values]})


class TeamIn(In):
    """A team of your organisation; others may have members in it."""

    model_config = _example(kind="fact", name="FACT Noord")
    kind: TeamKind
    name: ShortText


class TeamMemberIn(In):
    """Somebody of whatever organisation; being in a team opens nothing."""

    model_config = _example(
        membershipId="0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77", teamRole="director"
    )
    membership_id: Id
    team_role: Annotated[TeamRole | None, Field(description="In an EXIT team, and only there.")] = (
        None
    )


class TeamMemberOut(Out):
    membership_id: UUID
    name: str
    role: Role
    organisation_id: UUID
    team_role: TeamRole | None = None


class TeamOut(Out):
    id: UUID
    organisation_id: UUID
    kind: TeamKind
    name: str
    members: list[TeamMemberOut]


class MeetingIn(In):
    """That the team met, and who was there; nothing about any client."""

    model_config = _example(heldOn="2025-06-02", attendees=["0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77"])
    held_on: Day
    attendees: Annotated[list[Id], Field(min_length=1, max_length=50)]


class MeetingOut(Out):
    id: UUID
    team_id: UUID
    held_on: Day
    attendees: list[UUID]


class WorkingTimeIn(In):
    """Which part of a full week a colleague works."""

    model_config = _example(fte=0.8)
    fte: Annotated[float, Field(gt=0, le=1.2)]


class WorkingTimeOut(Out):
    id: UUID
    membership_id: UUID
    fte: float
    recorded_at: Moment


class FigureOut(Out):
    """How many trajectories that go on, for each full-time equivalent; no client in it."""

    membership_id: UUID
    trajectories: int
    fte: float | None = None
    per_full_time: float | None = None


class CoordinatorIn(In):
    """Somebody who takes part."""

    model_config = _example(membershipId="0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77")
    membership_id: Id


class CoordinatorOut(Disclosed, category=Category.STATUS):
    """Who coordinates from this moment on; the last one counts."""

    id: UUID
    trajectory_id: UUID
    coordinator_id: UUID
    recorded_at: Moment
    withheld: list[str]
