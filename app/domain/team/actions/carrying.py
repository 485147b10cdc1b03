"""Who coordinates a trajectory, and how many a coach carries."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.caseload import Excerpts
from app.access.collection import Records
from app.access.facts import Participant
from app.access.rows import shown
from app.access.session import Session
from app.access.writing import record
from app.domain.team.queries import teams as queries
from app.domain.team.rules import per_full_time
from app.domain.team.schemas.teams import CoordinatorIn, CoordinatorOut, FigureOut
from app.domain.team.tables import Coordinator
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.queries import lines
from app.domain.trajectory.queries import trajectories as stored
from app.domain.trajectory.rules.milestones import Milestone
from app.platform.http.problems import BadRequest, Fault, NotFound

PAGE = 100
COORDINATORS = Records(
    Coordinator,
    CoordinatorOut,
    statement=shown(
        Coordinator,
        *Coordinator.__table__.c,
        Coordinator.membership_id.label("coordinator_id"),
    ),
)


async def coordinate(session: Session, trajectory_id: UUID, body: CoordinatorIn) -> CoordinatorOut:
    """One of those who take part; it opens nothing that was closed."""
    parent = await trajectories.parent(session, trajectory_id)
    seats = await trajectories.participants(session, trajectory_id)
    if body.membership_id not in {row.membership_id for row in seats}:
        detail = "Must be somebody who takes part."
        raise BadRequest(errors=[Fault("body", "#/membershipId", "unknown_reference", detail)])
    place = {"client_id": parent.client_id, "trajectory_id": parent.id}
    values = {"membership_id": body.membership_id}
    made = await record(session, Coordinator, **place, values=values)
    return await COORDINATORS.written(session, trajectory_id, made)


async def figure(session: Session, membership_id: UUID) -> FigureOut:
    """For the coach and the supervisor, out of the lines that they may see anyhow."""
    own = session.viewer.membership_id
    if own is None:
        raise NotFound
    if own != membership_id and not await queries.supervises(session, own, membership_id):
        raise NotFound
    count = await _count(session, membership_id)
    fte = await queries.fte_of(session, membership_id)
    known = {"fte": fte, "per_full_time": per_full_time(count, fte)}
    told = {name: value for name, value in known.items() if value is not None}
    return FigureOut(membership_id=membership_id, trajectories=count, **told)


async def _count(session: Session, membership_id: UUID) -> int:
    rows = await stored.page(session, None, UUID(int=0), PAGE)
    count = sum(_carried(session, row, membership_id) for row in rows)
    while len(rows) == PAGE:
        rows = await stored.page(session, None, rows[-1].id, PAGE)
        count += sum(_carried(session, row, membership_id) for row in rows)
    return count


def _carried(session: Session, row: Row[Any], membership_id: UUID) -> bool:
    """That goes on, and in which this person takes part now."""
    excerpts = Excerpts(row.excerpts)
    if any(event.milestone is Milestone.ENDED for event in lines.reached(excerpts)):
        return False
    return any(
        seat["membership_id"] == str(membership_id) and lines.holds_at(session.viewer.moment, seat)
        for seat in excerpts.of(Participant)
    )
