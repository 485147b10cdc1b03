"""Placing someone, the agreement of the responsible body, and the end of a placement."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.facts import PlacementContract
from app.access.session import Session
from app.access.versions import add, moved
from app.access.vocabulary import Basis, Category
from app.access.writing import check_may_create, record_fact
from app.domain.placement.actions.checking import Employer, checked
from app.domain.placement.actions.course import meaning, over
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import placements as queries
from app.domain.placement.rules.placements import JOBS, days_between, reason_for
from app.domain.placement.rules.tenure import tenure_of
from app.domain.placement.rules.terms import (
    COMPETITIVE,
    COMPETITIVE_RULE,
    TIME_LIMITED_BY_DESIGN,
    competitive,
)
from app.domain.placement.schemas.placements import (
    AgreementIn,
    EndIn,
    PlacementIn,
    PlacementOut,
    TrialOut,
)
from app.domain.placement.tables import Placement
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.roles import AUTHORITY
from app.platform import outbox
from app.platform.clock import day_of, start_of
from app.platform.http.problems import Conflict, NotAllowed


def trial_of(row: Row[Any]) -> TrialOut | None:
    if row.trial_months is None:
        return None
    return TrialOut(
        months=row.trial_months,
        exceptionally_long=row.trial_exceptionally_long,
        intent_months=row.trial_intent_months,
        intent_same_hours=row.trial_intent_same_hours,
    )


def _presented(session: Session, row: Row[Any]) -> dict[str, Any]:
    return {
        "employer_name": row.employer_name or row.workplace_name,
        "trial": trial_of(row),
        "planned_days": days_between(row.starts_on, row.planned_end_on),
        "days": days_between(row.starts_on, row.ended_on),
        "end_reason": reason_for(session.viewer.role, row.end_reason),
        "time_limited_by_design": row.kind in TIME_LIMITED_BY_DESIGN,
        "competitive": competitive(**{name: getattr(row, name) for name in COMPETITIVE}),
        "competitive_rule": COMPETITIVE_RULE,
        **_lasting(session, row),
    }


def _lasting(session: Session, row: Row[Any]) -> dict[str, Any]:
    """Weeks are counted of paid work; days of whatever it is."""
    told = tenure_of(row, day_of(session.viewer.moment))
    return told if row.kind in JOBS else {**told, "weeks_13_on": None, "weeks_26_on": None}


PLACEMENTS = Records(Placement, PlacementOut, statement=queries.PLACEMENTS, present=_presented)


async def place(session: Session, trajectory_id: UUID, body: PlacementIn) -> PlacementOut:
    """Record a placement; an employer of the directory then reads his own part of it."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.PLACEMENT)
    employer = await checked(session, trajectory_id, body)
    await _refuse_ended(session, trajectory_id, body.supersedes)
    moment = None if body.supersedes else await meaning(session, parent, body.kind)
    named = {"employer_name": body.employer_name or employer.name}
    made = await add(session, PLACEMENTS, parent, body, **named, **_trial_columns(body))
    if body.supersedes is None:
        await reached(session, parent, Milestone.PLACEMENT_STARTED, on=body.starts_on)
        if moment is not None:
            await reached(session, parent, moment, on=body.starts_on)
    else:
        await _close_contract(session, body.supersedes, session.viewer.moment)
    if employer.inbox_id is not None:
        await _open_contract(session, parent, made.id, employer)
    await session.recompile(parent.client_id)
    return made


async def _refuse_ended(session: Session, trajectory_id: UUID, earlier: UUID | None) -> None:
    """A version after the end would lose the end; what was agreed is agreed anew by the next."""
    row = None if earlier is None else await PLACEMENTS.one(session, trajectory_id, earlier)
    if row is not None and row.ended_on is not None:
        raise Conflict("This placement has ended; record a new one.")


def _trial_columns(body: PlacementIn) -> dict[str, Any]:
    told = {} if body.trial is None else body.trial.model_dump()
    return {f"trial_{name}": value for name, value in told.items()}


async def _open_contract(
    session: Session, parent: Parent, placement_id: UUID, employer: Employer
) -> None:
    """By which an employer with an account reads his own part."""
    values = {
        "placement_id": placement_id,
        "organisation_id": employer.organisation_id,
        "inbox_id": employer.inbox_id,
        "valid_from": session.viewer.moment,
    }
    of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    await record_fact(session, PlacementContract, **of, values=values)


async def _close_contract(session: Session, placement_id: UUID, at: datetime) -> None:
    await session.execute(
        update(PlacementContract)
        .where(PlacementContract.placement_id == placement_id)
        .values(valid_until=at)
    )


async def agree(
    session: Session, trajectory_id: UUID, placement_id: UUID, body: AgreementIn
) -> PlacementOut:
    """The body that is responsible by law agrees with this placement, once."""
    row = await _moving(session, trajectory_id, placement_id)
    task = [ground for ground in row.grounds or () if ground.startswith(f"{Basis.STATUTORY}:")]
    if session.viewer.role not in AUTHORITY or not task:
        raise NotAllowed("Only the responsible body agrees with a placement.")
    require_past(session, agreed_on=body.agreed_on)
    PLACEMENTS.require_match(session, row)
    if row.agreed_on is not None or row.ended_on is not None or row.superseded_by is not None:
        raise Conflict("This placement was agreed, ended or replaced before.")
    values = {"agreed_on": body.agreed_on, "agreed_by_role": session.viewer.role.value}
    await _move(session, row, "placement.agreed", values)
    return await PLACEMENTS.read(session, trajectory_id, placement_id)


async def end(
    session: Session, trajectory_id: UUID, placement_id: UUID, body: EndIn
) -> PlacementOut:
    """A placement ended; the trajectory goes on. The employer reads his part for a while more."""
    row = await _moving(session, trajectory_id, placement_id)
    await check_may_create(session, row.client_id, trajectory_id, Category.PLACEMENT)
    require_past(session, ended_on=body.ended_on)
    if body.ended_on < row.starts_on:
        refuse_faults([("#/endedOn", "out_of_range", "The end is not before the start.")])
    PLACEMENTS.require_match(session, row)
    if row.ended_on is not None or row.superseded_by is not None:
        raise Conflict("This placement ended or was replaced before.")
    values = {"ended_on": body.ended_on, "end_reason": body.reason.value}
    await _move(session, row, "placement.ended", values)
    last = day_of(session.viewer.moment) + timedelta(session.services.reading_days_after_end)
    await _close_contract(session, placement_id, start_of(last))
    parent = Parent(row.client_id, trajectory_id, row.mask)
    await reached(session, parent, Milestone.PLACEMENT_ENDED, on=body.ended_on)
    await over(session, parent, PLACEMENTS, placement_id, body.ended_on)
    await session.recompile(row.client_id)
    return await PLACEMENTS.read(session, trajectory_id, placement_id)


async def _moving(session: Session, trajectory_id: UUID, placement_id: UUID) -> Row[Any]:
    """The placement under the lock of its client, then its own: always in this order."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    return await PLACEMENTS.locked(session, trajectory_id, placement_id)


async def _move(session: Session, row: Row[Any], verb: str, values: dict[str, Any]) -> None:
    await session.execute(update(Placement).where(Placement.id == row.id).values(**values))
    session.seen(moved(PLACEMENTS, row))
    await outbox.announce(session.db, verb, row.id)
