"""Pauses: why, what a funder may know of it, and how many days they took. They end nothing."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.milestones import Milestone, Reached


class PauseReason(StrEnum):
    ILLNESS = "illness"
    ADMISSION = "admission"
    CRISIS = "crisis"
    TIMEOUT = "timeout"
    LIFE_EVENT = "life_event"
    CLIENT_WISH = "client_wish"
    ORGANISATIONAL = "organisational"


class CoarseReason(StrEnum):
    """All that a funder ever learns."""

    CLIENT_RELATED = "client_related"
    ORGANISATIONAL = "organisational"


def coarse(reason: PauseReason) -> CoarseReason:
    if reason is PauseReason.ORGANISATIONAL:
        return CoarseReason.ORGANISATIONAL
    return CoarseReason.CLIENT_RELATED


def kept_as(role: Role) -> Category | None:
    """Whose secret the precise reason is: the coach's log, or what client and clinician share.

    A funder or a psychologist keeps no precise reason here: none of the two is theirs to write.
    """
    if role in {Role.IPS_COACH, Role.REINTEGRATION_COACH}:
        return Category.CONTACT_LOG
    return Category.LIFE_EVENT if role in {Role.CLIENT, Role.CLINICIAN} else None


_CLOSING = frozenset({Milestone.RESUMED, Milestone.ENDED})


def is_paused(reached: Iterable[Reached]) -> bool:
    return any(until is None for _, until in periods(reached))


def periods(reached: Iterable[Reached]) -> list[tuple[date, date | None]]:
    """From-until of each pause; the last one may be open. The end of the trajectory closes it."""
    found: list[tuple[date, date | None]] = []
    for event in sorted(reached, key=lambda event: event.at):
        open_now = bool(found) and found[-1][1] is None
        if event.milestone is Milestone.PAUSED and not open_now:
            found.append((event.on, None))
        elif open_now and event.milestone in _CLOSING:
            found[-1] = (found[-1][0], max(found[-1][0], event.on))
    return found


def days_paused(reached: Iterable[Reached], today: date) -> int:
    """Whole days, counted to today for a pause that is still open."""
    return sum(max(0, ((until or today) - since).days) for since, until in periods(reached))
