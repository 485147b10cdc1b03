"""Many grants told as few lines: per party, what it may see and why; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.access.vocabulary import Basis, Category, OrganisationKind, Reach, Role, categories_in

CHOSEN_BY_CLIENT = frozenset({Basis.CONSENT, Basis.REFERRAL})


@dataclass(frozen=True)
class Held:
    """One grant in force, with whose it is."""

    organisation_id: UUID | None
    organisation_kind: OrganisationKind | None
    role: Role
    person: str
    basis: Basis
    basis_id: UUID
    reach: Reach
    categories: int
    trajectory_id: UUID | None
    record_id: UUID | None
    sender_organisation_id: UUID | None
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True)
class LineKey:
    """Grants that a client reads as one line."""

    basis: Basis
    consent_id: UUID | None
    reach: Reach
    trajectory_id: UUID | None
    record_id: UUID | None
    sender_organisation_id: UUID | None


@dataclass
class Line:
    """One reason of one party, with all it opens."""

    key: LineKey
    categories: frozenset[Category]
    since: datetime
    until: datetime | None


@dataclass
class PartyLines:
    """An organisation and role, or a person close to the client."""

    organisation_id: UUID | None
    organisation_kind: OrganisationKind | None
    role: Role
    people: set[str] = field(default_factory=set)
    lines: dict[LineKey, Line] = field(default_factory=dict)


def grouped(held: Iterable[Held]) -> list[PartyLines]:
    """Per organisation and role; persons without an organisation each on their own."""
    parties: dict[tuple[UUID | None, Role, str], PartyLines] = {}
    for grant in held:
        person = grant.person if grant.organisation_id is None else ""
        party = parties.setdefault(
            (grant.organisation_id, grant.role, person),
            PartyLines(grant.organisation_id, grant.organisation_kind, grant.role),
        )
        if grant.person:
            party.people.add(grant.person)
        _add(party.lines, grant)
    return list(parties.values())


def _add(lines: dict[LineKey, Line], grant: Held) -> None:
    chosen = grant.basis_id if grant.basis in CHOSEN_BY_CLIENT else None
    key = LineKey(
        grant.basis,
        chosen,
        grant.reach,
        grant.trajectory_id,
        grant.record_id,
        grant.sender_organisation_id,
    )
    opened = categories_in(grant.categories)
    line = lines.get(key)
    if line is None:
        lines[key] = Line(key, opened, grant.valid_from, grant.valid_until)
        return
    ends = (line.until, grant.valid_until)
    line.categories |= opened
    line.since = min(line.since, grant.valid_from)
    line.until = None if None in ends else max(end for end in ends if end is not None)
