"""How each step of a trajectory stands: done, current, possible, waiting or not applicable."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.needs import lacking
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.rules.steps import Step
from app.domain.trajectory.rules.words import Need, Seat, StepName


class State(StrEnum):
    DONE = "done"
    CURRENT = "current"
    POSSIBLE = "possible"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class StepState:
    """One step as it stands; `lacks` only while it waits."""

    name: StepName
    state: State
    acts: frozenset[Role]
    records: tuple[str, ...]
    since: date | None = None
    lacks: tuple[Need, ...] = ()
    marks: tuple[Milestone, ...] = ()


def acting(roles: frozenset[Role], variant: Variant | None) -> frozenset[Role]:
    """Who acts, with the right body in the seat of the authority once that is known."""
    if variant is Variant.UWV:
        return roles - {Role.MUNICIPAL_CASE_MANAGER}
    uwv = {Role.LABOUR_EXPERT, Role.INSURANCE_PHYSICIAN}
    return roles - uwv if variant is Variant.MUNICIPAL else roles


def state_of(step: Step, standing: Standing) -> StepState:
    """How this step stands. A step that was not done when the trajectory ended needs no doing."""
    state, since, lacks = _stands(step, standing)
    acts = acting(step.acts, standing.variant)
    return StepState(step.name, state, acts, step.records, since, lacks, step.marks)


def _stands(step: Step, standing: Standing) -> tuple[State, date | None, tuple[Need, ...]]:
    if step.only is not None and standing.variant not in {None, step.only}:
        return State.NOT_APPLICABLE, None, ()
    done = _done_on(step, standing)
    if done is not None:
        return State.DONE, done, ()
    if standing.has(Milestone.ENDED):
        return State.NOT_APPLICABLE, None, ()
    entered = None if step.entered_by is None else standing.since(step.entered_by)
    if entered is not None:
        return State.CURRENT, entered, ()
    lacks = lacking(step.needs, standing)
    return State.WAITING if lacks else State.POSSIBLE, None, lacks


def _done_on(step: Step, standing: Standing) -> date | None:
    if step.by_plan:
        return standing.plan_agreed_on
    days = [day for day in map(standing.since, step.done_by) if day is not None]
    return min(days, default=None)


def states(standing: Standing) -> list[StepState]:
    """Every step of the process, in the order of the source."""
    return [state_of(step, standing) for step in standing.process.steps]


def start_conversation_lacks(standing: Standing, present: frozenset[Seat]) -> tuple[str, ...]:
    """What the hard join lacks on the day itself: the set of needs, and everyone in the room.

    A party that is not there may be absent if the client accepted that beforehand.
    """
    step = standing.process.step(StepName.START_CONVERSATION)
    if step is None:
        return ()
    needs = tuple(need for need in step.needs if need is not Need.PARTIES_TAKE_PART)
    missing = standing.seats - present - standing.absent
    absent = ("all_present",) if missing else ()
    return (*(need.value for need in lacking(needs, standing)), *absent)


def lacks_before(milestone: Milestone, standing: Standing) -> tuple[Need, ...]:
    """What a record by which this moment is reached still waits for; none: it can be made.

    The same needs as those of the steps that it marks.
    """
    steps = [step for step in standing.process.steps if milestone in step.marks]
    needs = dict.fromkeys(need for step in steps for need in step.needs)
    return lacking(tuple(need for need in needs if need.milestone is not milestone), standing)
