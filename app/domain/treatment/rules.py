"""What holds for the treatment of a client; pure."""

from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role
from app.platform.calendar import years_later


class Occasion(StrEnum):
    """When work was asked about (source: the standard Arbeid als medicijn)."""

    INTAKE = "intake"
    YEARLY = "yearly"
    REVIEW = "review"
    CLIENT_REQUEST = "client_request"


class IntakeModel(StrEnum):
    """How the intake was held at which work was asked about (domain A2)."""

    HOI = "hoi"
    KOMPAS = "kompas"
    OTHER = "other"


class AttendedBy(StrEnum):
    """Who was there beside the client; in a recovery-oriented intake an expert by experience."""

    CLINICIAN = "clinician"
    EXPERT_BY_EXPERIENCE = "expert_by_experience"
    SIGNIFICANT_OTHER = "significant_other"
    OTHER = "other"


class WorkStatus(StrEnum):
    """What someone does now; paid and unpaid count alike."""

    PAID_WORK = "paid_work"
    ON_SICK_LEAVE = "on_sick_leave"
    SELF_EMPLOYED = "self_employed"
    VOLUNTEERING = "volunteering"
    DAY_ACTIVITY = "day_activity"
    EDUCATION = "education"
    NO_WORK = "no_work"
    UNKNOWN = "unknown"


class BenefitStatus(StrEnum):
    """The benefit as the client tells it; the body that pays confirms it elsewhere."""

    NONE = "none"
    WIA = "wia"
    WAO = "wao"
    WAJONG = "wajong"
    WW = "ww"
    ZW = "zw"
    PW = "pw"
    APPLIED_FOR = "applied_for"
    UNKNOWN = "unknown"


class WantsWork(StrEnum):
    """A no or a later ends nothing; it is asked again."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Standard(StrEnum):
    """The quality standard that the work-directed part of a plan follows."""

    WORK_AS_MEDICINE = "work_as_medicine"
    WORK_DIRECTED_CBT = "work_directed_cbt"
    OTHER = "other"


class Colour(StrEnum):
    """The phases of a signal plan."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class PlanKind(StrEnum):
    """Kinds of early-warning plan; only the work excerpt is made to be shared at work.

    A crisis card holds a plan that was made with someone who is trained for it; a help card none.
    """

    SIGNAL_PLAN = "signal_plan"
    WRAP = "wrap"
    CRISIS_CARD = "crisis_card"
    HELP_CARD = "help_card"
    WORK_EXCERPT = "work_excerpt"


def next_due(asked_on: date) -> date:
    """Work is asked about again a year later."""
    return years_later(asked_on, 1)


def audience_of(kind: PlanKind) -> list[str]:
    """Gate 25: a reintegration coach can only ever be shown a work excerpt."""
    if kind is PlanKind.WORK_EXCERPT:
        return sorted(Role)
    return sorted(role for role in Role if role is not Role.REINTEGRATION_COACH)
