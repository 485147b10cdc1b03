"""What a placement can be, how long a trial may last, and what is told of its end; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.vocabulary import FUNDERS, Role
from app.domain.trajectory.rules.clock import add_months
from app.domain.trajectory.rules.kinds import Variant


class PlacementKind(StrEnum):
    WORK_EXPERIENCE = "work_experience"
    TRIAL = "trial"
    PARTICIPATION_PLACE = "participation_place"
    VOLUNTEERING = "volunteering"
    EDUCATION = "education"
    SHELTERED = "sheltered"
    LEARNING_WORKING = "learning_working"
    SUPPORTED_PAID = "supported_paid"
    REGULAR_PAID = "regular_paid"
    PEER_SUPPORT_JOB = "peer_support_job"
    SELF_EMPLOYMENT = "self_employment"


JOBS = frozenset(
    {
        PlacementKind.SHELTERED,
        PlacementKind.SUPPORTED_PAID,
        PlacementKind.REGULAR_PAID,
        PlacementKind.PEER_SUPPORT_JOB,
        PlacementKind.SELF_EMPLOYMENT,
    }
)
"""Paid work: of these the weeks in work and the gaps between are counted."""


class JobCoach(StrEnum):
    """Whether someone coaches on the job, and in whose service."""

    NONE = "none"
    INTERNAL = "internal"
    EXTERNAL = "external"


class EndReason(StrEnum):
    """No word of blame, and none of health: that is no matter of a placement."""

    GOAL_REACHED = "goal_reached"
    CONTRACT_ENDED = "contract_ended"
    MOVED_TO_OTHER_WORK = "moved_to_other_work"
    OWN_PACE = "own_pace"
    CLIENT_WISH = "client_wish"
    HARMFUL_WORK = "harmful_work"
    MISMATCH_WORK = "mismatch_work"
    MISMATCH_HOURS = "mismatch_hours"
    EMPLOYER_STOPPED = "employer_stopped"
    OTHER = "other"


_FOR_FUNDERS = frozenset(
    {EndReason.GOAL_REACHED, EndReason.CONTRACT_ENDED, EndReason.MOVED_TO_OTHER_WORK}
)

_COARSE_VIEW = FUNDERS | {Role.SUPERVISOR}
"""A supervisor may work for a funder."""


def reason_for(role: Role, reason: str | None) -> EndReason | None:
    """What this role learns: a funder only what concerns the provision, else `other`."""
    if reason is None:
        return None
    told = EndReason(reason)
    return EndReason.OTHER if role in _COARSE_VIEW and told not in _FOR_FUNDERS else told


@dataclass(frozen=True)
class Trial:
    """Work with benefit kept, to see whether it fits; the intent is a contract of some months."""

    months: int
    exceptionally_long: bool
    intent_months: int
    intent_same_hours: bool


LONGEST_TRIAL = {Variant.UWV: 2, Variant.MUNICIPAL: 3}
"""Months: UWV's rule, and Participation Act 10d(3) for unpaid work at a municipality."""
LONGEST_PARTICIPATION_PLACE = 24
"""Months: Participation Act 10a; what the municipality adds to it is a placement of its own."""
LONGEST_BY_EXCEPTION = 6
LEAST_INTENT = 6

Wrong = tuple[str, str, str]
"""Pointer, code and words of one fault."""


def faults_of_trial(
    kind: PlacementKind,
    trial: Trial | None,
    starts_on: date,
    planned_end_on: date | None,
    variant: Variant | None,
) -> Iterator[Wrong]:
    """What is wrong with the trial, all at once; without a known body UWV's rule holds."""
    if (kind is PlacementKind.TRIAL) != (trial is not None):
        yield "#/trial", "wrong_combination", "A trial placement, and no other, tells its terms."
    if trial is None:
        return
    longest = LONGEST_TRIAL[variant or Variant.UWV]
    if trial.exceptionally_long and variant is not Variant.MUNICIPAL:
        longest = LONGEST_BY_EXCEPTION
    if trial.months > longest:
        yield "#/trial/months", "too_long", f"A trial lasts at most {longest} months here."
    if variant is not Variant.MUNICIPAL:
        if trial.intent_months < LEAST_INTENT:
            text = f"The intent is a contract of at least {LEAST_INTENT} months."
            yield "#/trial/intentMonths", "too_short", text
        if not trial.intent_same_hours:
            text = "The intended contract has at least the hours of the trial."
            yield "#/trial/intentSameHours", "too_few", text
    if planned_end_on is None or planned_end_on > add_months(starts_on, trial.months):
        text = "A trial has a planned end within its months."
        yield "#/plannedEndOn", "out_of_range", text


def faults_of_participation_place(
    kind: PlacementKind, starts_on: date, planned_end_on: date | None, variant: Variant | None
) -> Iterator[Wrong]:
    """Work with benefit kept for up to two years, which only a municipality can offer."""
    if kind is not PlacementKind.PARTICIPATION_PLACE:
        return
    if variant is not Variant.MUNICIPAL:
        text = "Only a municipality that is responsible offers a participation place."
        yield "#/kind", "not_allowed_value", text
    if planned_end_on is None or planned_end_on > add_months(
        starts_on, LONGEST_PARTICIPATION_PLACE
    ):
        text = "A participation place has a planned end within two years."
        yield "#/plannedEndOn", "out_of_range", text


def faults_of_period(starts_on: date, planned_end_on: date | None) -> Iterator[Wrong]:
    if planned_end_on is not None and planned_end_on < starts_on:
        yield "#/plannedEndOn", "out_of_range", "The planned end is not before the start."


def days_between(starts_on: date, end: date | None) -> int | None:
    """Days of a half-open period: the day of the end is not counted."""
    return None if end is None else (end - starts_on).days
