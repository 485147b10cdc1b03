"""Grounds for one placement or conversation, for supervisors, privacy desks and machines."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from app.access.ceilings import (
    open_to_consent,
    opened_by,
    roles_of,
    written_by,
)
from app.access.policy.involvement import work_of
from app.access.policy.members import grant_for, member_of, purposes_of
from app.access.vocabulary import (
    GGZ_TEAM,
    Basis,
    Category,
    Grant,
    Ground,
    Purpose,
    Reach,
    Role,
    mask_of,
)
from app.access.world import (
    World,
)


def of_contract(world: World) -> Iterator[Grant]:
    """Gate 19: an employer sees his own contract data, not the trajectory."""
    for contract in world.contracts:
        yield Grant(
            grantee_id=contract.inbox_id,
            period=contract.period,
            basis=Basis.CONTRACT,
            basis_id=contract.placement_id,
            purposes=purposes_of(Role.EMPLOYER),
            categories=mask_of(opened_by(Role.EMPLOYER, Ground.CONTRACT)),
            trajectory_id=contract.trajectory_id,
            record_id=contract.placement_id,
        )


def of_confirmation(world: World) -> Iterator[Grant]:
    """Gate 28: each party keeps what it confirmed itself."""
    for confirmation in world.confirmations:
        member = member_of(world, confirmation.membership_id)
        period = None if member is None else member.period.meets(confirmation.period)
        if member is None or period is None:
            continue
        if Category.START_CONVERSATION not in open_to_consent(member.role, member.policy_version):
            continue
        yield replace(
            grant_for(member, period, Basis.CONFIRMATION, confirmation.id),
            categories=Category.START_CONVERSATION.bit,
            trajectory_id=confirmation.trajectory_id,
            record_id=confirmation.conversation_id,
        )


def of_supervision(world: World) -> Iterator[Grant]:
    """Gate 32: only what the supervised members are assigned to."""
    for supervision in world.supervisions:
        supervisor = member_of(world, supervision.supervisor_membership_id)
        supervised = member_of(world, supervision.supervised_membership_id)
        if supervisor is None or supervised is None or supervisor.role is not Role.SUPERVISOR:
            continue
        if supervisor.organisation_id != supervised.organisation_id:
            continue
        both = supervisor.period.meets(supervised.period)
        watched = both and supervision.period.meets(both)
        for assignment, period in work_of(world, supervised):
            shared = watched and watched.meets(period)
            if shared is not None:
                yield replace(
                    grant_for(supervisor, shared, Basis.SUPERVISION, supervision.id),
                    categories=mask_of(opened_by(Role.SUPERVISOR, Ground.ASSIGNMENT)),
                    trajectory_id=assignment.trajectory_id,
                )


def of_request(world: World) -> Iterator[Grant]:
    """Gate 33: the privacy desk, while a data-subject request of this client is open and theirs.

    Only the records in the request: those its organisation answers for. To get at them it may
    know that the trajectories exist in which that organisation works.
    """
    for request in world.requests:
        theirs = Grant(
            grantee_id=request.inbox_id,
            period=request.period,
            basis=Basis.REQUEST,
            basis_id=request.id,
            purposes=purposes_of(Role.PRIVACY_DESK),
            categories=mask_of(opened_by(Role.PRIVACY_DESK, Ground.REQUEST)),
            sender_organisation_id=request.organisation_id,
            ungated=True,
        )
        yield theirs
        for trajectory_id in _worked_on(world, request.organisation_id):
            yield replace(
                theirs,
                categories=Category.EXISTENCE.bit,
                trajectory_id=trajectory_id,
                sender_organisation_id=None,
            )


def _worked_on(world: World, organisation_id: UUID) -> set[UUID]:
    """The trajectories in which this organisation is or was responsible or took part."""
    own = {member.id for member in world.members if member.organisation_id == organisation_id}
    seats = {seat.trajectory_id for seat in world.assignments if seat.membership_id in own}
    return seats | {
        task.trajectory_id
        for task in world.responsibilities
        if task.organisation_id == organisation_id
    }


def of_registration(world: World) -> Iterator[Grant]:
    """A client system that acts for its organisation reads back only what it registered.

    And whom: the name and number as they are now, also where a colleague or the client mended
    them, for it would else go on with what no longer holds.

    Where nobody can treat there is nothing for it to register.
    """
    writes = frozenset[Category]().union(*(written_by(role) for role in GGZ_TEAM))
    for registration in world.registrations:
        if GGZ_TEAM.isdisjoint(roles_of(registration.organisation_kind)):
            continue
        own = Grant(
            grantee_id=registration.machine_id,
            period=registration.period,
            basis=Basis.AUTHOR,
            basis_id=registration.machine_id,
            purposes=Purpose.TREATMENT.bit,
            categories=mask_of(writes),
            creates=mask_of(writes),
            reach=Reach.AUTHORED,
            ungated=True,
        )
        yield own
        yield replace(
            own,
            categories=Category.IDENTITY.bit,
            creates=0,
            sender_organisation_id=registration.organisation_id,
            reach=Reach.ALL,
        )
