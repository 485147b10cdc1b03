"""Stand-ins get the involvements of the absent colleague."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from app.access.vocabulary import (
    Period,
)
from app.access.world import (
    Assignment,
    Treatment,
    World,
)

Involvement = TypeVar("Involvement", Treatment, Assignment)


def with_substitutes(world: World) -> World:
    """Stand-ins get the involvements of the absent colleague while the substitution lasts.

    And nothing afterwards: there is no work left to stand in for.
    """
    treatments, assignments = set(world.treatments), set(world.assignments)
    for cover in world.substitutions:
        absent = world.members_by_id.get(cover.absent_membership_id)
        substitute = world.members_by_id.get(cover.substitute_membership_id)
        if absent is None or substitute is None:
            continue
        if (absent.organisation_id, absent.role) != (substitute.organisation_id, substitute.role):
            continue
        treatments |= set(_covered(world.treatments, cover.period, absent.id, substitute.id))
        covered = _covered(world.assignments, cover.period, absent.id, substitute.id)
        assignments |= {replace(assignment, keeps_own_records=False) for assignment in covered}
    return replace(world, treatments=tuple(treatments), assignments=tuple(assignments))


def _covered(
    involvements: Iterable[Involvement], period: Period, absent: UUID, substitute: UUID
) -> Iterator[Involvement]:
    for involvement in involvements:
        shared = involvement.period.meets(period)
        if involvement.membership_id == absent and shared is not None:
            yield replace(involvement, membership_id=substitute, period=shared)
