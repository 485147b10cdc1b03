"""Break-glass: what an emergency needs, for a short time, and who reviews it (model, section 5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.access.ceilings import ceiling
from app.access.policy.involvement import of_own_file
from app.access.policy.members import fits, member_of, purposes_of
from app.access.vocabulary import (
    GGZ_TEAM,
    Basis,
    Category,
    Grant,
    Ground,
    Period,
    Purpose,
    Reach,
    Role,
    mask_of,
)
from app.access.world import BrokenGlass, Member, World

NEEDED = frozenset(
    {Category.IDENTITY, Category.EXISTENCE, Category.MEDICAL, Category.EARLY_WARNING_PLAN}
)
LONGEST = timedelta(hours=24)
"""However long the setting or the row says: an emergency is over after a day."""


def of_broken_glass(world: World) -> Iterator[Grant]:
    for glass in world.broken:
        member = member_of(world, glass.membership_id)
        if member is None or member.role is not Role.CLINICIAN:
            continue
        for period in _while_treated(world, glass, member):
            yield from _opened(glass, member, period)
        yield Grant(
            grantee_id=glass.desk_inbox_id,
            period=Period(glass.period.valid_from),
            basis=Basis.REVIEW,
            basis_id=glass.id,
            purposes=purposes_of(Role.PRIVACY_DESK),
            categories=mask_of({Category.CONSENT, Category.ACCESS_LOG}),
            record_id=glass.id,
        )


def treating(world: World, member: Member) -> Iterator[Period]:
    """When somebody of this member's organisation treats the client, and so the member may."""
    for treatment in world.treatments:
        treater = world.members_by_id.get(treatment.membership_id)
        if (
            treater is None
            or not fits(treater)
            or treater.role not in GGZ_TEAM
            or treater.organisation_id != member.organisation_id
        ):
            continue
        both = treater.period.meets(member.period)
        period = None if both is None else both.meets(treatment.period)
        if period is not None:
            yield period


def treats(world: World, organisation_id: UUID | None, moment: datetime) -> bool:
    """Whether this organisation treats the client at this moment: there the glass may be broken."""
    return any(
        member.organisation_id == organisation_id
        and member.role in GGZ_TEAM
        and fits(member)
        and member.period.holds(moment)
        and treatment.period.holds(moment)
        for treatment in world.treatments
        for member in world.members
        if member.id == treatment.membership_id
    )


def _while_treated(world: World, glass: BrokenGlass, member: Member) -> Iterator[Period]:
    """No reason or no end, no opening: a glass that nobody closes in time was never one."""
    if glass.period.valid_until is None or not glass.reason.strip():
        return
    box = Period(glass.period.valid_from, glass.period.valid_from + LONGEST).meets(glass.period)
    for period in treating(world, member):
        shared = None if box is None else box.meets(period)
        if shared is not None:
            yield shared


def _opened(glass: BrokenGlass, member: Member, period: Period) -> Iterator[Grant]:
    """Ceiling first, and gate 24: the plan made in treatment here, never the client's own."""
    cells = ceiling(member.policy_version)
    seen = frozenset(c for c in NEEDED if cells[c, member.role].ground is not Ground.NEVER)
    own_file = of_own_file(member, seen)
    base = Grant(
        grantee_id=member.id,
        period=period,
        basis=Basis.BREAK_GLASS,
        basis_id=glass.id,
        purposes=Purpose.EMERGENCY.bit,
        policy_version=member.policy_version,
        ungated=True,
    )
    yield replace(base, categories=mask_of(seen - own_file))
    yield replace(
        base,
        categories=mask_of(own_file),
        sender_organisation_id=member.organisation_id,
    )
    yield replace(
        base,
        categories=Category.CONSENT.bit,
        record_id=glass.id,
        reach=Reach.AUTHORED,
    )
