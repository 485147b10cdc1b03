"""Every read of a trajectory; each statement decides for itself."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam

from app.access.collection import Parent
from app.access.rows import shown
from app.access.session import Session
from app.domain.trajectory.tables import Trajectory
from app.platform.http.problems import NotFound

_PARENT = shown(Trajectory, Trajectory.id, Trajectory.client_id).where(
    Trajectory.id == bindparam("trajectory", type_=Uuid())
)


async def parent(session: Session, trajectory_id: UUID) -> Parent:
    """The trajectory that records hang under; NotFound when this viewer may not know of it."""
    row = await session.row(_PARENT, trajectory=trajectory_id)
    if row is None:
        raise NotFound
    return Parent(row.client_id, row.id, row.mask)
