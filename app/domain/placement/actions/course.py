"""What contacts and placements mean in the process of their trajectory, if anything."""

from datetime import date
from uuid import UUID

from app.access.collection import Parent, Records
from app.access.session import Session
from app.domain.placement.rules.contacts import STEPS, ContactKind
from app.domain.placement.rules.placements import PlacementKind
from app.domain.placement.schemas.placements import PlacementOut
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.events import require_reachable
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.process import lacks_before


async def talked(session: Session, parent: Parent, kind: ContactKind, on: date) -> None:
    """A step of the process was taken by this contact; where its time has not come, it is a log."""
    milestone = STEPS.get(kind)
    if milestone is None:
        return
    standing = await trajectories.standing(session, parent)
    counts = standing.process.counts(milestone) and not standing.has(Milestone.ENDED)
    if counts and not lacks_before(milestone, standing):
        await reached(session, parent, milestone, on=on)


async def meaning(session: Session, parent: Parent, kind: PlacementKind) -> Milestone | None:
    """The moment that a placement of this kind is, once nothing is lacking before it."""
    standing = await trajectories.standing(session, parent)
    milestone = standing.process.placements.get(kind.value)
    if milestone is not None:
        await require_reachable(session, parent, milestone)
    return milestone


async def over(
    session: Session, parent: Parent, records: Records[PlacementOut], ended: UUID, on: date
) -> None:
    """The last job that counts in this process is over; another one may go on beside it."""
    process = (await trajectories.standing(session, parent)).process
    rows = await records.rows(session, parent.id)
    kinds = {row.id: row.kind for row in rows}
    left = [
        row
        for row in rows
        if row.kind in process.placements
        and row.ended_on is None
        and row.superseded_by is None
        and row.id != ended
    ]
    if process.placement_ended is not None and kinds.get(ended) in process.placements and not left:
        await reached(session, parent, process.placement_ended, on=on)
