"""The WGB process: steps, who acts, what is recorded, and preconditions as a set.

Source: domain, B1; B1m for the municipality in UWV's seat. The preparation by the psychologist
runs beside the talks at UWV and the plan; only the start conversation waits for all of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.needs import Need

M = Milestone
AUTHORITY = frozenset({Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER})
COACHES = frozenset({Role.REINTEGRATION_COACH, Role.IPS_COACH})
_FOUR = AUTHORITY | COACHES | {Role.CLIENT, Role.CLINICIAN}


class StepName(StrEnum):
    WORK_QUESTION = "work_question"
    REFERRAL = "referral"
    ACCEPTANCE = "acceptance"
    UWV_MEDICAL_TALK = "uwv_medical_talk"
    WORK_TALK = "work_talk"
    ASSIGNMENT = "assignment"
    PLAN_REFINED = "plan_refined"
    PSYCHOLOGICAL_ANAMNESIS = "psychological_anamnesis"
    PREPARATION = "preparation"
    START_CONVERSATION = "start_conversation"
    ACTIVE = "active"
    PLACEMENT = "placement"
    FINAL_REVIEW = "final_review"
    ENDED = "ended"


@dataclass(frozen=True)
class Step:
    """`entered_by` begins it, any of `done_by` completes it; many begin and end at one moment."""

    name: StepName
    acts: frozenset[Role]
    records: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    done_by: tuple[Milestone, ...] = ()
    entered_by: Milestone | None = None
    only: Variant | None = None


STEPS = (
    Step(
        StepName.WORK_QUESTION,
        frozenset({Role.CLINICIAN}),
        ("work-questions",),
        done_by=(M.WORK_QUESTION_ASKED,),
    ),
    Step(
        StepName.REFERRAL,
        frozenset({Role.CLINICIAN, Role.CLIENT}),
        ("consents", "referrals"),
        needs=(Need.WORK_QUESTION_ASKED, Need.CONSENT_TO_REFER),
        done_by=(M.REFERRED,),
    ),
    Step(
        StepName.ACCEPTANCE,
        AUTHORITY,
        ("responsibilities",),
        needs=(Need.REFERRED,),
        done_by=(M.REFERRAL_ACCEPTED,),
    ),
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
    ),
)
