"""Whether a hat may read or add a kind of data, told from what its grants open; pure."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from app.access.vocabulary import FUNDERS, Basis, Category, Role


class Wish(StrEnum):
    """What somebody wants to do with a kind of data of one client or trajectory."""

    READ = "read"
    READ_ANY = "read_any"
    ADD = "add"


class Limit(StrEnum):
    """In which way a part is less than everything that was asked about."""

    ONE_TRAJECTORY = "one_trajectory"
    ONE_SENDER = "one_sender"
    ONE_RECORD = "one_record"
    OWN_RECORDS = "own_records"
    ONE_PARTY = "one_party"


@dataclass(frozen=True)
class Opened:
    """On what the grants of a hat open the kind of data that was asked about, or a part of it."""

    role: Role
    known: bool
    whole: frozenset[Basis]
    part: frozenset[Basis]
    adds: frozenset[Basis]
    limits: frozenset[Limit]


@dataclass(frozen=True)
class Decision:
    """Yes or no, on what it rests, and what makes a yes smaller than the question."""

    allowed: bool
    bases: tuple[Basis, ...] = ()
    limits: tuple[Limit, ...] = ()


NO = Decision(allowed=False)


def decide(
    wish: Wish, category: Category, opened: Opened, confined: AbstractSet[Category]
) -> Decision:
    """A yes to `read` is a yes to all of it; where only a part opens, `read` is no and says so.

    Nothing opens to who may not know that there is such a client. Records of a `confined` kind are
    shown to a funder one by one.
    """
    if not opened.known:
        return NO
    if wish is Wish.ADD:
        return Decision(bool(opened.adds), tuple(sorted(opened.adds)))
    if not opened.part:
        return NO
    narrow = category in confined and opened.role in FUNDERS
    if opened.whole and not narrow:
        return Decision(allowed=True, bases=tuple(sorted(opened.whole)))
    limits = opened.limits | ({Limit.ONE_PARTY} if narrow else set())
    found = tuple(sorted(opened.part)), tuple(sorted(limits))
    return Decision(wish is Wish.READ_ANY, *found)
