"""Forming a team, meeting, and the hours of a colleague; directory data."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert

from app.access.days import require_past
from app.access.directory import directory_page, filled
from app.access.session import Session
from app.domain.party.queries import memberships
from app.domain.team import rules
from app.domain.team.queries import teams as queries
from app.domain.team.rules import TeamKind
from app.domain.team.schemas.teams import (
    MeetingIn,
    MeetingOut,
    TeamIn,
    TeamMemberIn,
    TeamOut,
    WorkingTimeIn,
    WorkingTimeOut,
)
from app.domain.team.tables import Team, TeamMeeting, TeamMember, WorkingTime
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound


async def form(session: Session, body: TeamIn) -> TeamOut:
    """By the administrator, for the own organisation."""
    rules.FORM.allow(session.viewer)
    made, organisation_id = uuid4(), session.viewer.organisation_id
    row = {"id": made, "organisation_id": organisation_id, **body.model_dump()}
    await session.add(insert(Team), row)
    return await read(session, made)


async def read(session: Session, team_id: UUID) -> TeamOut:
    return _out(await queries.one(session, team_id))


async def browse(session: Session, cursor: str | None, size: int) -> Page[TeamOut]:
    """Those of the own organisation, and those in which it has a member."""
    return await directory_page(
        session,
        queries.TEAMS,
        title="teams",
        filters={},
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.created_at, row.id),
    )


async def add_member(session: Session, team_id: UUID, body: TeamMemberIn) -> TeamOut:
    """By the administrator of the organisation whose team it is."""
    rules.FORM.allow(session.viewer)
    team = await read(session, team_id)
    if team.organisation_id != session.viewer.organisation_id:
        raise NotAllowed
    if not rules.fits(TeamKind(team.kind), body.team_role):
        detail = "An EXIT team has five places; other teams have none."
        raise BadRequest(errors=[Fault("body", "#/teamRole", "wrong_combination", detail)])
    if await memberships.anywhere(session, body.membership_id) is None:
        raise _unknown("membershipId")
    if body.membership_id in await queries.in_team(session, team_id):
        raise Conflict("This membership is in the team already.")
    row = {"id": uuid4(), "team_id": team_id, **body.model_dump()}
    await session.add(insert(TeamMember), row)
    return await read(session, team_id)


async def meet(session: Session, team_id: UUID, body: MeetingIn) -> MeetingOut:
    """Recorded by a member; who was there, and nothing about whom they spoke."""
    await read(session, team_id)
    require_past(session, held_on=body.held_on)
    there = await queries.in_team(session, team_id)
    if session.viewer.membership_id not in there:
        raise NotAllowed("A member of the team records its meetings.")
    if not set(body.attendees) <= there:
        raise _unknown("attendees")
    made, recorded_by = uuid4(), session.viewer.grantee_id
    row = {"id": made, "team_id": team_id, "recorded_by": recorded_by, **body.model_dump()}
    await session.add(insert(TeamMeeting), row)
    return await meeting(session, made)


async def meeting(session: Session, meeting_id: UUID) -> MeetingOut:
    """What an earlier call recorded."""
    return _met(await queries.meeting(session, meeting_id))


async def meetings(
    session: Session, team_id: UUID, cursor: str | None, size: int
) -> Page[MeetingOut]:
    """When the team met and who was there."""
    await read(session, team_id)
    return await directory_page(
        session,
        queries.MEETINGS,
        title="team-meetings",
        filters={"team_id": team_id},
        cursor=cursor,
        size=size,
        present=_met,
        position=lambda row: (row.created_at, row.id),
    )


async def set_hours(session: Session, membership_id: UUID, body: WorkingTimeIn) -> WorkingTimeOut:
    """By the administrator, of a colleague of the own organisation."""
    rules.FORM.allow(session.viewer)
    organisation_id = session.viewer.organisation_id
    if organisation_id is None or not await memberships.one(
        session, organisation_id, membership_id
    ):
        raise NotFound
    made = uuid4()
    row = {"id": made, "membership_id": membership_id, "fte": body.fte}
    await session.add(insert(WorkingTime), row)
    return await hours(session, made)


async def hours(session: Session, time_id: UUID) -> WorkingTimeOut:
    """What an earlier call recorded."""
    return WorkingTimeOut(**filled(await queries.working_time(session, time_id)))


def _out(row: Row[Any] | None) -> TeamOut:
    values = filled(row)
    return TeamOut(
        id=values["id"],
        organisation_id=values["organisation_id"],
        kind=values["kind"],
        name=values["name"],
        members=values.get("members", []),
    )


def _met(row: Row[Any] | None) -> MeetingOut:
    values = filled(row)
    return MeetingOut(**{name: values[name] for name in MeetingOut.model_fields})


def _unknown(name: str) -> BadRequest:
    detail = "There is nothing here that you may refer to."
    return BadRequest(errors=[Fault("body", f"#/{name}", "unknown_reference", detail)])
