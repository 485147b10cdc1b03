"""Teams with their members, meetings, and working times; directory data."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Row, Uuid, bindparam, func, or_, select, true, tuple_

from app.access.pages import AFTER
from app.access.parties import Membership, Practitioner, Supervision
from app.access.rows import ORGANISATION
from app.access.session import Session
from app.domain.team.tables import Team, TeamMeeting, TeamMember, WorkingTime
from app.platform.clock import is_current

_ID = bindparam("id", type_=Uuid())
_MEMBERS = (
    select(
        func.json_agg(
            func.json_build_object(
                "membershipId",
                TeamMember.membership_id,
                "name",
                Practitioner.name,
                "role",
                Membership.role,
                "organisationId",
                Membership.organisation_id,
                "teamRole",
                TeamMember.team_role,
            ),
            type_=JSON(),
        )
    )
    .join(Membership, Membership.id == TeamMember.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .where(TeamMember.team_id == Team.id, is_current(Membership))
    .correlate(Team)
    .scalar_subquery()
)
_MINE = or_(
    Team.organisation_id == ORGANISATION,
    select(true())
    .select_from(TeamMember)
    .join(Membership, Membership.id == TeamMember.membership_id)
    .where(
        TeamMember.team_id == Team.id,
        Membership.organisation_id == ORGANISATION,
        is_current(Membership),
    )
    .exists(),
)
_TEAMS = select(*Team.__table__.c, _MEMBERS.label("members")).where(_MINE)
_ONE = _TEAMS.where(Team.id == _ID)
TEAMS = (
    _TEAMS.where(tuple_(Team.created_at, Team.id) > AFTER)
    .order_by(Team.created_at, Team.id)
    .limit(bindparam("size"))
)
_MEETINGS = select(*TeamMeeting.__table__.c)
_MEETING = _MEETINGS.where(TeamMeeting.id == _ID)
MEETINGS = (
    _MEETINGS.where(
        TeamMeeting.team_id == bindparam("team_id", type_=Uuid()),
        tuple_(TeamMeeting.created_at, TeamMeeting.id) > AFTER,
    )
    .order_by(TeamMeeting.created_at, TeamMeeting.id)
    .limit(bindparam("size"))
)
_IN_TEAM = select(TeamMember.membership_id).where(TeamMember.team_id == _ID)
_TIMES = select(*WorkingTime.__table__.c)
_TIME = _TIMES.where(WorkingTime.id == _ID)
_LAST = (
    _TIMES.where(WorkingTime.membership_id == _ID)
    .order_by(WorkingTime.recorded_at.desc(), WorkingTime.id.desc())
    .limit(1)
)
_SUPERVISES = select(Supervision.id).where(
    Supervision.supervisor_membership_id == bindparam("supervisor", type_=Uuid()),
    Supervision.supervised_membership_id == _ID,
    is_current(Supervision),
)


async def one(session: Session, team_id: UUID) -> Row[Any] | None:
    """A team of the own organisation, or one in which it has a member."""
    return await session.row(_ONE, id=team_id)


async def in_team(session: Session, team_id: UUID) -> set[UUID]:
    rows: Sequence[Row[Any]] = await session.rows(_IN_TEAM, id=team_id)
    return {row.membership_id for row in rows}


async def meeting(session: Session, meeting_id: UUID) -> Row[Any] | None:
    return await session.row(_MEETING, id=meeting_id)


async def working_time(session: Session, time_id: UUID) -> Row[Any] | None:
    return await session.row(_TIME, id=time_id)


async def fte_of(session: Session, membership_id: UUID) -> float | None:
    """The last that was recorded."""
    row = await session.row(_LAST, id=membership_id)
    return None if row is None else row.fte


async def supervises(session: Session, supervisor: UUID, membership_id: UUID) -> bool:
    return await session.row(_SUPERVISES, supervisor=supervisor, id=membership_id) is not None
