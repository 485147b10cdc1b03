"""What a consent may say, whoever gives it; pure. Source: the access model, sections 1, 2 and 4."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from app.access.ceilings import only_per_item, open_to_consent
from app.access.policy.ages import COMPETENT, SPEAKING, birthday
from app.access.policy.persons import covers
from app.access.vocabulary import FITTING_PURPOSES, Category, Period, Purpose, Role
from app.access.world import MandateKind

ACTING = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
"""Who decides about the sharing itself: the client, or who acts for the client."""


class ConsentKind(StrEnum):
    """Three things that share one word; they are not interchangeable."""

    SECRECY_WAIVER = "secrecy_waiver"
    GDPR_CONSENT = "gdpr_consent"
    SERVICE_AGREEMENT = "service_agreement"


class GivenHow(StrEnum):
    """How the client said yes; the portal is for the client's own hand only."""

    PORTAL = "portal"
    PAPER = "paper"
    VERBAL_WITH_WITNESS = "verbal_with_witness"
    VIDEO_CALL = "video_call"


class GivenBy(StrEnum):
    """Whose yes it is."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"


class Answer(StrEnum):
    """What a client may say to a request; later is an answer too."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class RequestState(StrEnum):
    """Where a request stands for the client and for whoever asked."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    LATER = "later"


class ConsentState(StrEnum):
    """What a consent is worth at this moment; `waiting` is for the other yes, at this age."""

    NOT_YET = "not_yet"
    WAITING = "waiting"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


ONLY_BY_LAW = frozenset({Category.BSN})
"""A citizen service number is used where a law says so, never on consent (UAVG 46)."""


def shareable(role: Role, policy_version: int) -> frozenset[Category]:
    """What a client may open for this role by consent."""
    return open_to_consent(role, policy_version) - ONLY_BY_LAW


def never_shared(categories: Iterable[Category], role: Role, policy_version: int) -> list[Category]:
    """The categories that no consent opens for this role, in the order of the vocabulary."""
    closed = frozenset(categories) - shareable(role, policy_version)
    return [category for category in Category if category in closed]


def needs_record(categories: Iterable[Category], role: Role, policy_version: int) -> list[Category]:
    """The categories of which a consent opens one named record and never the file (16, 17)."""
    return [c for c in Category if c in set(categories) & only_per_item(role, policy_version)]


def unfit(purposes: Iterable[Purpose], role: Role) -> list[Purpose]:
    """The purposes that do not fit the work of this role; they would open nothing."""
    return [purpose for purpose in purposes if purpose not in FITTING_PURPOSES[role]]


def mandated(kind: MandateKind) -> frozenset[Category]:
    """What a mandate of this kind may at most cover (gate 15)."""
    return covers(kind)


def state_of(
    period: Period,
    withdrawn_at: datetime | None,
    at: datetime,
    *,
    waits: bool = False,
    outgrown: bool = False,
) -> ConsentState:
    if withdrawn_at is not None:
        return ConsentState.WITHDRAWN
    if at < period.valid_from:
        return ConsentState.NOT_YET
    over = period.valid_until is not None and period.valid_until <= at
    if over or outgrown:
        return ConsentState.ENDED
    return ConsentState.WAITING if waits else ConsentState.IN_FORCE


def waits(born: date | None, at: datetime, *, own: bool, other_yes: bool) -> bool:
    """Whether a yes opens nothing by itself at this age: see `app/access/policy/ages.py`.

    False where the age is not known to who reads it.
    """
    if born is None or at >= birthday(born, COMPETENT):
        return False
    return not other_yes if at >= birthday(born, SPEAKING) else own


def outgrown(born: date | None, at: datetime, *, own: bool, given_at: datetime) -> bool:
    """Whether a parent agreed to it before the client was 16, and that day has come (7:447)."""
    if born is None or own:
        return False
    return given_at < birthday(born, COMPETENT) <= at


def days_in_order(valid_from: date | None, valid_until: date | None, today: date) -> str | None:
    """The field that is wrong, or None. Nothing is given for days that are over."""
    if valid_from is not None and valid_from < today:
        return "validFrom"
    if valid_until is not None and valid_until <= (valid_from or today):
        return "validUntil"
    return None
