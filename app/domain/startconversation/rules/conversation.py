"""Kinds of conversation, who sits where, and what is lacking before it counts.

Voluntary throughout: a declined invitation or an empty chair ends nothing; another date can
always be proposed, and the client may accept that someone was not there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.access.ceilings import open_to_consent
from app.access.vocabulary import GGZ_TEAM, Category, Role
from app.domain.trajectory.rules.standing import SEATS, Seat


class Kind(StrEnum):
    FOUR_PARTY = "four_party"
    THREE_WAY = "three_way"
    REVIEW = "review"
    FINAL_REVIEW = "final_review"


class Mode(StrEnum):
    IN_PERSON = "in_person"
    VIDEO = "video"
    TELEPHONE = "telephone"


class Reply(StrEnum):
    """What an invited party answered last; no answer is no answer, never a refusal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class How(StrEnum):
    """How the minutes were confirmed; on paper or by word another party writes it down."""

    OWN_SESSION = "own_session"
    PAPER = "paper"
    VERBAL = "verbal"


AUTHORITY_ROLES = frozenset(role for role, seat in SEATS.items() if seat is Seat.AUTHORITY)
ORGANISERS = frozenset(SEATS) - {Role.CLIENT}
"""Who arranges a conversation and writes its minutes. In the municipal variant the case manager
sits in UWV's seat; both together only with the client's consent."""


def may_attend(role: Role) -> bool:
    """A party is a role to which the client's consent can open a conversation at all."""
    persons = {Role.REPRESENTATIVE, Role.SUPPORTER}
    opened = Category.START_CONVERSATION in open_to_consent(role)
    return role is Role.CLIENT or (opened and role not in persons)


PARTIES = frozenset(role for role in Role if may_attend(role))
_ALWAYS = {Role.CLIENT, Role.REPRESENTATIVE, Role.PRIVACY_DESK} | GGZ_TEAM


AUDIENCE = sorted(_ALWAYS | PARTIES)
"""Invitations, dates and answers never reach the insurance physician, an employer or a
supervisor; which of these roles is a party of this conversation, the queries ask."""


@dataclass(frozen=True)
class Party:
    """An invited party: the client, or a role of an organisation, if wished one person."""

    role: Role
    organisation_id: UUID | None = None
    membership_id: UUID | None = None
    invitation_id: UUID | None = None

    @property
    def seat(self) -> Seat | None:
        return SEATS.get(self.role)


def two_authorities(parties: Iterable[Party]) -> bool:
    """UWV and municipality together, which only the client's consent allows."""
    seated = {(p.role, p.organisation_id) for p in parties if p.role in AUTHORITY_ROLES}
    return len(seated) > 1


def covered(party: Party, consented: Collection[tuple[UUID, Role, UUID]]) -> bool:
    """Whether the client's consent lets this party see the conversation.

    `consented` holds (organisation, role, membership) of everyone who may.
    """
    return any(
        (organisation, role) == (party.organisation_id, party.role)
        and party.membership_id in {None, membership}
        for organisation, role, membership in consented
    )


def admitted(parties: Iterable[Party], consented: Collection[tuple[UUID, Role, UUID]]) -> bool:
    """Whether the client's consent lets all of these in."""
    return all(covered(party, consented) for party in parties)


def seats_filled(parties: Iterable[Party], there: Collection[UUID]) -> frozenset[Seat]:
    """Seats of which everyone invited was there, or whose absence the client accepted."""
    seated = [(party.seat, party.invitation_id in there) for party in parties]
    empty = {seat for seat, came in seated if not came}
    return frozenset(seat for seat, _ in seated if seat is not None and seat not in empty)


def seats_without_consent(
    parties: Iterable[Party], consented: Collection[tuple[UUID, Role, UUID]]
) -> frozenset[Seat]:
    """Seats of professionals to whom no consent of the client opens the conversation."""
    return frozenset(
        party.seat
        for party in parties
        if party.seat is not None
        and party.seat is not Seat.CLIENT
        and not covered(party, consented)
    )


def seats_named(empty: Iterable[Seat], closed: Iterable[Seat]) -> list[str]:
    """Whose chair was empty and whose consent is missing, as codes; for the client's eyes."""
    chairs = [f"not_present_{seat}" for seat in sorted(empty)]
    return [*chairs, *(f"no_consent_{seat}" for seat in sorted(closed))]


@dataclass(frozen=True)
class Content:
    """Which parts of the minutes were filled in."""

    success: bool
    reviews: bool
    duration: bool
    final: bool
    next_step: bool


def unfit(kind: Kind, content: Content) -> list[tuple[str, str]]:
    """(field, code) of what this kind of conversation must or cannot hold."""
    found = []
    if kind is Kind.FOUR_PARTY:
        needed = {
            "successDefinition": content.success,
            "reviewDates": content.reviews,
            "durationMonths": content.duration,
        }
        found += [(field, "required") for field, filled in needed.items() if not filled]
    if kind is Kind.FINAL_REVIEW and not content.next_step:
        found.append(("finalReview", "required"))
    if kind is not Kind.FINAL_REVIEW and content.final:
        found.append(("finalReview", "only_in_a_final_review"))
    return found


def moments_differ(days: Collection[datetime]) -> bool:
    """Proposed moments are all different."""
    return len(set(days)) == len(days)
