"""What a membership may do at most: its role, its purposes and the cells of the ceiling."""

from uuid import UUID

from app.access.ceilings import (
    ceiling,
    opened_by,
    roles_of,
)
from app.access.vocabulary import (
    AUTHORITIES,
    FITTING_PURPOSES,
    Basis,
    Category,
    Grant,
    Ground,
    OrganisationKind,
    Period,
    Role,
)
from app.access.world import (
    Member,
    World,
)


def fits(member: Member) -> bool:
    """A role that cannot exist in this kind of organisation has no rights at all."""
    return member.role in roles_of(member.organisation_kind)


def purposes_of(role: Role) -> int:
    return sum(purpose.bit for purpose in FITTING_PURPOSES[role])


def member_of(world: World, membership_id: UUID) -> Member | None:
    member = world.members_by_id.get(membership_id)
    return member if member is not None and fits(member) else None


def _gated(member: Member, category: Category, commissioned_by: OrganisationKind | None) -> bool:
    """Gates known from the facts: 1 and 9 (commissioned coach), 4 (employed IPS coach).

    Gate 32: a supervisor has nothing by taking part, only by whom he or she answers for.
    """
    gate = ceiling(member.policy_version)[category, member.role].gate
    if gate in {1, 9}:
        return commissioned_by not in AUTHORITIES
    return gate == 32 or (gate == 4 and not member.employed)  # noqa: PLR2004 - names of gates


def cells_of(
    member: Member, ground: Ground, commissioned_by: OrganisationKind | None = None
) -> frozenset[Category]:
    opened = opened_by(member.role, ground, member.policy_version)
    return frozenset(c for c in opened if not _gated(member, c, commissioned_by))


def grant_for(member: Member, period: Period, basis: Basis, basis_id: UUID) -> Grant:
    return Grant(
        grantee_id=member.id,
        period=period,
        basis=basis,
        basis_id=basis_id,
        purposes=purposes_of(member.role),
        policy_version=member.policy_version,
    )
