"""How often a receiver is tried, and what its answer means; pure.

All that waits here is jittered by who calls, so that many deliveries do not come back together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

S, M, H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DELAYS = (5 * S, 30 * S, 2 * M, 10 * M, 30 * M, H, 2 * H, 4 * H, 8 * H)
"""After the first failure, the second, and so on; the last one repeats."""
PAUSES = (30 * S, M, 2 * M, 5 * M, 10 * M, 30 * M, H)
"""A receiver that fails again and again is left alone this long; then one delivery tries."""
PATIENCE = 3
"""So many failures in a row, of whatever deliveries, before a receiver is left alone."""
GIVE_UP = timedelta(days=5)
"""From the first failure of a delivery until it is a dead letter."""
KEPT = timedelta(days=30)
"""How long events are kept, delivered or not, and so how far back a feed goes."""
LONGEST_WAIT = timedelta(days=1)
LEASE = timedelta(seconds=90)
"""Longer than any call may take: what was claimed by one who died is due again after this."""
ASKED_AGAIN = (0 * S, 30 * S, 2 * M, 10 * M, H, H, 2 * H, 4 * H, 8 * H, 8 * H)
"""A receiver that does not agree is asked again until these are used up: a day."""
BOTH_SECRETS = timedelta(days=1)
"""After a rotation both secrets sign, so that a receiver can change over in its own time."""


class SubscriptionState(StrEnum):
    """Of a subscription: asked for, agreed to by the receiver, over."""

    PENDING = "pending"
    ACTIVE = "active"
    ENDED = "ended"


class SubscriptionEnd(StrEnum):
    """Why a subscription is over."""

    ASKED = "asked"
    GONE = "gone"
    NOT_CONFIRMED = "not_confirmed"
    NOT_AUTHORISED = "not_authorised"


class Waiting(StrEnum):
    """Of a delivery: to be sent, sent, given up, or kept for who fetches it."""

    OPEN = "open"
    DELIVERED = "delivered"
    DEAD = "dead"
    KEPT = "kept"


class DeliveryFault(StrEnum):
    """Why a delivery did not arrive, without a word of what the receiver said."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    BUSY = "busy"
    GONE = "gone"
    NOT_CONSENTED = "not_consented"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or the fault that kept it away."""

    status: int | None = None
    fault: DeliveryFault | None = None
    retry_after: timedelta | None = None

    @property
    def arrived(self) -> bool:
        return self.fault is None


def judged(status: int, retry_after: str | None, now: datetime) -> Answer:
    """What a status means; `Retry-After` counts where the receiver is busy."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(status)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Answer(status, DeliveryFault.REDIRECTED)
    if status == HTTPStatus.GONE:
        return Answer(status, DeliveryFault.GONE)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return Answer(status, DeliveryFault.BUSY, waiting(retry_after, now))
    return Answer(status, DeliveryFault.REFUSED)


def waiting(retry_after: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` in seconds or as a date (RFC 9110, 10.2.3); a day at most; None if neither."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 10:  # noqa: PLR2004
        asked = timedelta(seconds=int(retry_after))
    else:
        try:
            until = parsedate_to_datetime(retry_after)
        except (ValueError, OverflowError):
            return None
        asked = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(asked, S), LONGEST_WAIT)


def delay(attempts: int) -> timedelta:
    """How long this delivery waits after so many attempts."""
    return DELAYS[min(max(attempts, 1), len(DELAYS)) - 1]


def pause(failures: int) -> timedelta | None:
    """How long the receiver is left alone after so many failures in a row."""
    if failures < PATIENCE:
        return None
    return PAUSES[min(failures - PATIENCE, len(PAUSES) - 1)]
