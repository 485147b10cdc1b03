"""Every read of a trajectory; each statement decides for itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    not_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from app.access.caseload import STILL_OPEN, CaseloadLine, mine, page_of_mine
from app.access.collection import Parent
from app.access.facts import Responsibility
from app.access.parties import Organisation
from app.access.rows import ORGANISATION, shown, visible
from app.access.session import Session
from app.domain.client import queries as clients
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.tables import (
    PreviousTrajectory,
    Trajectory,
    TrajectoryCourse,
    TrajectoryEvent,
)
from app.platform.http.problems import NotFound

_ID = bindparam("trajectory", type_=Uuid())
_AFTER = bindparam("after", type_=Uuid())
_CLIENT = bindparam("client", type_=Uuid())
_SIZE = bindparam("size", type_=Integer())
_BODY = (
    select(
        Responsibility.organisation_id.label("responsible_organisation_id"),
        Responsibility.valid_from.label("responsible_from"),
        Responsibility.valid_until.label("responsible_until"),
        Organisation.kind.label("responsible_kind"),
    )
    .join(Organisation, Organisation.id == Responsibility.organisation_id)
    .where(Responsibility.trajectory_id == Trajectory.id, visible(Responsibility))
    .order_by(Responsibility.valid_from.desc(), Responsibility.organisation_id.desc())
    .limit(1)
    .lateral("body")
)
_COLUMNS = (
    Trajectory.id,
    Trajectory.client_id,
    Trajectory.trajectory_id,
    Trajectory.controller_organisation_id,
    Trajectory.recorded_at,
    Trajectory.author_role,
    TrajectoryCourse.kind,
    TrajectoryCourse.legal_frame,
    TrajectoryCourse.funding,
    TrajectoryCourse.duration_months.label("agreed_months"),
    TrajectoryCourse.voluntary,
    *_BODY.c,
)


def _course(base: Select[Any]) -> Select[Any]:
    """With its course, its responsible body and its client's name, each where visible."""
    with_course = base.outerjoin(
        TrajectoryCourse,
        and_(TrajectoryCourse.trajectory_id == Trajectory.id, visible(TrajectoryCourse)),
    ).outerjoin(_BODY, true())
    return clients.named(with_course, Trajectory.client_id)


_PARENT = shown(Trajectory, Trajectory.id, Trajectory.client_id).where(Trajectory.id == _ID)
_ONE = _course(shown(Trajectory, *_COLUMNS)).where(Trajectory.id == _ID)
_KIND = (
    shown(Trajectory, Trajectory.controller_organisation_id, TrajectoryCourse.kind)
    .outerjoin(
        TrajectoryCourse,
        and_(TrajectoryCourse.trajectory_id == Trajectory.id, visible(TrajectoryCourse)),
    )
    .where(Trajectory.id == _ID)
)
_PAGE = page_of_mine()
_AT_WORK = page_of_mine(STILL_OPEN)
_PAGE_OF_CLIENT = mine(
    CaseloadLine.trajectory_id > _AFTER, CaseloadLine.client_id == _CLIENT
).limit(_SIZE)

_OPEN = (
    shown(Trajectory, Trajectory.id)
    .join(
        TrajectoryCourse,
        and_(TrajectoryCourse.trajectory_id == Trajectory.id, visible(TrajectoryCourse)),
    )
    .where(
        Trajectory.client_id == _CLIENT,
        Trajectory.controller_organisation_id == ORGANISATION,
        TrajectoryCourse.kind == bindparam("kind", type_=Text()),
        not_(
            select(TrajectoryEvent.id)
            .where(
                TrajectoryEvent.trajectory_id == Trajectory.id,
                TrajectoryEvent.milestone == Milestone.ENDED.value,
                visible(TrajectoryEvent),
            )
            .exists()
        ),
    )
    .limit(1)
)


_BEFORE = aliased(Trajectory)
PREVIOUS = (
    shown(
        PreviousTrajectory,
        *PreviousTrajectory.__table__.c,
        PreviousTrajectory.previous_id.label("previous_trajectory_id"),
    )
    .join(_BEFORE, _BEFORE.id == PreviousTrajectory.previous_id)
    .where(visible(Trajectory, _BEFORE))
)
"""Only where the viewer may know of the earlier one as well."""


async def parent(session: Session, trajectory_id: UUID) -> Parent:
    """The trajectory that records hang under; NotFound when this viewer may not know of it."""
    row = await session.row(_PARENT, trajectory=trajectory_id)
    if row is None:
        raise NotFound
    return Parent(row.client_id, row.id, row.mask)


async def kind_of(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    """Its kind and who runs it, each as far as this viewer may know; for an action's own use."""
    return await session.row(_KIND, trajectory=trajectory_id)


async def one(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, trajectory=trajectory_id)


async def page(
    session: Session, client_id: UUID | None, after: UUID, size: int
) -> Sequence[Row[Any]]:
    """The caseload in the order of opaque ids, of one client or of all."""
    if client_id is None:
        return await session.rows(_PAGE, after=after, size=size)
    return await session.rows(_PAGE_OF_CLIENT, client=client_id, after=after, size=size)


async def at_work(session: Session, after: UUID, size: int) -> Sequence[Row[Any]]:
    """The caseload without what is only kept after its end."""
    return await session.rows(_AT_WORK, after=after, size=size)


async def has_open(session: Session, client_id: UUID, kind: Kind) -> bool:
    """Whether the viewer's organisation runs one of this kind that has not ended, as it may see."""
    return await session.row(_OPEN, client=client_id, kind=kind.value) is not None
