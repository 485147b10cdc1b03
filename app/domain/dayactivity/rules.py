"""Forms and settings of day activity, growth of skills, terms of contracts; pure (domain, B4)."""

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


class Setting(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"


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
