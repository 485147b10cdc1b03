"""Green form 3: recovery of stress in three phases, from rest to work (domain, B4)."""

from app.domain.trajectory.rules.kinds import ClockBasis, Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.processes.opening import (
    ACCEPTING,
    BEGAN,
    ENDED,
    ENDING,
    OPENING,
    OPENING_PHASES,
    once,
)
from app.domain.trajectory.rules.roles import CLIENT, COACHES
from app.domain.trajectory.rules.steps import ClockRule, Process, Step
from app.domain.trajectory.rules.words import Need, Phase, StepName

M = Milestone


def _phase(name: StepName, need: Need, begins: Milestone, ends: Milestone | None = None) -> Step:
    """A part of the way: it begins on its own day, and is over when the next one begins."""
    return Step(
        name,
        COACHES | CLIENT,
        ("wellbeing", "day-activities", "contacts"),
        needs=(need,),
        entered_by=begins,
        done_by=() if ends is None else (ends,),
        fixed=True,
    )


PROCESS = Process(
    kind=Kind.GREEN_RECOVERY,
    steps=(
        *OPENING,
        _phase(StepName.INTAKE, Need.COACH_LINKED, M.INTAKE_HELD, M.REST_PHASE),
        _phase(StepName.REST_PHASE, Need.INTAKE_HELD, M.REST_PHASE, M.ENERGY_PHASE),
        _phase(StepName.ENERGY_PHASE, Need.RESTED, M.ENERGY_PHASE, M.ORIENTATION_PHASE),
        _phase(StepName.ORIENTATION_PHASE, Need.ENERGY_BUILT, M.ORIENTATION_PHASE, M.BACK_TO_WORK),
        _phase(StepName.BACK_TO_WORK, Need.ORIENTED, M.BACK_TO_WORK),
        ENDED,
    ),
    phases=(
        *OPENING_PHASES,
        (M.INTAKE_HELD, Phase.INTAKE),
        (M.REST_PHASE, Phase.REST),
        (M.ENERGY_PHASE, Phase.ENERGY),
        (M.ORIENTATION_PHASE, Phase.ORIENTATION),
        (M.BACK_TO_WORK, Phase.BACK_TO_WORK),
        (M.ENDED, Phase.ENDED),
    ),
    moves={
        **ACCEPTING,
        **once(Move.INTAKE_HELD, COACHES, Need.COACH_LINKED),
        **once(Move.REST_PHASE, COACHES, Need.INTAKE_HELD),
        **once(Move.ENERGY_PHASE, COACHES, Need.RESTED),
        **once(Move.ORIENTATION_PHASE, COACHES, Need.ENERGY_BUILT),
        **once(Move.BACK_TO_WORK, COACHES, Need.ORIENTED),
        **ENDING,
    },
    clock=ClockRule(ClockBasis.FIRST_PHASE, begins=M.REST_PHASE, ends=False),
    began=BEGAN,
    looked_back=Need.BACK_TO_WORK,
)
"""The phases have days and no norms; whoever needs longer rests longer."""
