"""How each step of a trajectory stands: done, current, possible, waiting or not applicable."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.needs import Need, lacking
from app.domain.trajectory.rules.standing import Seat, Standing
from app.domain.trajectory.rules.wgb import STEPS, Step, StepName


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


def acting(roles: frozenset[Role], variant: Variant | None) -> frozenset[Role]:
    """Who acts, with the right body in the seat of the authority once that is known."""
    if variant is Variant.UWV:
        return roles - {Role.MUNICIPAL_CASE_MANAGER}
    uwv = {Role.LABOUR_EXPERT, Role.INSURANCE_PHYSICIAN}
    return roles - uwv if variant is Variant.MUNICIPAL else roles


def state_of(step: Step, standing: Standing) -> StepState:
    """How this step stands. A step that was not done when the trajectory ended needs no doing."""
    acts = acting(step.acts, standing.variant)
    here = StepState(step.name, State.NOT_APPLICABLE, acts, step.records)
    if step.only is not None and standing.variant not in {None, step.only}:
        return here
    done = _done_on(step, standing)
    if done is not None:
        return StepState(step.name, State.DONE, acts, step.records, since=done)
    if standing.has(Milestone.ENDED):
        return here
    entered = None if step.entered_by is None else standing.since(step.entered_by)
    if entered is not None:
        return StepState(step.name, State.CURRENT, acts, step.records, since=entered)
    lacks = lacking(step.needs, standing)
    state = State.WAITING if lacks else State.POSSIBLE
    return StepState(step.name, state, acts, step.records, lacks=lacks)


def _done_on(step: Step, standing: Standing) -> date | None:
    if step.name is StepName.PLAN_REFINED:
        return standing.plan_agreed_on
    days = [day for day in map(standing.since, step.done_by) if day is not None]
    return min(days, default=None)


def states(standing: Standing) -> list[StepState]:
    """Every step of the process, in the order of the source."""
    return [state_of(step, standing) for step in STEPS]


def start_conversation_lacks(standing: Standing, present: frozenset[Seat]) -> tuple[str, ...]:
    """What the hard join lacks on the day itself: the set of needs, and everyone in the room.

    A party that is not there may be absent if the client accepted that beforehand.
    """
    step = next(step for step in STEPS if step.name is StepName.START_CONVERSATION)
    needs = tuple(need for need in step.needs if need is not Need.PARTIES_TAKE_PART)
    missing = set(Seat) - present - standing.absent
    absent = ("all_present",) if missing else ()
    return (*(need.value for need in lacking(needs, standing)), *absent)
