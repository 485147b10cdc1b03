"""Through another's eyes: what a party would see after a choice; pure, nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.access.policy import grants
from app.access.vocabulary import Basis, Category, Period, Role, categories_in
from app.access.world import Block, Consent, World

Sight = dict[Category, frozenset[tuple[Basis, UUID]]]
"""Per category the reasons why it is seen: ground and what it rests on."""

PARTIAL = frozenset({Basis.AUTHOR, Basis.OWN, Basis.CONFIRMATION, Basis.CONTROLLER, Basis.CONTRACT})
"""Grounds that open only what the party wrote, confirmed or agreed itself."""


@dataclass(frozen=True)
class Party:
    """Whose eyes: an organisation, if wished one role or one person of it."""

    organisation_id: UUID
    role: Role | None = None
    membership_id: UUID | None = None


def with_consents(world: World, consents: Iterable[Consent]) -> World:
    return replace(world, consents=(*world.consents, *consents))


def without_consents(world: World, ids: Iterable[UUID], at: datetime) -> World:
    """These consents end at this moment, as by withdrawal."""
    gone = frozenset(ids)
    kept = tuple(
        consent if consent.id not in gone else _ended(consent, at) for consent in world.consents
    )
    return replace(world, consents=tuple(consent for consent in kept if consent is not None))


def _ended(consent: Consent, at: datetime) -> Consent | None:
    period = consent.period.meets(Period(datetime.min.replace(tzinfo=at.tzinfo), at))
    return None if period is None else replace(consent, period=period)


def with_block(world: World, block: Block) -> World:
    return replace(world, blocks=(*world.blocks, block))


def handles(world: World) -> dict[UUID, tuple[UUID, Role]]:
    """Whose a grantee is: members, their inboxes, and inboxes that wait for a referral."""
    found = {member.id: (member.organisation_id, member.role) for member in world.members}
    found |= {member.inbox_id: (member.organisation_id, member.role) for member in world.members}
    found |= {r.inbox_id: (r.organisation_id, r.role) for r in world.referrals}
    found |= {c.inbox_id: (c.organisation_id, Role.EMPLOYER) for c in world.contracts}
    return found


def seen_by(world: World, party: Party, at: datetime) -> dict[Role, Sight]:
    """Per role of this party: the categories it may see at this moment, and on what grounds."""
    owners = handles(world)
    found: dict[Role, Sight] = {}
    for grant in grants(world):
        organisation_id, role = owners.get(grant.grantee_id, (None, None))
        begun = grant.period.valid_from <= at
        over = grant.period.valid_until is not None and grant.period.valid_until <= at
        if (
            role is None
            or organisation_id != party.organisation_id
            or party.role not in {None, role}
            or party.membership_id not in {None, grant.grantee_id}
            or not begun
            or over
            or not grant.purposes
        ):
            continue
        sight, why = found.setdefault(role, {}), (grant.basis, grant.basis_id)
        for category in categories_in(grant.categories):
            sight[category] = sight.get(category, frozenset()) | {why}
    return found


def involved(world: World, party: Party) -> bool:
    """Whether anyone of this party works with the client now, or is asked to."""
    return any(
        organisation_id == party.organisation_id and party.role in {None, role}
        for organisation_id, role in handles(world).values()
    )


@dataclass(frozen=True)
class Change:
    """What a choice does to one party's sight."""

    starts: frozenset[Category]
    stops: frozenset[Category]
    narrows: frozenset[Category]
    kept_by_law: frozenset[Category]


def change(now: Sight, then: Sight) -> Change:
    """`stops`: at most what the party wrote itself is left; `narrows`: less, yet more than that."""
    lost = {c for c in now if now[c] - then.get(c, frozenset())}
    open_then = {c for c in then if any(basis not in PARTIAL for basis, _ in then[c])}
    return Change(
        starts=frozenset(c for c in then if then[c] - now.get(c, frozenset())),
        stops=frozenset(lost - open_then),
        narrows=frozenset(lost & open_then),
        kept_by_law=frozenset(
            c for c in then if any(basis is Basis.STATUTORY for basis, _ in then[c])
        ),
    )
