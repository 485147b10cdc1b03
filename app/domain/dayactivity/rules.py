"""Forms of day activity, growth of skills, terms of contracts; pure (domain, B4)."""

from datetime import date, timedelta
from enum import StrEnum

from app.domain.trajectory.rules.clock import add_months

SHORTEST, LONGEST = 6, 12


class Form(StrEnum):
    """Five forms that are not sequential: none is above another."""

    ACTIVATION_RECOVERY = "activation_recovery"
    VOLUNTEERING = "volunteering"
    EDUCATION = "education"
    WORK_EXPERIENCE = "work_experience"
    PAID_WORK = "paid_work"


class Activity(StrEnum):
    """What is done there, where the sources name it (domain A1, A7); beside the form."""

    WORK_LIKE = "work_like"
    GREEN_WORK = "green_work"
    SPORT = "sport"
    NEIGHBOURHOOD_CIRCLE = "neighbourhood_circle"
    BUDDY_PROJECT = "buddy_project"
    OTHER = "other"


class BuildingBlock(StrEnum):
    """The seven of a sound region (domain A7)."""

    CARE_AND_GUIDANCE = "care_and_guidance"
    EARLY_SIGNALLING = "early_signalling"
    PREVENTION = "prevention"
    ROUND_THE_CLOCK_CARE = "round_the_clock_care"
    MEANINGFUL_DAY_ACTIVITY = "meaningful_day_activity"
    SOCIAL_CONTACTS = "social_contacts"
    EXPERIENCE_BY_EXPERTS = "experience_by_experts"


class Growth(StrEnum):
    """How far someone is with a skill; no marks."""

    PRACTISING = "practising"
    WITH_HELP = "with_help"
    ALONE = "alone"
    SHOWS_OTHERS = "shows_others"


def lasts_long_enough(starts_on: date, ends_on: date) -> bool:
    """A contract of 6 to 12 months, whether its last day is counted or not."""
    earliest = add_months(starts_on, SHORTEST) - timedelta(days=1)
    return earliest <= ends_on <= add_months(starts_on, LONGEST)
