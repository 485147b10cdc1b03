"""The IPS process: first place, then train; paid work, as many jobs as it takes.

Source: domain, B2 and the fidelity scale (D). The only condition is that the client wants to work;
talks, profile and search run beside the treatment. The funding has an end, the support has none.
"""

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import ClockBasis, Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.processes.opening import ACCEPTANCE, ENDED, ENDING, once
from app.domain.trajectory.rules.roles import AUTHORITY, CLIENT, CLINICIAN
from app.domain.trajectory.rules.steps import ClockRule, Process, Rule, Step
from app.domain.trajectory.rules.words import Need, Phase, StepName

M = Milestone
COACH = frozenset({Role.IPS_COACH})
TEAM = CLINICIAN | COACH | {Role.PSYCHOLOGIST}
_TOGETHER = COACH | CLIENT
_STEPS = (
    Step(
        StepName.WORK_WISH,
        TEAM | CLIENT,
        ("work-questions", "transitions"),
        done_by=(M.WORK_WISH_EXPRESSED,),
        fixed=True,
    ),
    Step(
        StepName.MOTIVATIONAL_TALKS,
        CLINICIAN | _TOGETHER,
        ("contacts",),
        needs=(Need.WORK_WISH_EXPRESSED,),
        entered_by=M.MOTIVATIONAL_TALK,
        done_by=(M.APPLIED,),
    ),
    Step(
        StepName.REFERRAL,
        CLINICIAN | _TOGETHER,
        ("consents", "referrals"),
        needs=(Need.WORK_WISH_EXPRESSED, Need.CONSENT_TO_REFER),
        done_by=(M.REFERRED,),
        fixed=True,
    ),
    ACCEPTANCE,
    Step(
        StepName.APPLICATION,
        CLINICIAN | _TOGETHER,
        ("applications",),
        needs=(Need.WORK_WISH_EXPRESSED, Need.REFERRED),
        done_by=(M.APPLIED,),
        fixed=True,
    ),
    Step(
        StepName.FUNDING_DECISION,
        AUTHORITY,
        ("applications",),
        needs=(Need.APPLIED, Need.REFERRAL_ACCEPTED),
        done_by=(M.APPLICATION_APPROVED,),
        fixed=True,
    ),
    Step(
        StepName.PROGRAM_ENTRY,
        _TOGETHER,
        ("transitions",),
        needs=(Need.APPLICATION_APPROVED,),
        done_by=(M.PROGRAM_ENTERED,),
        fixed=True,
    ),
    Step(
        StepName.CAREER_PROFILE,
        _TOGETHER,
        ("career-profiles",),
        needs=(Need.PROGRAM_ENTERED,),
        done_by=(M.CAREER_PROFILE_MADE,),
    ),
    Step(
        StepName.JOB_SEARCH_PLAN,
        _TOGETHER,
        ("job-search-plans",),
        needs=(Need.CAREER_PROFILE_MADE,),
        done_by=(M.JOB_SEARCH_PLAN_MADE,),
        fixed=True,
    ),
    Step(
        StepName.JOB_SEARCH,
        _TOGETHER,
        ("contacts",),
        needs=(Need.JOB_SEARCH_PLAN_MADE,),
        entered_by=M.JOB_SEARCH_PLAN_MADE,
        done_by=(M.JOB_STARTED,),
        fixed=True,
    ),
    Step(
        StepName.PLACEMENT,
        _TOGETHER,
        ("placements", "accommodations"),
        needs=(Need.JOB_SEARCH_PLAN_MADE,),
        entered_by=M.JOB_STARTED,
        fixed=True,
    ),
    Step(
        StepName.FOLLOW_ALONG,
        _TOGETHER,
        ("contacts",),
        needs=(Need.AT_WORK,),
        entered_by=M.FOLLOW_ALONG,
        done_by=(M.TRANSFERRED,),
    ),
    Step(
        StepName.NEXT_JOB,
        _TOGETHER,
        ("transitions",),
        needs=(Need.JOB_ENDED,),
        done_by=(M.NEXT_JOB_OFFERED,),
        fixed=True,
    ),
    Step(
        StepName.TRANSFER,
        _TOGETHER,
        ("transfers",),
        needs=(Need.AT_WORK,),
        done_by=(M.TRANSFERRED,),
    ),
    ENDED,
)
PROCESS = Process(
    kind=Kind.IPS,
    steps=_STEPS,
    phases=(
        (M.WORK_WISH_EXPRESSED, Phase.INTAKE),
        (M.REFERRED, Phase.REFERRED),
        (M.APPLIED, Phase.APPLIED),
        (M.APPLICATION_APPROVED, Phase.APPROVED),
        (M.PROGRAM_ENTERED, Phase.CAREER_PROFILE),
        (M.JOB_SEARCH_PLAN_MADE, Phase.JOB_SEARCH),
        (M.JOB_ENDED, Phase.JOB_SEARCH),
        (M.JOB_STARTED, Phase.AT_WORK),
        (M.TRANSFERRED, Phase.TRANSFER),
        (M.ENDED, Phase.ENDED),
    ),
    moves={
        **once(Move.WORK_WISH_EXPRESSED, TEAM | CLIENT),
        **once(Move.PROGRAM_ENTERED, COACH, Need.APPLICATION_APPROVED),
        **once(Move.NEXT_JOB_OFFERED, COACH, Need.JOB_ENDED),
        Move.SUPPORT_AGREED: Rule(CLINICIAN | _TOGETHER, (Need.PROGRAM_ENTERED,)),
        **ENDING,
    },
    clock=ClockRule(ClockBasis.PROGRAM_ENTRY, begins=M.PROGRAM_ENTERED, ends=False),
    opening=M.WORK_WISH_EXPRESSED,
    placements=dict.fromkeys(("supported_paid", "regular_paid", "self_employment"), M.JOB_STARTED),
    placement_ended=M.JOB_ENDED,
    ends_never_by=frozenset({"max_duration", "funding_ended"}),
    looked_back=Need.AT_WORK,
)
"""Support does not end for missed visits or because time or money is up (fidelity item 25)."""
