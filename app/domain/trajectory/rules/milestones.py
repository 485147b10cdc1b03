"""Every moment in a trajectory that counts, and which roles may know that it happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.access.vocabulary import FUNDERS, Role


class Milestone(StrEnum):
    """The catalogue: states of the process, and events beside it that end nothing."""

    WORK_QUESTION_ASKED = "work_question_asked"
    WORK_QUESTION_REFUSED = "work_question_refused"
    REFERRED = "referred"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_REFUSED = "referral_refused"
    REFERRAL_WITHDRAWN = "referral_withdrawn"
    UWV_MEDICAL_TALK = "uwv_medical_talk"
    CONDITIONS_RELEASED = "conditions_released"
    WORK_TALK = "work_talk"
    PLAN_MADE = "plan_made"
    COACH_LINKED = "coach_linked"
    ASSIGNMENT_ACCEPTED = "assignment_accepted"
    COACH_CHANGED = "coach_changed"
    PLAN_REFINED = "plan_refined"
    PLAN_AGREED = "plan_agreed"
    PSYCHOLOGICAL_ANAMNESIS = "psychological_anamnesis"
    ANAMNESIS_DECLINED = "anamnesis_declined"
    ADVICE_RELEASED = "advice_released"
    PREPARATION_DONE = "preparation_done"
    ABSENCE_ACCEPTED = "absence_accepted"
    START_CONVERSATION = "start_conversation"
    START_CONVERSATION_CONFIRMED = "start_conversation_confirmed"
    LADDER_MEASURED = "ladder_measured"
    PLACEMENT_STARTED = "placement_started"
    PLACEMENT_ENDED = "placement_ended"
    DISCLOSURE_TALK = "disclosure_talk"
    OUTREACH = "outreach"
    EMPLOYER_CONTACT = "employer_contact"
    REVIEW = "review"
    EXTENDED = "extended"
    FINAL_REVIEW = "final_review"
    PAUSED = "paused"
    RESUMED = "resumed"
    CRISIS = "crisis"
    LIFE_EVENT = "life_event"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    FUNDER_CHANGED = "funder_changed"
    STOPPED_AT_AUTHORITY = "stopped_at_authority"
    ENDED = "ended"
    END_REASON = "end_reason"
    MOVED_ON = "moved_on"
    AFTERCARE_AGREED = "aftercare_agreed"
    WORK_WISH_EXPRESSED = "work_wish_expressed"
    MOTIVATIONAL_TALK = "motivational_talk"
    APPLIED = "applied"
    COSTS_REQUESTED = "costs_requested"
    APPLICATION_APPROVED = "application_approved"
    APPLICATION_REFUSED = "application_refused"
    STOP_NOTICE_GIVEN = "stop_notice_given"
    STOP_NOTICE_FORWARDED = "stop_notice_forwarded"
    FUNDING_DETERMINED = "funding_determined"
    PROGRAM_ENTERED = "program_entered"
    CAREER_PROFILE_MADE = "career_profile_made"
    JOB_SEARCH_PLAN_MADE = "job_search_plan_made"
    JOB_STARTED = "job_started"
    JOB_ENDED = "job_ended"
    FOLLOW_ALONG = "follow_along"
    NEXT_JOB_OFFERED = "next_job_offered"
    SUPPORT_AGREED = "support_agreed"
    TRANSFERRED = "transferred"
    INTRODUCTION_TALK = "introduction_talk"
    ACTIVATED = "activated"
    CONCLUDED = "concluded"
    TRY_OUT_STARTED = "try_out_started"
    REVIEWED = "reviewed"
    VACANCY_FOUND = "vacancy_found"
    SELECTED = "selected"
    TRIAL_STARTED = "trial_started"
    CONTRACT_MADE = "contract_made"
    EXTRA_SKILLS = "extra_skills"
    PAID_JOB_STARTED = "paid_job_started"
    INTAKE_HELD = "intake_held"
    REST_PHASE = "rest_phase"
    ENERGY_PHASE = "energy_phase"
    ORIENTATION_PHASE = "orientation_phase"
    BACK_TO_WORK = "back_to_work"
    BENEFITS_COUNSELLED = "benefits_counselled"
    RETURNED = "returned"


_M = Milestone
LEFT_ASIDE = tuple(
    sorted(
        {_M.PLAN_MADE, _M.COACH_CHANGED, _M.ABSENCE_ACCEPTED, _M.LADDER_MEASURED}
        | {_M.PLACEMENT_STARTED, _M.PLACEMENT_ENDED, _M.REVIEW, _M.AFTERCARE_AGREED}
        | {_M.COSTS_REQUESTED, _M.STOP_NOTICE_GIVEN, _M.STOP_NOTICE_FORWARDED}
        | {_M.FUNDING_DETERMINED, _M.EMPLOYER_CONTACT, _M.BENEFITS_COUNSELLED}
    )
)
"""Milestones of which neither phase, pause, clock nor next step is made: no line of a list reads
them."""


@dataclass(frozen=True)
class Reached:
    """One milestone as one viewer may know it; `detail` is a code, never a text."""

    milestone: Milestone
    on: date
    at: datetime
    detail: str | None = None


def in_order(reached: Iterable[Reached]) -> list[Reached]:
    """By their days; of one day as they were recorded; of one moment always alike."""
    return sorted(reached, key=lambda event: (event.on, event.at, event.milestone))


_OWN = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
_CARE = _OWN | {Role.CLINICIAN, Role.PSYCHOLOGIST}
_GGZ = _CARE | {Role.IPS_COACH}
_COACHING = _OWN | {Role.IPS_COACH, Role.REINTEGRATION_COACH}
_TEAM = _GGZ | {Role.REINTEGRATION_COACH}
EVERYONE = (
    _TEAM
    | FUNDERS - {Role.INSURANCE_PHYSICIAN}
    | {Role.SUPPORTER, Role.JOB_COACH, Role.SUPERVISOR, Role.PRIVACY_DESK}
)
"""All roles that [status] can ever reach, but for the physician (gate 31: his own steps only).
A supervisor may work for a funder, so what funders may not know is not for supervisors either."""

_NARROWER: dict[Milestone, frozenset[Role]] = {
    Milestone.WORK_QUESTION_ASKED: _GGZ,
    Milestone.WORK_QUESTION_REFUSED: _GGZ,
    Milestone.PSYCHOLOGICAL_ANAMNESIS: _CARE,
    Milestone.ANAMNESIS_DECLINED: _CARE,
    Milestone.ADVICE_RELEASED: _CARE,
    Milestone.DISCLOSURE_TALK: _COACHING,
    Milestone.OUTREACH: _COACHING,
    Milestone.EMPLOYER_CONTACT: _COACHING,
    Milestone.CRISIS: _CARE,
    Milestone.LIFE_EVENT: _OWN,
    Milestone.CONSENT_GIVEN: _OWN,
    Milestone.CONSENT_WITHDRAWN: _OWN,
    Milestone.END_REASON: _TEAM,
    Milestone.MOVED_ON: _TEAM,
    Milestone.WORK_WISH_EXPRESSED: _GGZ,
    Milestone.MOTIVATIONAL_TALK: _GGZ,
    Milestone.FOLLOW_ALONG: _TEAM,
    Milestone.SUPPORT_AGREED: _TEAM,
}
_PHYSICIAN = frozenset(
    {
        Milestone.REFERRAL_ACCEPTED,
        Milestone.UWV_MEDICAL_TALK,
        Milestone.CONDITIONS_RELEASED,
        Milestone.ENDED,
    }
)
NEUTRAL = {
    Milestone.PSYCHOLOGICAL_ANAMNESIS: Milestone.PREPARATION_DONE,
    Milestone.ANAMNESIS_DECLINED: Milestone.PREPARATION_DONE,
}
"""What is written beside a private milestone, for those who may only know the step is over."""


_UNSIGNED = {*NEUTRAL.values(), Milestone.PAUSED, Milestone.RESUMED, Milestone.ENDED}


def names_its_author(milestone: Milestone) -> bool:
    """Whoever did the preparation, asked for the pause or ended it would tell why."""
    return milestone not in _UNSIGNED


def audience_of(milestone: Milestone) -> list[str]:
    """The roles that may know of this milestone, the client always; sorted, as it is stored."""
    roles = _NARROWER.get(milestone, EVERYONE)
    if milestone in _PHYSICIAN:
        roles |= {Role.INSURANCE_PHYSICIAN}
    return sorted(roles)
