"""Why the glass may be broken, and how a review may end; pure. Source: access model, section 5."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.access.policy.emergency import LONGEST
from app.access.vocabulary import Period


class Reason(StrEnum):
    """An emergency; anything else is asked of the client."""

    DANGER_TO_LIFE = "danger_to_life"
    PSYCHIATRIC_CRISIS = "psychiatric_crisis"
    ACUTE_MEDICAL_CARE = "acute_medical_care"
    CLIENT_CANNOT_ANSWER = "client_cannot_answer"


class Outcome(StrEnum):
    """What another person finds afterwards."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


class ReviewState(StrEnum):
    """Where a broken glass stands for those who watch over it."""

    UNREVIEWED = "unreviewed"
    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


def time_box(at: datetime, hours: float) -> Period:
    """From now on, never renewed by itself, and never longer than the policy lets it be."""
    return Period(at, at + min(timedelta(hours=hours), LONGEST))
