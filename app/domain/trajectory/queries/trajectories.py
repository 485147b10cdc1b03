"""Every read of a trajectory; each statement decides for itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    not_,
    or_,
    select,
    true,
    union,
)

from app.access.collection import Parent
from app.access.facts import Responsibility
from app.access.grants import AccessGrant
from app.access.parties import Organisation
from app.access.rows import GRANTEES, ORGANISATION, holds, in_force, shown, visible
from app.access.session import Session
from app.access.vocabulary import Category, Reach
from app.domain.client import queries as clients
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.tables import Trajectory, TrajectoryCourse, TrajectoryEvent
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
    .order_by(Responsibility.valid_from.desc())
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


def _mine() -> ColumnElement[bool]:
    return and_(
        in_force(AccessGrant),
        holds(AccessGrant.categories, Category.EXISTENCE),
        AccessGrant.record_id.is_(None),
        or_(_CLIENT.is_(None), AccessGrant.client_id == _CLIENT),
    )


def _direct() -> ColumnElement[bool]:
    """A grant that by itself says the trajectory is visible, so the cut needs no other table."""
    return and_(
        AccessGrant.trajectory_id.is_not(None),
        AccessGrant.sender_organisation_id.is_(None),
        AccessGrant.reach == Reach.ALL,
    )


def _caseload() -> Select[Any]:
    """The ids of one page, out of the viewer's own grants: the cut comes before the joins."""
    direct = (
        select(AccessGrant.trajectory_id.label("id"))
        .where(_mine(), _direct(), AccessGrant.trajectory_id > _AFTER)
        .distinct()
        .order_by(AccessGrant.trajectory_id)
        .limit(_SIZE)
    )
    wider = (
        select(Trajectory.id)
        .join(AccessGrant, AccessGrant.client_id == Trajectory.client_id)
        .where(
            _mine(),
            not_(_direct()),
            or_(AccessGrant.trajectory_id.is_(None), AccessGrant.trajectory_id == Trajectory.id),
            or_(
                AccessGrant.sender_organisation_id.is_(None),
                AccessGrant.sender_organisation_id == Trajectory.controller_organisation_id,
            ),
            or_(AccessGrant.reach == Reach.ALL, Trajectory.author_id == any_(GRANTEES)),
            Trajectory.id > _AFTER,
        )
        .distinct()
        .order_by(Trajectory.id)
        .limit(_SIZE)
    )
    both = union(select(direct.subquery().c.id), select(wider.subquery().c.id)).subquery()
    return select(both.c.id).order_by(both.c.id).limit(_SIZE)


_PARENT = shown(Trajectory, Trajectory.id, Trajectory.client_id).where(Trajectory.id == _ID)
_ONE = _course(shown(Trajectory, *_COLUMNS)).where(Trajectory.id == _ID)
_PAGE = (
    _course(shown(Trajectory, *_COLUMNS))
    .where(Trajectory.id.in_(_caseload()))
    .order_by(Trajectory.id)
)

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


async def parent(session: Session, trajectory_id: UUID) -> Parent:
    """The trajectory that records hang under; NotFound when this viewer may not know of it."""
    row = await session.row(_PARENT, trajectory=trajectory_id)
    if row is None:
        raise NotFound
    return Parent(row.client_id, row.id, row.mask)


async def one(session: Session, trajectory_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, trajectory=trajectory_id)


async def page(
    session: Session, client_id: UUID | None, after: UUID, size: int
) -> Sequence[Row[Any]]:
    """The caseload in the order of opaque ids, of one client or of all."""
    return await session.rows(_PAGE, client=client_id, after=after, size=size)


async def has_open(session: Session, client_id: UUID, kind: Kind) -> bool:
    """Whether the viewer's organisation runs one of this kind that has not ended, as it may see."""
    return await session.row(_OPEN, client=client_id, kind=kind.value) is not None
