"""A trajectory, its steps and its transitions."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.client.schemas import ClientIn
from app.domain.trajectory.rules.end_reasons import EndReason
from app.domain.trajectory.rules.kinds import ClockBasis, Funding, Kind, LegalFrame, Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move, Outcome
from app.domain.trajectory.rules.process import State
from app.domain.trajectory.rules.standing import Phase, Seat
from app.platform.http.schemas import Day, Id, In, Moment, Out, Whole, refuse


class TrajectoryIn(In):
    """A new trajectory of a client whom you treat; taking part is voluntary, always."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clientId": "7d0c4f7e-5a1b-4a52-9d0f-3f6a1f2f9a10",
                    "kind": "wgb",
                    "legalFrame": "wia",
                    "funding": "uwv",
                    "durationMonths": 12,
                    "workQuestionAskedOn": "2025-01-14",
                }
            ]
        }
    )
    client_id: Annotated[Id | None, Field(description="A client whom you treat.")] = None
    new_client: Annotated[
        ClientIn | None,
        Field(description="As a municipality, in its place: a client of your own, registered now."),
    ] = None
    kind: Kind
    legal_frame: LegalFrame | None = None
    funding: Funding | None = None
    duration_months: Annotated[
        Whole | None,
        Field(description="As the process of its kind says: for WGB 12 or 18, by default 12."),
    ] = None
    work_question_asked_on: Annotated[
        Day | None,
        Field(description="When work was asked about; by default from the work questions."),
    ] = None
    previous_trajectory_id: Annotated[
        Id | None, Field(description="The one before in a chain; nothing is taken along by it.")
    ] = None
    returning: Annotated[
        bool,
        Field(
            description="Back from the aftercare of the one before, of this kind: no new intake."
        ),
    ] = False

    @model_validator(mode="after")
    def one_client(self) -> Self:
        if (self.client_id is None) is (self.new_client is None):
            raise refuse("wrong_combination", "Give either clientId or newClient.")
        if self.returning and self.previous_trajectory_id is None:
            raise refuse("wrong_combination", "Name the trajectory that the client returns from.")
        return self


class ClockOut(Out):
    """The months of this trajectory; pauses do not move the end, the other date stands beside."""

    basis: ClockBasis
    starts_on: Day
    ends_on: Day | None
    reviews_on: list[Day]
    days_paused: int
    ends_on_with_pauses: Day | None


class TrajectoryOut(Disclosed, category=Category.STATUS):
    """A trajectory as far as this viewer may know."""

    id: Annotated[UUID, Category.EXISTENCE]
    client_id: Annotated[UUID, Category.EXISTENCE]
    registered_by: Annotated[UUID, Category.EXISTENCE]
    recorded_at: Annotated[Moment, Category.EXISTENCE]
    given_name: Annotated[str | None, Category.IDENTITY] = None
    family_name: Annotated[str | None, Category.IDENTITY] = None
    birth_date: Annotated[Day | None, Category.IDENTITY] = None
    kind: Kind | None = None
    variant: Variant | None = None
    legal_frame: LegalFrame | None = None
    funding: Funding | None = None
    duration_months: int | None = None
    voluntary: bool | None = None
    responsible_organisation_id: UUID | None = None
    responsible_from: Moment | None = None
    responsible_until: Moment | None = None
    phase: Phase | None = None
    phase_since: Day | None = None
    paused: bool | None = None
    clock: ClockOut | None = None
    approved_on: Day | None = None
    program_entered_on: Day | None = None
    funded_until: Day | None = None
    support_until: Annotated[
        Day | None, Field(description="Apart from the funding; null: as long as it is wished.")
    ] = None
    withheld: list[str]


class StepOut(Out):
    """One step: how it stands, who acts, what is recorded in it, and what it still lacks."""

    name: str
    state: State
    since: Day | None
    acts: list[str]
    records: list[str]
    lacks: list[str]


class StepsOut(Disclosed, category=Category.STATUS):
    """Where the process stands for this viewer, and which transitions they can make now."""

    id: Annotated[UUID, Category.EXISTENCE]
    phase: Phase | None = None
    phase_since: Day | None = None
    paused: bool | None = None
    steps: list[StepOut] | None = None
    possible_transitions: list[str] | None = None
    withheld: list[str]


class TransitionIn(In):
    """A step that has no record of its own."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"to": "uwv_medical_talk", "on": "2025-02-18"},
                {"to": "ended", "on": "2026-04-03", "reason": "goal_reached"},
            ]
        }
    )
    to: Move
    on: Day
    reason: Annotated[EndReason | None, Field(description="Only with `ended`.")] = None
    successor_kind: Annotated[
        Kind | None, Field(description="Only with `moved_to_other_trajectory`.")
    ] = None
    until: Annotated[Day | None, Field(description="Only with `support_agreed`.")] = None
    outcome: Annotated[
        Outcome | None, Field(description="Only with `reviewed` and `concluded`, and needed there.")
    ] = None
    absent_party: Annotated[Seat | None, Field(description="Only with `absence_accepted`.")] = None


class PreviousOut(Disclosed, category=Category.STATUS):
    """The trajectory before this one in a chain."""

    id: UUID
    trajectory_id: UUID
    previous_trajectory_id: UUID
    recorded_at: Moment
    withheld: list[str]


class TransitionOut(Disclosed, category=Category.STATUS):
    """A moment that was reached; `detail` is a code and coarse where a funder may read it."""

    id: UUID
    milestone: Milestone
    occurred_on: Day
    detail: str | None
    author_role: Annotated[
        Role | None, Field(description="Empty where the role would tell more than the milestone.")
    ]
    recorded_at: Moment
    withheld: list[str]
