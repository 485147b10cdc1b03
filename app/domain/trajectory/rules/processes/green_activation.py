"""Green form 1: activation and work-like day activity; staying is a valid outcome (domain, B4)."""

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
from app.domain.trajectory.rules.steps import ClockRule, Process, Rule, Step, Talk
from app.domain.trajectory.rules.words import Need, Phase, Seat, StepName

M = Milestone
OUTCOMES = frozenset({Outcome.STAYS, Outcome.TRAINING, Outcome.OTHER_TRAJECTORY, Outcome.STOPS})
PROCESS = Process(
    kind=Kind.GREEN_ACTIVATION,
    steps=(
        *OPENING,
        Step(
            StepName.START_CONVERSATION,
            AUTHORITY | COACHES | CLIENT,
            ("start-conversations",),
            needs=(Need.CONSENTS_IN_PLACE, Need.PARTIES_TAKE_PART),
            entered_by=M.START_CONVERSATION,
            done_by=(M.START_CONVERSATION_CONFIRMED,),
        ),
        Step(
            StepName.TRY_OUT,
            COACHES | CLIENT,
            ("contacts",),
            needs=(Need.COACH_LINKED,),
            entered_by=M.TRY_OUT_STARTED,
            done_by=(M.ACTIVATED,),
        ),
        Step(
            StepName.ACTIVE,
            COACHES | CLIENT,
            ("day-activities", "contacts", "ladder-measurements", "wellbeing"),
            needs=(Need.COACH_LINKED, Need.TRIED_OUT),
            entered_by=M.ACTIVATED,
            fixed=True,
        ),
        Step(
            StepName.REVIEW,
            AUTHORITY | COACHES | CLIENT,
            ("start-conversations", "transitions"),
            needs=(Need.ACTIVATED,),
            done_by=(M.REVIEWED,),
            fixed=True,
        ),
        ENDED,
    ),
    phases=(
        *OPENING_PHASES,
        (M.START_CONVERSATION, Phase.START_CONVERSATION),
        (M.TRY_OUT_STARTED, Phase.TRY_OUT),
        (M.ACTIVATED, Phase.ACTIVE),
        (M.ENDED, Phase.ENDED),
    ),
    moves={
        **ACCEPTING,
        Move.ABSENCE_ACCEPTED: Rule(CLIENT, closed_by=(M.START_CONVERSATION_CONFIRMED,)),
        **once(Move.TRY_OUT_STARTED, COACHES, Need.COACH_LINKED),
        **once(Move.ACTIVATED, COACHES, Need.COACH_LINKED, Need.TRIED_OUT),
        Move.REVIEWED: Rule(AUTHORITY | COACHES, (Need.ACTIVATED,), outcomes=OUTCOMES),
        **ENDING,
    },
    clock=ClockRule(ClockBasis.ACTIVATION, begins=M.ACTIVATED, ends=False),
    talk=Talk("three_way", frozenset({Seat.CLIENT, Seat.AUTHORITY, Seat.COACH})),
    began=BEGAN,
    looked_back=Need.REVIEWED,
)
"""No duration is given, so none is counted; a review ends nothing, whatever its outcome."""
