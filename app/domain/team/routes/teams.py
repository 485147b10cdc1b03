"""Teams, meetings, hours, figures and coordinators over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.team import rules
from app.domain.team.actions import carrying, teams
from app.domain.team.actions.carrying import COORDINATORS
from app.domain.team.schemas.teams import (
    CoordinatorIn,
    CoordinatorOut,
    FigureOut,
    MeetingIn,
    MeetingOut,
    TeamIn,
    TeamMemberIn,
    TeamOut,
    WorkingTimeIn,
    WorkingTimeOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

team = Router(prefix="/teams", tags=["parties"])
hours = Router(prefix="/memberships", tags=["parties"])
coordinators = Router(prefix="/trajectories/{trajectory_id}/coordinators", tags=["trajectories"])


@team.post("", status_code=201, act=rules.FORM, again=teams.read, location="/v1/teams/{id}")
async def form_team(body: TeamIn, session: Writing) -> TeamOut:
    """Form a treatment team of your organisation."""
    return await teams.form(session, body)


@team.get("", act=rules.LOOK)
async def list_teams(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TeamOut]:
    """Teams of your organisation, and those in which it has a member."""
    return await teams.browse(session, cursor, page_size)


@team.get("/{team_id}", act=rules.LOOK)
async def read_team(team_id: Id, session: Reading) -> TeamOut:
    """One team with its members."""
    return await teams.read(session, team_id)


@team.post("/{team_id}/members", status_code=201, act=rules.FORM, again=teams.read)
async def add_team_member(team_id: Id, body: TeamMemberIn, session: Writing) -> TeamOut:
    """Somebody joins the team; what they may see stays what it was."""
    return await teams.add_member(session, team_id, body)


@team.post("/{team_id}/meetings", status_code=201, act=rules.MEET, again=teams.meeting)
async def record_team_meeting(team_id: Id, body: MeetingIn, session: Writing) -> MeetingOut:
    """The team met; who was there, and nothing about any client."""
    return await teams.meet(session, team_id, body)


@team.get("/{team_id}/meetings", act=rules.LOOK)
async def list_team_meetings(
    team_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MeetingOut]:
    """When the team met and who was there."""
    return await teams.meetings(session, team_id, cursor, page_size)


@hours.post("/{membership_id}/working-times", status_code=201, act=rules.FORM, again=teams.hours)
async def record_working_time(
    membership_id: Id, body: WorkingTimeIn, session: Writing
) -> WorkingTimeOut:
    """Which part of a full week a colleague works; the last one counts."""
    return await teams.set_hours(session, membership_id, body)


@hours.get("/{membership_id}/caseload-figure", act=reads(Category.STATUS, by=rules.FIGURE))
async def read_caseload_figure(membership_id: Id, session: Reading) -> FigureOut:
    """Trajectories for each full-time equivalent: for the coach and his supervisor only."""
    return await carrying.figure(session, membership_id)


@coordinators.post(
    "",
    status_code=201,
    act=creates(Category.STATUS),
    again=COORDINATORS.again,
    location="/v1/trajectories/{trajectory_id}/coordinators/{id}",
)
async def name_coordinator(
    trajectory_id: Id, body: CoordinatorIn, session: Writing
) -> CoordinatorOut:
    """From now on this party keeps the threads together."""
    return await carrying.coordinate(session, trajectory_id, body)


@coordinators.get("", act=reads(Category.STATUS))
async def list_coordinators(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[CoordinatorOut]:
    """Who coordinated, the last one last."""
    parent = await trajectories.parent(session, trajectory_id)
    return await COORDINATORS.page(session, parent, cursor, page_size)


@coordinators.get("/{coordinator_id}", act=reads(Category.STATUS))
async def read_coordinator(
    trajectory_id: Id, coordinator_id: Id, session: Reading
) -> CoordinatorOut:
    """One of them."""
    return await COORDINATORS.read(session, trajectory_id, coordinator_id)
