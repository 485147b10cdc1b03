"""The words of a process: what a step, need or phase is called, and who sits at a talk."""

from enum import StrEnum

from app.domain.trajectory.rules.milestones import Milestone

M = Milestone


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
    WORK_WISH = "work_wish"
    MOTIVATIONAL_TALKS = "motivational_talks"
    APPLICATION = "application"
    FUNDING_DECISION = "funding_decision"
    PROGRAM_ENTRY = "program_entry"
    CAREER_PROFILE = "career_profile"
    JOB_SEARCH_PLAN = "job_search_plan"
    JOB_SEARCH = "job_search"
    FOLLOW_ALONG = "follow_along"
    NEXT_JOB = "next_job"
    TRANSFER = "transfer"
    INTRODUCTION_TALKS = "introduction_talks"
    INTEGRAL_PLAN = "integral_plan"
    CONCLUSION = "conclusion"
    TRY_OUT = "try_out"
    REVIEW = "review"
    VACANCY = "vacancy"
    SELECTION = "selection"
    TRIAL = "trial"
    CONTRACT = "contract"
    EXTRA_SKILLS = "extra_skills"
    PAID_JOB = "paid_job"
    INTAKE = "intake"
    REST_PHASE = "rest_phase"
    ENERGY_PHASE = "energy_phase"
    ORIENTATION_PHASE = "orientation_phase"
    BACK_TO_WORK = "back_to_work"


class Phase(StrEnum):
    """In one word; the names say nothing about treatment."""

    INTAKE = "intake"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    MEDICAL_TALK = "medical_talk"
    WORK_TALK = "work_talk"
    COACH_LINKED = "coach_linked"
    PLANNING = "planning"
    START_CONVERSATION = "start_conversation"
    ACTIVE = "active"
    FINAL_REVIEW = "final_review"
    ENDED = "ended"
    APPLIED = "applied"
    APPROVED = "approved"
    CAREER_PROFILE = "career_profile"
    JOB_SEARCH = "job_search"
    AT_WORK = "at_work"
    TRANSFER = "transfer"
    INTRODUCTION = "introduction"
    CONCLUSION = "conclusion"
    TRY_OUT = "try_out"
    VACANCY = "vacancy"
    SELECTED = "selected"
    TRIAL = "trial"
    PAID_JOB = "paid_job"
    REST = "rest"
    ENERGY = "energy"
    ORIENTATION = "orientation"
    BACK_TO_WORK = "back_to_work"


class Seat(StrEnum):
    """The parties of a start conversation; which of them sit there, the process says."""

    CLIENT = "client"
    CLINICIAN = "clinician"
    AUTHORITY = "authority"
    COACH = "coach"


class Need(StrEnum):
    """What a step may lack; the code that `steps` and refusals name."""

    WORK_QUESTION_ASKED = "work_question_asked"
    CONSENT_TO_REFER = "consent_to_refer"
    REFERRED = "referred"
    REFERRAL_ACCEPTED = "referral_accepted"
    MEDICAL_TALK_HELD = "medical_talk_held"
    CONDITIONS_RELEASED = "conditions_released"
    WORK_TALK_HELD = "work_talk_held"
    COACH_LINKED = "coach_linked"
    PLAN_AGREED = "plan_agreed"
    PREPARATION_DONE = "preparation_done"
    CONSENTS_IN_PLACE = "consents_in_place"
    PARTIES_TAKE_PART = "parties_take_part"
    START_CONVERSATION_HELD = "start_conversation_held"
    MINUTES_CONFIRMED = "minutes_confirmed"
    FINAL_REVIEW_HELD = "final_review"
    WORK_WISH_EXPRESSED = "work_wish_expressed"
    APPLIED = "applied"
    APPLICATION_APPROVED = "application_approved"
    PROGRAM_ENTERED = "program_entered"
    CAREER_PROFILE_MADE = "career_profile_made"
    JOB_SEARCH_PLAN_MADE = "job_search_plan_made"
    AT_WORK = "at_work"
    JOB_ENDED = "job_ended"
    INTRODUCED = "introduced"
    ACTIVATED = "activated"
    CONCLUDED = "concluded"
    TRIED_OUT = "tried_out"
    VACANCY_FOUND = "vacancy_found"
    SELECTED = "selected"
    TRIAL_STARTED = "trial_started"
    CONTRACT_MADE = "contract_made"
    PAID_JOB_STARTED = "paid_job_started"
    INTAKE_HELD = "intake_held"
    RESTED = "rested"
    ENERGY_BUILT = "energy_built"
    ORIENTED = "oriented"
    BACK_TO_WORK = "back_to_work"
    REVIEWED = "reviewed"

    @property
    def milestone(self) -> Milestone | None:
        """The moment that meets this need, where it takes no more than that."""
        return _MET_BY.get(self)


_MET_BY = {
    Need.WORK_QUESTION_ASKED: M.WORK_QUESTION_ASKED,
    Need.REFERRED: M.REFERRED,
    Need.REFERRAL_ACCEPTED: M.REFERRAL_ACCEPTED,
    Need.MEDICAL_TALK_HELD: M.UWV_MEDICAL_TALK,
    Need.CONDITIONS_RELEASED: M.CONDITIONS_RELEASED,
    Need.WORK_TALK_HELD: M.WORK_TALK,
    Need.COACH_LINKED: M.COACH_LINKED,
    Need.PREPARATION_DONE: M.PREPARATION_DONE,
    Need.START_CONVERSATION_HELD: M.START_CONVERSATION,
    Need.MINUTES_CONFIRMED: M.START_CONVERSATION_CONFIRMED,
    Need.FINAL_REVIEW_HELD: M.FINAL_REVIEW,
    Need.WORK_WISH_EXPRESSED: M.WORK_WISH_EXPRESSED,
    Need.APPLIED: M.APPLIED,
    Need.APPLICATION_APPROVED: M.APPLICATION_APPROVED,
    Need.PROGRAM_ENTERED: M.PROGRAM_ENTERED,
    Need.CAREER_PROFILE_MADE: M.CAREER_PROFILE_MADE,
    Need.JOB_SEARCH_PLAN_MADE: M.JOB_SEARCH_PLAN_MADE,
    Need.AT_WORK: M.JOB_STARTED,
    Need.JOB_ENDED: M.JOB_ENDED,
    Need.INTRODUCED: M.INTRODUCTION_TALK,
    Need.ACTIVATED: M.ACTIVATED,
    Need.CONCLUDED: M.CONCLUDED,
    Need.TRIED_OUT: M.TRY_OUT_STARTED,
    Need.VACANCY_FOUND: M.VACANCY_FOUND,
    Need.SELECTED: M.SELECTED,
    Need.TRIAL_STARTED: M.TRIAL_STARTED,
    Need.CONTRACT_MADE: M.CONTRACT_MADE,
    Need.PAID_JOB_STARTED: M.PAID_JOB_STARTED,
    Need.INTAKE_HELD: M.INTAKE_HELD,
    Need.RESTED: M.REST_PHASE,
    Need.ENERGY_BUILT: M.ENERGY_PHASE,
    Need.ORIENTED: M.ORIENTATION_PHASE,
    Need.BACK_TO_WORK: M.BACK_TO_WORK,
    Need.REVIEWED: M.REVIEWED,
}
