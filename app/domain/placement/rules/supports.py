"""What makes a job possible: public provisions, support at work, the register; pure."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from app.domain.employer.rules.sroi import sroi_blocks
from app.domain.placement.rules.placements import Wrong


class Provision(StrEnum):
    """What an authority pays or insures; [benefit], as the matrix says."""

    WAGE_COST_SUBSIDY = "wage_cost_subsidy"
    WAGE_COST_RELIEF = "wage_cost_relief"
    NO_RISK_POLICY = "no_risk_policy"
    START_BONUS = "start_bonus"
    JOB_COACH = "job_coach"


class Authority(StrEnum):
    UWV = "uwv"
    MUNICIPALITY = "municipality"
    TAX_OFFICE = "tax_office"


class WorkSupport(StrEnum):
    """What is done at the workplace itself; [placement]."""

    JOB_COACH = "job_coach"
    HARRIE_TRAINING = "harrie_training"
    SROI_BLOCK = "sroi_block"


class Registered(StrEnum):
    """Whether someone is in the target-group register; "unknown" is an answer too."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RegisterSource(StrEnum):
    REGISTER = "register"
    CLIENT = "client"
    DECISION = "decision"


def faults_of_provision(
    provision: Provision,
    wage_value_percent: float | None,
    hours_per_week: float | None,
) -> Iterator[Wrong]:
    """A wage value belongs to the subsidy, and to it always; hours to the job coach."""
    if (provision is Provision.WAGE_COST_SUBSIDY) != (wage_value_percent is not None):
        text = "A wage-cost subsidy, and nothing else, has a wage value."
        yield "#/wageValuePercent", "wrong_combination", text
    if hours_per_week is not None and provision is not Provision.JOB_COACH:
        yield "#/hoursPerWeek", "wrong_combination", "Only a job coach has hours."


def faults_of_support(
    support: WorkSupport,
    *,
    internal: bool | None,
    hours_per_week: float | None,
    block: tuple[str | None, str | None],
) -> Iterator[Wrong]:
    """A job coach is internal or external and has hours; a block is one of its region."""
    coach = support is WorkSupport.JOB_COACH
    if coach != (internal is not None):
        text = "A job coach, and nothing else, is in or out of the employer's service."
        yield "#/internal", "wrong_combination", text
    if hours_per_week is not None and not coach:
        yield "#/hoursPerWeek", "wrong_combination", "Only a job coach has hours."
    named = None not in block
    if (support is WorkSupport.SROI_BLOCK) != named or (not named and any(block)):
        text = "A block of social return, and nothing else, names a region and a code."
        yield "#/sroiBlock", "wrong_combination", text
    elif named and block not in sroi_blocks():
        yield "#/sroiBlock", "unknown_reference", "This region has no such block."


def faults_of_dates(starts_on: date, until: date | None) -> Iterator[Wrong]:
    if until is not None and until < starts_on:
        yield "#/until", "out_of_range", "The end is not before the start."


class AnswersForReturn(StrEnum):
    """Who answers for the return of someone who has work and is ill (Civil Code 7:658a)."""

    EMPLOYER = "employer"
    OCCUPATIONAL_PHYSICIAN = "occupational_physician"
