"""How trajectories begin and end: alike for those on a municipality's order, in part for all.

A body is asked by referral, or is the municipality that started it for its own client.
"""

from app.access.vocabulary import Role
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.roles import AUTHORITY, CLIENT, CLINICIAN, COACHES
from app.domain.trajectory.rules.steps import Rule, Step
from app.domain.trajectory.rules.words import Need, Phase, StepName

M = Milestone
REFERRAL = Step(
    StepName.REFERRAL,
    CLINICIAN | CLIENT | AUTHORITY,
    ("consents", "referrals"),
    needs=(Need.CONSENT_TO_REFER,),
    done_by=(M.REFERRED,),
    fixed=True,
)
ACCEPTANCE = Step(
    StepName.ACCEPTANCE,
    AUTHORITY,
    ("responsibilities",),
    needs=(Need.REFERRED,),
    done_by=(M.REFERRAL_ACCEPTED,),
    fixed=True,
)
ASSIGNMENT = Step(
    StepName.ASSIGNMENT,
    AUTHORITY | COACHES | CLINICIAN,
    ("participants",),
    entered_by=M.COACH_LINKED,
    done_by=(M.ASSIGNMENT_ACCEPTED,),
    fixed=True,
)
OPENING = (REFERRAL, ACCEPTANCE, ASSIGNMENT)
"""A general provision has no body: nothing later waits for a referral, only for a provider."""
ENDED = Step(
    StepName.ENDED,
    AUTHORITY | COACHES | CLINICIAN | CLIENT,
    ("transitions",),
    done_by=(M.ENDED,),
    fixed=True,
)
OPENING_PHASES = (
    (M.REFERRED, Phase.REFERRED),
    (M.REFERRAL_ACCEPTED, Phase.ACCEPTED),
    (M.COACH_LINKED, Phase.COACH_LINKED),
)
BEGAN = (M.REFERRED, M.REFERRAL_ACCEPTED)
ACCEPTING = {
    Move.ASSIGNMENT_ACCEPTED: Rule(
        COACHES, (Need.COACH_LINKED,), closed_by=(M.ASSIGNMENT_ACCEPTED,)
    )
}
ENDING = {
    Move.AFTERCARE_AGREED: Rule(AUTHORITY | COACHES | CLINICIAN, after_end=True),
    Move.ENDED: Rule(AUTHORITY | COACHES | CLINICIAN | CLIENT),
}


def once(move: Move, by: frozenset[Role], *needs: Need) -> dict[Move, Rule]:
    """A move that is made one time."""
    return {move: Rule(by, needs, closed_by=(move.milestone,))}
