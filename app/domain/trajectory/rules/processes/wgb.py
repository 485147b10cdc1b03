"""The WGB process: steps, who acts, what is recorded, and preconditions as a set.

Source: domain, B1; B1m for the municipality in UWV's seat. The preparation by the psychologist
runs beside the talks at UWV and the plan; only the start conversation waits for all of them.
"""

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import DURATIONS, ClockBasis, Kind, Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.processes.opening import ACCEPTANCE, ACCEPTING, ENDING
from app.domain.trajectory.rules.roles import AUTHORITY, CLIENT, CLINICIAN, COACHES
from app.domain.trajectory.rules.steps import ClockRule, Process, Rule, Step, Talk
from app.domain.trajectory.rules.words import Need, Phase, Seat, StepName

M = Milestone
_FOUR = AUTHORITY | COACHES | CLIENT | CLINICIAN
_STEPS = (
    Step(
        StepName.WORK_QUESTION,
        frozenset({Role.CLINICIAN}),
        ("work-questions",),
        done_by=(M.WORK_QUESTION_ASKED,),
        fixed=True,
    ),
    Step(
        StepName.REFERRAL,
        frozenset({Role.CLINICIAN, Role.CLIENT}),
        ("consents", "referrals"),
        needs=(Need.WORK_QUESTION_ASKED, Need.CONSENT_TO_REFER),
        done_by=(M.REFERRED,),
        fixed=True,
    ),
    ACCEPTANCE,
    Step(
        StepName.UWV_MEDICAL_TALK,
        frozenset({Role.INSURANCE_PHYSICIAN, Role.LABOUR_EXPERT, Role.CLIENT}),
        ("insurance-physician-notes", "work-capacity"),
        needs=(Need.REFERRAL_ACCEPTED,),
        entered_by=M.UWV_MEDICAL_TALK,
        done_by=(M.CONDITIONS_RELEASED,),
        only=Variant.UWV,
    ),
    Step(
        StepName.WORK_TALK,
        AUTHORITY | {Role.CLIENT},
        ("work-history", "action-plans", "ladder-measurements"),
        needs=(Need.REFERRAL_ACCEPTED, Need.MEDICAL_TALK_HELD, Need.CONDITIONS_RELEASED),
        done_by=(M.WORK_TALK,),
    ),
    Step(
        StepName.ASSIGNMENT,
        AUTHORITY | COACHES,
        ("participants",),
        needs=(Need.REFERRAL_ACCEPTED,),
        entered_by=M.COACH_LINKED,
        done_by=(M.ASSIGNMENT_ACCEPTED, M.PLAN_REFINED),
    ),
    Step(
        StepName.PLAN_REFINED,
        COACHES | {Role.CLIENT},
        ("action-plans",),
        needs=(Need.COACH_LINKED,),
        entered_by=M.PLAN_REFINED,
        by_plan=True,
        fixed=True,
    ),
    Step(
        StepName.PSYCHOLOGICAL_ANAMNESIS,
        frozenset({Role.PSYCHOLOGIST, Role.CLIENT}),
        ("psychological-anamneses", "work-advice"),
        needs=(Need.REFERRED,),
        done_by=(M.PREPARATION_DONE,),
    ),
    Step(
        StepName.START_CONVERSATION,
        _FOUR,
        ("start-conversations",),
        needs=(
            Need.WORK_TALK_HELD,
            Need.PLAN_AGREED,
            Need.PREPARATION_DONE,
            Need.CONSENTS_IN_PLACE,
            Need.PARTIES_TAKE_PART,
        ),
        entered_by=M.START_CONVERSATION,
        done_by=(M.START_CONVERSATION_CONFIRMED,),
        fixed=True,
    ),
    Step(
        StepName.ACTIVE,
        COACHES | {Role.CLINICIAN, Role.CLIENT},
        ("contacts", "feedback", "ladder-measurements", "action-plans"),
        needs=(Need.MINUTES_CONFIRMED,),
        entered_by=M.START_CONVERSATION_CONFIRMED,
        done_by=(M.FINAL_REVIEW,),
    ),
    Step(
        StepName.PLACEMENT,
        COACHES | {Role.CLIENT},
        ("placements",),
        needs=(Need.MINUTES_CONFIRMED,),
        entered_by=M.PLACEMENT_STARTED,
    ),
    Step(
        StepName.FINAL_REVIEW,
        _FOUR,
        ("start-conversations", "ladder-measurements"),
        needs=(Need.MINUTES_CONFIRMED,),
        done_by=(M.FINAL_REVIEW,),
    ),
    Step(
        StepName.ENDED,
        AUTHORITY | {Role.CLINICIAN, Role.CLIENT},
        ("transitions",),
        done_by=(M.ENDED,),
        fixed=True,
    ),
)
_MOVES = {
    Move.WORK_QUESTION_ASKED: Rule(CLINICIAN, closed_by=(M.WORK_QUESTION_ASKED,)),
    Move.WORK_QUESTION_REFUSED: Rule(
        CLINICIAN | CLIENT, (Need.WORK_QUESTION_ASKED,), closed_by=(M.REFERRED,)
    ),
    Move.UWV_MEDICAL_TALK: Rule(
        frozenset({Role.INSURANCE_PHYSICIAN, Role.LABOUR_EXPERT}),
        (Need.REFERRAL_ACCEPTED,),
        closed_by=(M.UWV_MEDICAL_TALK,),
        only=Variant.UWV,
    ),
    Move.WORK_TALK: Rule(
        AUTHORITY,
        (Need.REFERRAL_ACCEPTED, Need.MEDICAL_TALK_HELD, Need.CONDITIONS_RELEASED),
        closed_by=(M.WORK_TALK,),
    ),
    **ACCEPTING,
    Move.ANAMNESIS_DECLINED: Rule(CLIENT, closed_by=(M.PREPARATION_DONE, M.START_CONVERSATION)),
    Move.ABSENCE_ACCEPTED: Rule(CLIENT, closed_by=(M.START_CONVERSATION_CONFIRMED,)),
    Move.EXTENDED: Rule(AUTHORITY, (Need.MINUTES_CONFIRMED,), closed_by=(M.EXTENDED,)),
    **ENDING,
}
PROCESS = Process(
    kind=Kind.WGB,
    steps=_STEPS,
    phases=(
        (M.WORK_QUESTION_ASKED, Phase.INTAKE),
        (M.REFERRED, Phase.REFERRED),
        (M.REFERRAL_ACCEPTED, Phase.ACCEPTED),
        (M.UWV_MEDICAL_TALK, Phase.MEDICAL_TALK),
        (M.WORK_TALK, Phase.WORK_TALK),
        (M.COACH_LINKED, Phase.COACH_LINKED),
        (M.PLAN_REFINED, Phase.PLANNING),
        (M.START_CONVERSATION, Phase.START_CONVERSATION),
        (M.START_CONVERSATION_CONFIRMED, Phase.ACTIVE),
        (M.FINAL_REVIEW, Phase.FINAL_REVIEW),
        (M.ENDED, Phase.ENDED),
    ),
    moves=_MOVES,
    clock=ClockRule(
        ClockBasis.START_CONVERSATION,
        begins=M.START_CONVERSATION,
        confirmed=M.START_CONVERSATION_CONFIRMED,
        reviews=DURATIONS,
    ),
    months=DURATIONS,
    talk=Talk("four_party", frozenset(Seat)),
)
