"""Starting and reading trajectories."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from app.access import grants
from app.access.caseload import Excerpts
from app.access.collection import Parent
from app.access.days import require_past
from app.access.disclosure import disclose, preview
from app.access.facts import Participant
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.access.writing import check_may_create, record, record_fact
from app.domain.client import queries as clients
from app.domain.trajectory import queries
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.queries import lines
from app.domain.trajectory.queries import trajectories as stored
from app.domain.trajectory.queries.work_question import work_question_asked_on
from app.domain.trajectory.rules.clock import clock_of, duration_of
from app.domain.trajectory.rules.kinds import (
    DURATIONS,
    OFFERED,
    ONE_AT_A_TIME,
    ClockBasis,
    Kind,
    variant_of,
)
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import is_paused
from app.domain.trajectory.rules.presentation import seen_by
from app.domain.trajectory.rules.process import states
from app.domain.trajectory.rules.standing import phase_of
from app.domain.trajectory.rules.transitions import possible
from app.domain.trajectory.schemas.trajectories import StepsOut, TrajectoryIn, TrajectoryOut
from app.domain.trajectory.tables import Trajectory, TrajectoryCourse
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import BadRequest, Conflict, Fault, NotFound


async def start(session: Session, body: TrajectoryIn) -> TrajectoryOut:
    """A trajectory of a client whom the viewer treats; whoever starts it takes part."""
    client = await clients.parent(session, body.client_id)
    _check(session, body)
    await grants.lock(session.db, client.client_id)
    parent = Parent(client.client_id, uuid4(), client.mask)
    await _check_open(session, parent, body.kind)
    await _add(session, parent, body)
    asked_on = body.work_question_asked_on or await work_question_asked_on(
        session, client.client_id
    )
    if asked_on is not None:
        await reached(session, parent, Milestone.WORK_QUESTION_ASKED, on=asked_on)
    await _take_part(session, parent)
    await session.recompile(parent.client_id)
    await outbox.announce(session.db, "trajectory.started", parent.id)
    return await read(session, parent.id, verb=Verb.CREATE)


def _check(session: Session, body: TrajectoryIn) -> None:
    require_past(session, work_question_asked_on=body.work_question_asked_on)
    faults = []
    if body.kind not in OFFERED:
        detail = "The process of this kind is not offered yet."
        faults.append(Fault("body", "#/kind", "not_offered", detail))
    if body.duration_months not in DURATIONS:
        faults.append(Fault("body", "#/durationMonths", "out_of_range", "Must be 12 or 18."))
    if faults:
        raise BadRequest(errors=faults)


async def _check_open(session: Session, parent: Parent, kind: Kind) -> None:
    await check_may_create(session, parent.client_id, parent.id, Category.EXISTENCE)
    if kind in ONE_AT_A_TIME and await stored.has_open(session, parent.client_id, kind):
        detail = "A trajectory of this kind is open for this client; it ends before the next."
        raise Conflict(detail, errors=[Fault("body", "#/kind", "already_open", detail)])


async def _take_part(session: Session, parent: Parent) -> None:
    if session.viewer.membership_id is None:
        return
    values = {
        "membership_id": session.viewer.membership_id,
        "valid_from": session.viewer.moment,
    }
    await record_fact(
        session,
        Participant,
        client_id=parent.client_id,
        trajectory_id=parent.id,
        values=values,
    )


async def _add(session: Session, parent: Parent, body: TrajectoryIn) -> None:
    of = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    course = {
        "kind": body.kind,
        "legal_frame": body.legal_frame,
        "funding": body.funding,
        "duration_months": body.duration_months,
        "clock_start_basis": ClockBasis.START_CONVERSATION,
    }
    await record(session, Trajectory, **of, values={"id": parent.id})  # type: ignore[arg-type]
    await record(session, TrajectoryCourse, **of, values=course)  # type: ignore[arg-type]


async def read(session: Session, trajectory_id: UUID, *, verb: Verb = Verb.READ) -> TrajectoryOut:
    """One trajectory; NotFound for hidden and for absent alike."""
    row = await stored.one(session, trajectory_id)
    if row is None:
        raise NotFound
    computed = _computed(session, row._asdict(), await queries.milestones(session, trajectory_id))
    return disclose(session, TrajectoryOut, row, verb=verb, **computed)


async def require_match(session: Session, trajectory_id: UUID) -> None:
    """If-Match against the trajectory as this viewer would be shown it now; under the lock."""
    row = await stored.one(session, trajectory_id)
    if row is None:
        raise NotFound
    computed = _computed(session, row._asdict(), await queries.milestones(session, trajectory_id))
    session.require_match(preview(TrajectoryOut, row, **computed))


async def browse(
    session: Session, client_id: UUID | None, cursor: str | None, size: int
) -> Page[TrajectoryOut]:
    """The viewer's caseload, in the order of opaque ids."""
    found = await cut(
        session,
        lambda after, most: stored.page(session, client_id, after[0], most),
        filters=fingerprint(list="trajectories", client=client_id),
        cursor=cursor,
        size=size,
        start=(UUID(int=0),),
        position=lambda row: (row.id,),
    )
    return found.page([_listed(session, row) for row in found.rows])


def _listed(session: Session, row: Row[Any]) -> TrajectoryOut:
    excerpts = Excerpts(row.excerpts)
    told = lines.told(excerpts)
    computed = _computed(session, told, lines.reached(excerpts))
    return disclose(session, TrajectoryOut, row, listed=True, **told, **computed)


def _computed(session: Session, row: Mapping[str, Any], found: Sequence[Reached]) -> dict[str, Any]:
    """What follows from the events that this viewer may know."""
    phase, today = phase_of(found), day_of(session.viewer.moment)
    return {
        "registered_by": row["controller_organisation_id"],
        "variant": variant_of(row["responsible_kind"]),
        "phase": None if phase is None else phase[0],
        "phase_since": None if phase is None else phase[1],
        "paused": is_paused(found),
        **_clock(row["agreed_months"], found, today),
    }


def _clock(agreed: int | None, found: Sequence[Reached], today: date) -> dict[str, Any]:
    if agreed is None:
        return {"duration_months": None, "clock": None}
    clock = clock_of(agreed, found, today)
    return {
        "duration_months": duration_of(agreed, found),
        "clock": None if clock is None else asdict(clock),
    }


async def steps(session: Session, trajectory_id: UUID) -> StepsOut:
    """Each step for the eyes of this role, and the moves it can make now."""
    row = await stored.one(session, trajectory_id)
    if row is None:
        raise NotFound
    role = session.viewer.role
    parent = Parent(row.client_id, row.id, row.mask)
    standing = await queries.standing(session, parent)
    phase = phase_of(standing.reached)
    return disclose(
        session,
        StepsOut,
        row,
        phase=None if phase is None else phase[0],
        phase_since=None if phase is None else phase[1],
        paused=is_paused(standing.reached),
        steps=[asdict(view) for view in seen_by(role, states(standing))],
        possible_transitions=possible(role, standing),
    )
