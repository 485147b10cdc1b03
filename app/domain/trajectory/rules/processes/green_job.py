"""Green form 2: by vacancy, trial and a contract of some months to paid work (domain, B4)."""

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
from app.domain.trajectory.rules.roles import AUTHORITY, CLIENT, COACHES
from app.domain.trajectory.rules.steps import ClockRule, Process, Step
from app.domain.trajectory.rules.words import Need, Phase, StepName

M = Milestone
PROCESS = Process(
    kind=Kind.GREEN_JOB,
    steps=(
        *OPENING,
        Step(
            StepName.VACANCY,
            AUTHORITY | COACHES,
            ("transitions",),
            needs=(Need.REFERRAL_ACCEPTED,),
            done_by=(M.VACANCY_FOUND,),
        ),
        Step(
            StepName.SELECTION,
            COACHES | CLIENT,
            ("transitions",),
            needs=(Need.REFERRAL_ACCEPTED, Need.VACANCY_FOUND),
            done_by=(M.SELECTED,),
        ),
        Step(
            StepName.TRIAL,
            COACHES | CLIENT,
            ("placements",),
            needs=(Need.REFERRAL_ACCEPTED, Need.SELECTED),
            entered_by=M.TRIAL_STARTED,
            done_by=(M.CONTRACT_MADE,),
        ),
        Step(
            StepName.CONTRACT,
            COACHES | CLIENT,
            ("green-contracts",),
            needs=(Need.REFERRAL_ACCEPTED, Need.TRIAL_STARTED),
            done_by=(M.CONTRACT_MADE,),
            fixed=True,
        ),
        Step(
            StepName.ACTIVE,
            COACHES | CLIENT,
            ("day-activities", "contacts", "ladder-measurements", "wellbeing"),
            needs=(Need.CONTRACT_MADE,),
            entered_by=M.CONTRACT_MADE,
            done_by=(M.PAID_JOB_STARTED,),
            fixed=True,
        ),
        Step(
            StepName.EXTRA_SKILLS,
            COACHES | CLIENT,
            ("day-activities", "transitions"),
            needs=(Need.CONTRACT_MADE,),
            done_by=(M.EXTRA_SKILLS,),
        ),
        Step(
            StepName.PAID_JOB,
            COACHES | CLIENT,
            ("placements",),
            needs=(Need.CONTRACT_MADE,),
            entered_by=M.PAID_JOB_STARTED,
            fixed=True,
        ),
        ENDED,
    ),
    phases=(
        *OPENING_PHASES,
        (M.VACANCY_FOUND, Phase.VACANCY),
        (M.SELECTED, Phase.SELECTED),
        (M.TRIAL_STARTED, Phase.TRIAL),
        (M.CONTRACT_MADE, Phase.ACTIVE),
        (M.PAID_JOB_STARTED, Phase.PAID_JOB),
        (M.ENDED, Phase.ENDED),
    ),
    moves={
        **ACCEPTING,
        **once(Move.VACANCY_FOUND, AUTHORITY | COACHES, Need.REFERRAL_ACCEPTED),
        **once(Move.SELECTED, COACHES, Need.REFERRAL_ACCEPTED, Need.VACANCY_FOUND),
        **once(Move.EXTRA_SKILLS, COACHES, Need.CONTRACT_MADE),
        **ENDING,
    },
    clock=ClockRule(ClockBasis.CONTRACT, begins=M.CONTRACT_MADE, ends=False),
    began=BEGAN,
    placements={
        "trial": M.TRIAL_STARTED,
        **dict.fromkeys(("supported_paid", "regular_paid", "self_employment"), M.PAID_JOB_STARTED),
    },
    looked_back=Need.PAID_JOB_STARTED,
)
"""The months are those of the contract, 6 to 12, and stand there."""
