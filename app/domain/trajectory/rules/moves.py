"""Moves without a record of their own, and what some of them come to; only words."""

from enum import StrEnum

from app.domain.trajectory.rules.milestones import Milestone


class Move(StrEnum):
    WORK_QUESTION_ASKED = "work_question_asked"
    WORK_QUESTION_REFUSED = "work_question_refused"
    UWV_MEDICAL_TALK = "uwv_medical_talk"
    WORK_TALK = "work_talk"
    ASSIGNMENT_ACCEPTED = "assignment_accepted"
    ANAMNESIS_DECLINED = "anamnesis_declined"
    ABSENCE_ACCEPTED = "absence_accepted"
    EXTENDED = "extended"
    AFTERCARE_AGREED = "aftercare_agreed"
    WORK_WISH_EXPRESSED = "work_wish_expressed"
    PROGRAM_ENTERED = "program_entered"
    NEXT_JOB_OFFERED = "next_job_offered"
    SUPPORT_AGREED = "support_agreed"
    ACTIVATED = "activated"
    CONCLUDED = "concluded"
    TRY_OUT_STARTED = "try_out_started"
    REVIEWED = "reviewed"
    VACANCY_FOUND = "vacancy_found"
    SELECTED = "selected"
    EXTRA_SKILLS = "extra_skills"
    INTAKE_HELD = "intake_held"
    REST_PHASE = "rest_phase"
    ENERGY_PHASE = "energy_phase"
    ORIENTATION_PHASE = "orientation_phase"
    BACK_TO_WORK = "back_to_work"
    ENDED = "ended"

    @property
    def milestone(self) -> Milestone:
        return Milestone(self.value)


class Outcome(StrEnum):
    """What a review or a conclusion comes to; staying is as good as moving."""

    STAYS = "stays"
    TRAINING = "training"
    OTHER_TRAJECTORY = "other_trajectory"
    STOPS = "stops"
    PAID_WORK = "paid_work"
    VOLUNTEERING = "volunteering"
    DAY_ACTIVITY = "day_activity"
