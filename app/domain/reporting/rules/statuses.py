"""What an authority is told about the status of a trajectory; pure."""

from collections.abc import Sequence
from datetime import date

from app.access.vocabulary import Role
from app.domain.trajectory.rules.clock import clock_of
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Reached

MAY_ASK = frozenset({Role.LABOUR_EXPERT, Role.INSURANCE_PHYSICIAN, Role.MUNICIPAL_CASE_MANAGER})
POSSIBLE_CAUSES = (
    "No trajectory of a person with this number is registered here.",
    "The person has not agreed that you may know, or a referral has not been accepted yet.",
    "There is a trajectory, but neither you nor whom you stand in for is assigned to it.",
)
"""All three, always: the empty answer must not tell which of them it is."""


def next_date(
    agreed_months: int | None, reached: Sequence[Reached], today: date, kind: Kind = Kind.WGB
) -> date | None:
    """The next review, or the end, by the clock; None before it runs and after it ran out."""
    clock = clock_of(agreed_months, reached, today, kind)
    if clock is None:
        return None
    days = [*clock.reviews_on, *([] if clock.ends_on is None else [clock.ends_on])]
    return min((day for day in days if day >= today), default=None)
