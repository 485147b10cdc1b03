"""What waits for whom: derived from what is there, never entered; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.reporting.rules.reminders import AHEAD
from app.domain.trajectory.rules.clock import Clock, clock_of
from app.domain.trajectory.rules.kinds import Kind, Variant
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import is_paused
from app.domain.trajectory.rules.presentation import StepView, seen_by
from app.domain.trajectory.rules.process import State, states
from app.domain.trajectory.rules.standing import SEATS, Seat, Standing
from app.domain.trajectory.rules.steps import NOWHERE, Region
from app.domain.trajectory.rules.words import StepName

NO_ERRAND = frozenset(
    {StepName.ACTIVE, StepName.PLACEMENT, StepName.FINAL_REVIEW, StepName.ENDED}
    | {StepName.MOTIVATIONAL_TALKS, StepName.JOB_SEARCH, StepName.FOLLOW_ALONG, StepName.TRANSFER}
    | {StepName.TRY_OUT, StepName.REVIEW, StepName.CONCLUSION, StepName.EXTRA_SKILLS}
    | {StepName.REST_PHASE, StepName.ENERGY_PHASE, StepName.ORIENTATION_PHASE}
    | {StepName.PAID_JOB, StepName.BACK_TO_WORK}
)
"""States rather than errands, and the review, which has a line with a date of its own."""
OPEN_NOW = frozenset({State.CURRENT, State.POSSIBLE})


class TaskKind(StrEnum):
    REFERRAL_TO_DECIDE = "referral_to_decide"
    CONSENT_TO_DECIDE = "consent_to_decide"
    INVITATION_TO_ANSWER = "invitation_to_answer"
    QUESTION_TO_ANSWER = "question_to_answer"
    REPORT_TO_READ = "report_to_read"
    STEP_TO_TAKE = "step_to_take"
    REVIEW_TO_HOLD = "review_to_hold"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Errand:
    """A step or a review; `what` is the name that this role knows it by."""

    kind: TaskKind
    what: str
    since: date | None = None
    due_on: date | None = None


def errands(
    role: Role,
    reached: Sequence[Reached],
    variant: Variant | None,
    agreed_months: int | None,
    today: date,
    *,
    kind: Kind = Kind.WGB,
    region: Region = NOWHERE,
) -> Iterator[Errand]:
    """Steps this role can take now, and a review that comes near; nothing while paused.

    Consents and parties count as in place: to arrange them is part of the step.
    """
    if is_paused(reached):
        return
    for step in takeable(role, reached, variant, kind=kind, region=region):
        if role in step.acts:
            yield Errand(TaskKind.STEP_TO_TAKE, step.name, since=step.since)
    clock = clock_of(agreed_months, reached, today, kind)
    if clock is not None and role in SEATS:
        yield from _reviews(clock, reached, today)


def takeable(
    role: Role,
    reached: Sequence[Reached],
    variant: Variant | None,
    *,
    kind: Kind,
    region: Region,
) -> list[StepView]:
    """Steps that can be taken now, by whomever, as this role knows them."""
    standing = Standing(
        reached,
        variant,
        may_refer=True,
        consents_in_place=True,
        taking_part=frozenset(Seat),
        kind=kind,
        region=region,
    )
    found = states(standing)
    return seen_by(role, (s for s in found if s.state in OPEN_NOW and s.name not in NO_ERRAND))


def _reviews(clock: Clock, reached: Sequence[Reached], today: date) -> Iterator[Errand]:
    held = [e.on for e in reached if e.milestone in {Milestone.REVIEW, Milestone.FINAL_REVIEW}]
    if any(event.milestone is Milestone.ENDED for event in reached):
        return
    for day in clock.looked_back_on:
        if day - AHEAD <= today and all(on < day - AHEAD for on in held):
            what = "final_review" if day == clock.ends_on else "review"
            yield Errand(TaskKind.REVIEW_TO_HOLD, what, due_on=day)
