"""The OAD process: work-like day activity between Wmo and Participation Act (domain, B3).

An integral plan after orientation, guidance on goals, the right place: to grow or to stay steady.
"""

from app.domain.trajectory.rules.kinds import ClockBasis, Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move, Outcome
from app.domain.trajectory.rules.processes.opening import (
    ACCEPTING,
    BEGAN,
    ENDED,
    ENDING,
    OPENING,
    OPENING_PHASES,
    once,
)
from app.domain.trajectory.rules.roles import AUTHORITY, CLIENT, COACHES
from app.domain.trajectory.rules.steps import ClockRule, Process, Rule, Step
from app.domain.trajectory.rules.words import Need, Phase, StepName

M = Milestone
SHORTEST, LONGEST = 6, 12
NEXT_STEPS = frozenset(
    {Outcome.PAID_WORK, Outcome.VOLUNTEERING, Outcome.DAY_ACTIVITY, Outcome.OTHER_TRAJECTORY}
)
"""The highest feasible next step; none of them is a failure."""
PROCESS = Process(
    kind=Kind.OAD,
    steps=(
        *OPENING,
        Step(
            StepName.INTRODUCTION_TALKS,
            COACHES | CLIENT,
            ("contacts",),
            needs=(Need.COACH_LINKED,),
            done_by=(M.INTRODUCTION_TALK,),
        ),
        Step(
            StepName.INTEGRAL_PLAN,
            COACHES | CLIENT,
            ("action-plans",),
            needs=(Need.INTRODUCED,),
            entered_by=M.PLAN_REFINED,
            by_plan=True,
            fixed=True,
        ),
        Step(
            StepName.ACTIVE,
            COACHES | CLIENT,
            ("day-activities", "contacts", "progress-reports", "ladder-measurements"),
            needs=(Need.INTRODUCED, Need.PLAN_AGREED),
            entered_by=M.ACTIVATED,
            done_by=(M.CONCLUDED,),
            fixed=True,
        ),
        Step(
            StepName.CONCLUSION,
            AUTHORITY | CLIENT,
            ("transitions",),
            needs=(Need.ACTIVATED,),
            done_by=(M.CONCLUDED,),
            fixed=True,
        ),
        ENDED,
    ),
    phases=(
        *OPENING_PHASES,
        (M.INTRODUCTION_TALK, Phase.INTRODUCTION),
        (M.PLAN_REFINED, Phase.PLANNING),
        (M.ACTIVATED, Phase.ACTIVE),
        (M.CONCLUDED, Phase.CONCLUSION),
        (M.ENDED, Phase.ENDED),
    ),
    moves={
        **ACCEPTING,
        **once(Move.ACTIVATED, COACHES, Need.INTRODUCED, Need.PLAN_AGREED),
        Move.CONCLUDED: Rule(
            AUTHORITY, (Need.ACTIVATED,), closed_by=(M.CONCLUDED,), outcomes=NEXT_STEPS
        ),
        **ENDING,
    },
    clock=ClockRule(ClockBasis.ACTIVATION, begins=M.ACTIVATED),
    months=tuple(range(SHORTEST, LONGEST + 1)),
    began=BEGAN,
    looked_back=Need.CONCLUDED,
)
"""Six months on average, at most twelve (P-oad-wsd)."""
