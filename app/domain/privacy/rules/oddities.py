"""What makes a look at a client's record odd; pure. A flag is a question, never a verdict.

Why at all: who answers for records looks through their log regularly, and by risk rather than by a
few files a year (GDPR 32; Autoriteit Persoonsgegevens, decision of 18 June 2019 on a hospital).
The thresholds are this house's own where the source of a rule does not say otherwise.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.ceilings import opened_by
from app.access.vocabulary import Basis, Category, Ground, Period, Purpose, Role
from app.domain.privacy.rules.names import share_a_name

OVERSEERS = frozenset(r for r in Role if Category.ACCESS_LOG in opened_by(r, Ground.SUPERVISE))
"""Who sees log metadata of the own organisation and decides nothing (gate 35), by the matrix."""
RELATED = frozenset({Basis.TREATMENT, Basis.ASSIGNMENT, Basis.STATUTORY})
"""Grounds on the log that say: there was a relation."""
NEEDS_NO_RELATION = frozenset(
    {
        Basis.REFERRAL,
        Basis.CONTRACT,
        Basis.SUPERVISION,
        Basis.REQUEST,
        Basis.BREAK_GLASS,
        Basis.REVIEW,
    }
)
"""Grounds of who comes before or stands beside a relation: not odd for that alone."""
MOST_OPENED = 40
"""Clients whose record one member opens on one day: twice the caseload of an IPS coach (20)."""
MOST_LISTED = 200
"""Clients whom one member sees in lists on one day: the largest caseload reckoned with."""
DAYS_OF = "Europe/Amsterdam"
NIGHT = (time(0), time(6))
"""Dutch time, half-open."""


class Oddity(StrEnum):
    """Why a look is put before the officer."""

    NO_RELATION = "no_relation"
    BULK_READING = "bulk_reading"
    OWN_NAME = "own_name"
    OUT_OF_HOURS = "out_of_hours"
    UNREVIEWED_EMERGENCY = "unreviewed_emergency"


@dataclass(frozen=True)
class Rule:
    """When a look gets this flag, and where the threshold comes from."""

    words: str
    source: str


RULES: Mapping[Oddity, Rule] = MappingProxyType(
    {
        Oddity.NO_RELATION: Rule(
            "At the moment of the look this member, or whom it stood in for, neither treated the"
            " client nor took part in a trajectory, and no other ground explains the look.",
            "BW 7:457(2); Wet SUWI 74; facts of today, so a period that was moved since counts,"
            " and so does every look at a client who was erased since",
        ),
        Oddity.BULK_READING: Rule(
            f"More than {MOST_OPENED} clients opened, or {MOST_LISTED} seen in lists, on one day.",
            "own threshold: twice the caseload of an IPS coach (20); the largest caseload",
        ),
        Oddity.OWN_NAME: Rule(
            "The client and the member share a family name, apart from particles such as 'van de'.",
            "own rule: a look at oneself or at family; AVG 5(1)(b)",
        ),
        Oddity.OUT_OF_HOURS: Rule(
            "Between 00:00 and 06:00, Dutch time, for another purpose than an emergency.",
            "the hours of a night shift: Arbeidstijdenwet 1:7(1)(d)",
        ),
        Oddity.UNREVIEWED_EMERGENCY: Rule(
            "On a broken glass that nobody has reviewed.",
            "AVG 9(2)(c), 32; four eyes, decision 0016",
        ),
    }
)


@dataclass(frozen=True)
class Look:
    """One line of the log, as far as the rules go by it."""

    at: datetime
    role: Role
    purpose: Purpose | None
    grounds: frozenset[tuple[Basis, UUID]]
    shown: int = 0

    @property
    def bases(self) -> frozenset[Basis]:
        return frozenset(basis for basis, _ in self.grounds)


def without_relation(looks: Iterable[Look], relations: Collection[Period]) -> bool:
    """Whether any of these looks lies outside all periods and is not explained otherwise."""
    return any(
        not _explained(look) and not any(period.holds(look.at) for period in relations)
        for look in looks
    )


def _explained(look: Look) -> bool:
    """An officer at the log needs no relation: that is the office."""
    oversees = look.role in OVERSEERS and look.shown == Category.ACCESS_LOG.bit
    return oversees or bool(look.bases & NEEDS_NO_RELATION)


def in_bulk(opened: int, listed: int) -> bool:
    """So many clients on one day."""
    return opened > MOST_OPENED or listed > MOST_LISTED


def out_of_hours(look: Look) -> bool:
    """At night, and not for an emergency."""
    begins, ends = NIGHT
    return begins <= look.at.astimezone(ZoneInfo(DAYS_OF)).time() < ends and (
        look.purpose is not Purpose.EMERGENCY
    )


def glasses(looks: Iterable[Look]) -> frozenset[UUID]:
    """The broken glasses on which these looks rest."""
    return frozenset(
        key for look in looks for basis, key in look.grounds if basis is Basis.BREAK_GLASS
    )


def oddities(
    looks: Collection[Look],
    *,
    relations: Collection[Period],
    member_name: str,
    family_names: Iterable[str],
    reviewed: Collection[UUID],
) -> list[Oddity]:
    """Of the looks of one member at one client; the bulk of a member is judged beside it."""
    found = {
        Oddity.NO_RELATION: without_relation(looks, relations),
        Oddity.OWN_NAME: any(share_a_name(member_name, name) for name in family_names),
        Oddity.OUT_OF_HOURS: any(map(out_of_hours, looks)),
        Oddity.UNREVIEWED_EMERGENCY: bool(glasses(looks) - set(reviewed)),
    }
    return [oddity for oddity in Oddity if found.get(oddity, False)]
