"""How the process looks to a role that may not know everything of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.access.vocabulary import FUNDERS, Role
from app.domain.trajectory.rules.milestones import Milestone, audience_of
from app.domain.trajectory.rules.process import State, StepState
from app.domain.trajectory.rules.roles import AUTHORITY, COACHES
from app.domain.trajectory.rules.words import Need, StepName

WAITS = "waits_for_another_party"
"""What a funder reads instead of what is lacking elsewhere."""

COARSE_VIEW = FUNDERS | {Role.SUPERVISOR, Role.SUPPORTER, Role.JOB_COACH}
_WHO_FILLS: dict[Need, frozenset[Role]] = {
    Need.REFERRED: frozenset(),
    Need.REFERRAL_ACCEPTED: AUTHORITY,
    Need.MEDICAL_TALK_HELD: frozenset({Role.INSURANCE_PHYSICIAN, Role.LABOUR_EXPERT}),
    Need.CONDITIONS_RELEASED: frozenset({Role.INSURANCE_PHYSICIAN}),
    Need.WORK_TALK_HELD: AUTHORITY,
    Need.COACH_LINKED: AUTHORITY,
    Need.PARTIES_TAKE_PART: AUTHORITY,
    Need.START_CONVERSATION_HELD: AUTHORITY | COACHES,
    Need.APPLICATION_APPROVED: AUTHORITY,
    Need.CONCLUDED: AUTHORITY,
    Need.VACANCY_FOUND: AUTHORITY,
    Need.REVIEWED: AUTHORITY,
}


@dataclass(frozen=True)
class StepView:
    """One step for the eyes of one role."""

    name: str
    state: State
    since: date | None
    acts: tuple[str, ...]
    records: tuple[str, ...]
    lacks: tuple[str, ...]


def seen_by(role: Role, steps: Iterable[StepState]) -> list[StepView]:
    """The steps that this role may know of; the insurance physician's are his own (gate 31)."""
    return [_view(role, step) for step in steps if _known_to(role, step)]


def _known_to(role: Role, step: StepState) -> bool:
    if role is Role.INSURANCE_PHYSICIAN:
        return role in step.acts
    return all(role.value in audience_of(mark) for mark in step.marks)


def _view(role: Role, step: StepState) -> StepView:
    name, acts, records = step.name, step.acts, step.records
    knows = role.value in audience_of(Milestone.PSYCHOLOGICAL_ANAMNESIS)
    if name is StepName.PSYCHOLOGICAL_ANAMNESIS and not knows:
        name, acts, records = StepName.PREPARATION, frozenset({Role.CLINICIAN}), ()
    return StepView(
        name=name.value,
        state=step.state,
        since=step.since,
        acts=tuple(sorted(acts)),
        records=records,
        lacks=lacks_for(role, step.lacks),
    )


def lacks_for(role: Role, lacks: Iterable[Need]) -> tuple[str, ...]:
    """By name for the parties of care and coaching; coarse for whoever pays or only looks on."""
    if role not in COARSE_VIEW:
        return tuple(need.value for need in lacks)
    named = [need.value if role in _WHO_FILLS.get(need, ()) else WAITS for need in lacks]
    return tuple(dict.fromkeys(named))
