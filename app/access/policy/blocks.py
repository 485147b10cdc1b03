"""Blocks: they beat consent, treatment and assignment, never a legal task."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from app.access.policy.members import fits
from app.access.vocabulary import (
    EVERY_CATEGORY,
    Basis,
    Grant,
    Period,
    mask_of,
)
from app.access.world import (
    Block,
    World,
)

BEATEN_BY_BLOCK = frozenset(
    {
        Basis.TREATMENT,
        Basis.ASSIGNMENT,
        Basis.CONSENT,
        Basis.REFERRAL,
        Basis.AUTHOR,
        Basis.OWN,
        Basis.CONFIRMATION,
        Basis.CONTROLLER,
        Basis.SUPERVISION,
        Basis.CONTRACT,
    }
)


def organisations(world: World) -> dict[UUID, UUID]:
    """Whose a grantee is: members, inboxes of an organisation and role, and client systems."""
    owners = {member.id: member.organisation_id for member in world.members}
    owners |= {member.inbox_id: member.organisation_id for member in world.members}
    owners |= {referral.inbox_id: referral.organisation_id for referral in world.referrals}
    owners |= {contract.inbox_id: contract.organisation_id for contract in world.contracts}
    owners |= {system.machine_id: system.organisation_id for system in world.registrations}
    return owners


def person_by_person(grant: Grant, world: World) -> Iterator[Grant]:
    """A block of one person reaches into an inbox: its grants then go to each member there.

    Who joins that organisation later is let in by the act that hires (`recompile_of` its inbox).
    """
    there = [member for member in world.members if member.inbox_id == grant.grantee_id]
    barred = {block.membership_id for block in world.blocks}
    if grant.basis not in BEATEN_BY_BLOCK or barred.isdisjoint(member.id for member in there):
        yield grant
        return
    for member in there:
        period = grant.period.meets(member.period)
        if period is not None and fits(member):
            yield replace(grant, grantee_id=member.id, period=period)


def after_blocks(
    grant: Grant, blocks: Iterable[Block], owners: dict[UUID, UUID]
) -> Iterator[Grant]:
    """A block beats consent, treatment and assignment; it never beats a legal task.

    In the order of their ids: where blocks overlap, another order would cut the time elsewhere.
    """
    pieces = [grant]
    for block in sorted(blocks, key=lambda block: block.id):
        bars = block.membership_id == grant.grantee_id or (
            block.organisation_id is not None
            and block.organisation_id == owners.get(grant.grantee_id)
        )
        if bars and grant.basis in BEATEN_BY_BLOCK:
            barred = mask_of(block.categories)
            pieces = [rest for piece in pieces for rest in _barred(piece, barred, block.period)]
    yield from pieces


def _barred(grant: Grant, barred: int, period: Period) -> Iterator[Grant]:
    shared = grant.period.meets(period)
    if shared is None or not (grant.categories | grant.creates) & barred:
        yield grant
        return
    kept = EVERY_CATEGORY & ~barred
    for time in grant.period.without(period):
        yield replace(grant, period=time)
    yield replace(
        grant,
        period=shared,
        categories=grant.categories & kept,
        creates=grant.creates & kept,
    )
