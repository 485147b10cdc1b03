"""What a process is made of: steps, what each waits for, and who may move it on; only words.

Each kind of trajectory is one such definition in `processes/`; nothing here looks at a course.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import ClockBasis, Kind, Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move, Outcome
from app.domain.trajectory.rules.words import Need, Phase, Seat, StepName


@dataclass(frozen=True)
class Step:
    """`entered_by` begins it, any of `done_by` completes it; many begin and end at one moment.

    `by_plan`: it is done when the client agreed to the plan as it stands. `fixed`: no region
    leaves it out, for consent, a task by law or the end hangs on it.
    """

    name: StepName
    acts: frozenset[Role]
    records: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    done_by: tuple[Milestone, ...] = ()
    entered_by: Milestone | None = None
    only: Variant | None = None
    by_plan: bool = False
    fixed: bool = False

    @property
    def marks(self) -> tuple[Milestone, ...]:
        """The moments by which it is known that the step was taken."""
        return self.done_by if self.entered_by is None else (*self.done_by, self.entered_by)


@dataclass(frozen=True)
class Rule:
    """A move: who, what first, and after which milestones it makes no sense any more."""

    roles: frozenset[Role]
    needs: tuple[Need, ...] = ()
    closed_by: tuple[Milestone, ...] = ()
    only: Variant | None = None
    after_end: bool = False
    outcomes: frozenset[Outcome] = frozenset()


@dataclass(frozen=True)
class ClockRule:
    """From which day the months count, once `confirmed`; `ends`: whether they end at all."""

    basis: ClockBasis
    begins: Milestone
    confirmed: Milestone | None = None
    ends: bool = True
    reviews: tuple[int, ...] = ()


@dataclass(frozen=True)
class Talk:
    """The conversation on which a process is built: its kind, and who sits there."""

    kind: str
    seats: frozenset[Seat]


@dataclass(frozen=True)
class Region:
    """What a region does otherwise: no blueprint (see `practice.csv`)."""

    leaves_out: frozenset[StepName] = frozenset()
    three_way: bool = False


NOWHERE = Region()
"""As the source has it."""
THREE_WAY = Talk("three_way", frozenset({Seat.CLIENT, Seat.CLINICIAN, Seat.AUTHORITY}))
"""Werkwijze(r): the client, the one who treats and the body talk together (S3:L233-243)."""


@dataclass(frozen=True)
class Process:
    """One kind of trajectory: its steps, phases, moves, clock and talk.

    `months` can be agreed at the start, the first by default; none: nobody counts them.
    `opening`: what a work question asked before the start means here. `began`: written when a
    municipality starts it for its own client. `placements`: what a placement of a kind means here,
    and `placement_ended` when the last of these is over.
    `ends_never_by`: codes of end reasons that the model of this kind does not know; `looked_back`:
    what a reason about the whole course waits for.
    """

    kind: Kind
    steps: tuple[Step, ...]
    phases: tuple[tuple[Milestone, Phase], ...]
    moves: Mapping[Move, Rule]
    clock: ClockRule
    months: tuple[int, ...] = ()
    talk: Talk | None = None
    opening: Milestone | None = Milestone.WORK_QUESTION_ASKED
    began: tuple[Milestone, ...] = ()
    placements: Mapping[str, Milestone] = field(default_factory=dict)
    placement_ended: Milestone | None = None
    ends_never_by: frozenset[str] = frozenset()
    looked_back: Need = Need.FINAL_REVIEW_HELD

    def step(self, name: StepName) -> Step | None:
        return next((step for step in self.steps if step.name is name), None)

    def counts(self, milestone: Milestone) -> bool:
        """Whether a step or a phase of this kind is made of it."""
        return any(milestone in step.marks for step in self.steps)

    def within(self, region: Region) -> "Process":
        """As it goes there: without the steps left out, and without waiting for what they give."""
        out = [s for s in self.steps if s.name in region.leaves_out and not s.fixed]
        gone = {mark for step in out for mark in step.marks}
        kept = [step for step in self.steps if step not in out]
        given = {mark for step in kept for mark in step.marks}
        steps = tuple(replace(s, needs=_without(s.needs, gone - given)) for s in kept)
        moves = {
            move: replace(rule, needs=_without(rule.needs, gone - given))
            for move, rule in self.moves.items()
            if move.milestone not in gone - given
        }
        talk = THREE_WAY if region.three_way and self.talk is not None else self.talk
        return replace(self, steps=steps, moves=moves, talk=talk)


def _without(needs: tuple[Need, ...], gone: set[Milestone]) -> tuple[Need, ...]:
    return tuple(need for need in needs if need.milestone not in gone)
