"""The path in figures, and the goal of a WGB trajectory."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.access.collection import Parent
from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Category
from app.domain.ladder import queries
from app.domain.ladder.rules import course
from app.domain.ladder.schemas.outgoing import GoalOut, LadderOut, PointOut
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.queries.trajectories import one as trajectory
from app.domain.trajectory.rules.clock import add_months, duration_of, starts_on
from app.domain.trajectory.rules.kinds import LONG, SHORT, Kind
from app.domain.trajectory.rules.pauses import days_paused, periods
from app.platform.clock import day_of
from app.platform.http.problems import NotFound


async def summary(session: Session, trajectory_id: UUID) -> LadderOut:
    """The path in figures, out of what this viewer may see; the goal for WGB only.

    NotFound without any ground for [ladder], whether or not something was measured.
    """
    parent = await trajectories.parent(session, trajectory_id)
    held = await queries.held(session, parent)
    if not held.mask & Category.LADDER.bit:
        raise NotFound
    points = await queries.path(session, trajectory_id)
    path = [measured for _, measured in points]
    figures = course.course_of(path)
    return disclose(
        session,
        LadderOut,
        held,
        partial=not held.whole,
        start_rung=figures and figures.start,
        last_rung=figures and figures.last,
        net_change=figures and figures.net_change,
        stable=figures and figures.stable,
        lower_measurements=figures.lower_measurements if figures else 0,
        path=[
            PointOut(id=id_, measured_on=at.on, rung=at.rung, occasion=at.occasion)
            for id_, at in points
        ],
        **await _goals(session, parent, path),
    )


async def _goals(
    session: Session, parent: Parent, path: Sequence[course.Measured]
) -> dict[str, Any]:
    """The goal at calendar months 12 and 18, and beside it at the date with pauses left out.

    The dates are [status]: without it there is nothing to test against.
    """
    row = await trajectory(session, parent.id)
    goals: dict[str, Any] = {"goal_rule": course.RULE}
    if row is None or row.kind is None:
        return goals
    events = await trajectories.milestones(session, parent.id)
    today, start = day_of(session.viewer.moment), starts_on(events, Kind(row.kind))
    goals |= {"clock_start": start, "paused_days": days_paused(events, today)}
    if row.kind != Kind.WGB:
        return goals | {"goal_at12": None, "goal_at18": None}
    if start is None:
        return goals
    for months in (SHORT, LONG):
        if months <= duration_of(row.agreed_months, events):
            plain = add_months(start, months)
            moved = course.without_pauses(start, plain, periods(events), today)
            goals[f"goal_at{months}"] = _goal(path, plain, today)
            goals[f"goal_at{months}_without_pauses"] = _goal(path, moved, today)
    return goals


def _goal(path: Sequence[course.Measured], day: date, today: date) -> GoalOut:
    goal = course.goal_at(path, day, today)
    return GoalOut(date=goal.date, rung=goal.rung, met=goal.met, final=goal.final)
