"""Treatment, assignment and legal task."""

from collections.abc import Iterator
from dataclasses import replace

from app.access.ceilings import (
    ceiling,
    written_by,
)
from app.access.policy.members import cells_of, grant_for, member_of
from app.access.vocabulary import (
    AUTHORITIES,
    GGZ_TEAM,
    Basis,
    Category,
    Grant,
    Ground,
    Period,
    Reach,
    Role,
    mask_of,
)
from app.access.world import (
    Assignment,
    Member,
    World,
)

ADDRESSED = frozenset({Category.STATUS, Category.FEEDBACK})
"""Records of these carry an audience, and being involved never lifts it (gates 27 and 31)."""


def involvement(base: Grant, member: Member, seen: frozenset[Category]) -> Iterator[Grant]:
    """Whoever is involved sees what the ground opens, what they wrote, and their own consents."""
    cells = ceiling(member.policy_version)
    writes = written_by(member.role)
    never = {c for c in writes if cells[c, member.role].ground is Ground.NEVER}
    opened, addressed = mask_of(seen - ADDRESSED), mask_of(seen & ADDRESSED)
    yield replace(base, categories=opened, creates=mask_of(writes), ungated=True)
    yield replace(base, categories=addressed)
    yield replace(
        base,
        categories=mask_of(writes - never - {Category.CONSENT}),
        basis=Basis.AUTHOR,
        reach=Reach.AUTHORED,
        ungated=True,
    )
    if cells[Category.CONSENT, member.role].ground is Ground.OWN:
        yield replace(
            base, categories=Category.CONSENT.bit, basis=Basis.OWN, reach=Reach.OWN, ungated=True
        )


def of_treatment(world: World) -> Iterator[Grant]:
    for treatment in world.treatments:
        member = member_of(world, treatment.membership_id)
        period = None if member is None else member.period.meets(treatment.period)
        if member is None or period is None or member.role not in GGZ_TEAM:
            continue
        base = grant_for(member, period, Basis.TREATMENT, treatment.id)
        seen = cells_of(member, Ground.TREATMENT)
        own_file = of_own_file(member, seen)
        yield from involvement(base, member, seen - own_file)
        yield replace(
            base,
            categories=mask_of(own_file),
            sender_organisation_id=member.organisation_id,
            ungated=True,
        )


def of_own_file(member: Member, seen: frozenset[Category]) -> frozenset[Category]:
    """Gate 24: a plan made in treatment; one that the client wrote opens by consent only."""
    cells = ceiling(member.policy_version)
    return frozenset(c for c in seen if cells[c, member.role].gate == 24)  # noqa: PLR2004


def of_assignment(world: World) -> Iterator[Grant]:
    for assignment in world.assignments:
        member = member_of(world, assignment.membership_id)
        period = None if member is None else member.period.meets(assignment.period)
        if member is None or period is None:
            continue
        base = replace(
            grant_for(member, period, Basis.ASSIGNMENT, assignment.id),
            trajectory_id=assignment.trajectory_id,
        )
        if member.organisation_kind in AUTHORITIES:
            yield from _statutory(world, base, member)
        else:
            seen = cells_of(member, Ground.ASSIGNMENT, assignment.commissioned_by)
            yield from involvement(base, member, seen)
        if assignment.keeps_own_records and assignment.period.valid_until is not None:
            yield from _afterwards(base, member, assignment)


def _statutory(world: World, base: Grant, member: Member) -> Iterator[Grant]:
    """Gate 2: assigned, and the organisation is the open responsible authority; never another."""
    for task in world.responsibilities:
        period = base.period.meets(task.period)
        own = (task.trajectory_id, task.organisation_id) == (
            base.trajectory_id,
            member.organisation_id,
        )
        if period is None or not own:
            continue
        by_task = replace(base, period=period, basis=Basis.STATUTORY, basis_id=task.id)
        physician = member.role is Role.INSURANCE_PHYSICIAN
        for grant in involvement(by_task, member, cells_of(member, Ground.STATUTORY)):
            # Gate 12 and 34: drafts of capacity are for the physician, of reports for nobody here.
            drafts = physician or grant.reach is not Reach.ALL
            yield replace(grant, ungated=grant.ungated and drafts)


def _afterwards(base: Grant, member: Member, assignment: Assignment) -> Iterator[Grant]:
    """After the reading period of an ended trajectory only the controller's own records stay.

    Of what the task itself opened: taking part in work never leaves a key to the treatment behind.
    """
    end = assignment.period.valid_until
    period = None if end is None else member.period.meets(Period(end))
    if period is None:
        return
    grounds = (Ground.STATUTORY, Ground.ASSIGNMENT)
    seen = frozenset[Category]().union(
        *(cells_of(member, ground, assignment.commissioned_by) for ground in grounds)
    )
    yield replace(
        base,
        period=period,
        basis=Basis.CONTROLLER,
        categories=mask_of(seen),
        sender_organisation_id=member.organisation_id,
    )


def work_of(world: World, member: Member) -> Iterator[tuple[Assignment, Period]]:
    """The assignments of a member; at an authority only while that body is responsible."""
    for assignment in world.assignments:
        if assignment.membership_id != member.id:
            continue
        if member.organisation_kind not in AUTHORITIES:
            yield assignment, assignment.period
            continue
        for task in world.responsibilities:
            period = assignment.period.meets(task.period)
            same = (task.trajectory_id, task.organisation_id) == (
                assignment.trajectory_id,
                member.organisation_id,
            )
            if same and period is not None:
                yield assignment, period
