"""From when until when: paid for, and supported; the one end is not the other (domain, B2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.trajectory.rules.milestones import Milestone, Reached

M = Milestone


@dataclass(frozen=True)
class Terms:
    """`approved_on`: the body's written yes; `program_entered_on`: the first talk with the coach.

    `support_until` without a day: as long as it is wished.
    """

    approved_on: date | None = None
    program_entered_on: date | None = None
    funded_until: date | None = None
    support_until: date | None = None


def terms_of(reached: Sequence[Reached]) -> Terms:
    """What was decided and agreed last, as far as this viewer may know."""
    approved, entered = _last(reached, M.APPLICATION_APPROVED), _last(reached, M.PROGRAM_ENTERED)
    return Terms(
        approved_on=None if approved is None else approved.on,
        program_entered_on=None if entered is None else entered.on,
        funded_until=_day(approved),
        support_until=_day(_last(reached, M.SUPPORT_AGREED)),
    )


def _last(reached: Sequence[Reached], milestone: Milestone) -> Reached | None:
    found = [event for event in reached if event.milestone is milestone]
    return max(found, key=lambda event: event.at, default=None)


def _day(event: Reached | None) -> date | None:
    return None if event is None or event.detail is None else date.fromisoformat(event.detail)
