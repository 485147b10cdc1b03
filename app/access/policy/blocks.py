"""Blocks: they beat consent, treatment and assignment, never a legal task."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

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
    """Whose a grantee is: members, and the inboxes of an organisation and role."""
    owners = {member.id: member.organisation_id for member in world.members}
    owners |= {member.inbox_id: member.organisation_id for member in world.members}
    owners |= {referral.inbox_id: referral.organisation_id for referral in world.referrals}
    owners |= {contract.inbox_id: contract.organisation_id for contract in world.contracts}
    return owners


def after_blocks(
    grant: Grant, blocks: Iterable[Block], owners: dict[UUID, UUID]
) -> Iterator[Grant]:
    """A block beats consent, treatment and assignment; it never beats a legal task."""
    pieces = [grant]
    for block in blocks:
        bars = block.membership_id == grant.grantee_id or (
            block.organisation_id is not None
            and block.organisation_id == owners.get(grant.grantee_id)
        )
        if bars and grant.basis in BEATEN_BY_BLOCK:
            barred = mask_of(block.categories)
            pieces = [rest for piece in pieces for rest in _barred(piece, barred, block.period)]
    yield from pieces


def _barred(grant: Grant, barred: int, period: Period) -> Iterator[Grant]:
    if not (grant.categories | grant.creates) & barred or grant.period.meets(period) is None:
        yield grant
        return
    kept = EVERY_CATEGORY & ~barred
    for time in grant.period.without(period):
        yield replace(grant, period=time)
    shared = grant.period.meets(period)
    if shared is not None:
        yield replace(
            grant,
            period=shared,
            categories=grant.categories & kept,
            creates=grant.creates & kept,
        )
