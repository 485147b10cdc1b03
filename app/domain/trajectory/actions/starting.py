"""Starting a trajectory: by whoever treats, or by a municipality for a client of its own."""

from typing import Any
from uuid import UUID, uuid4

from app.access import grants
from app.access.collection import Parent
from app.access.days import require_past
from app.access.facts import Participant, Responsibility
from app.access.records import ClientRecord
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import check_may_create, put, record, record_fact, stamp
from app.domain.client import queries as clients
from app.domain.client.actions import clients as clients_of
from app.domain.trajectory.actions.events import reached
from app.domain.trajectory.actions.trajectories import read
from app.domain.trajectory.queries import milestones
from app.domain.trajectory.queries import trajectories as stored
from app.domain.trajectory.queries.work_question import work_question_asked_on
from app.domain.trajectory.rules.funding import faults_of_funding
from app.domain.trajectory.rules.kinds import ONE_AT_A_TIME
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.practice import practice_of
from app.domain.trajectory.rules.processes import process_of
from app.domain.trajectory.rules.steps import Process
from app.domain.trajectory.schemas.trajectories import TrajectoryIn, TrajectoryOut
from app.domain.trajectory.tables import PreviousTrajectory, Trajectory, TrajectoryCourse
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed


async def start(session: Session, body: TrajectoryIn) -> TrajectoryOut:
    """A trajectory of a client whom the viewer treats; whoever starts it takes part."""
    process = process_of(body.kind)
    parent = await _parent(session, body)
    _check(session, body, process)
    await _check_open(session, parent, body)
    await _add(session, parent, body, process)
    await _open(session, parent, body, process)
    await session.recompile(parent.client_id)
    await outbox.announce(session.db, "trajectory.started", parent.id)
    return await read(session, parent.id, verb=Verb.CREATE)


def _check(session: Session, body: TrajectoryIn, process: Process) -> None:
    require_past(session, work_question_asked_on=body.work_question_asked_on)
    faults = []
    practice = practice_of(session.viewer.organisation_id, session.services.practices)
    if body.kind not in practice.offers:
        detail = "Your organisation does not offer this kind."
        faults.append(Fault("body", "#/kind", "not_offered", detail))
    if body.duration_months is not None and body.duration_months not in process.months:
        detail = _allowed(process.months)
        faults.append(Fault("body", "#/durationMonths", "out_of_range", detail))
    for name, detail in faults_of_funding(body.kind, body.funding, body.legal_frame):
        faults.append(Fault("body", f"#/{name}", "not_allowed_value", detail))
    if faults:
        raise BadRequest(errors=faults)


def _allowed(months: tuple[int, ...]) -> str:
    if not months:
        return "This kind has no agreed duration."
    return f"Must be {' or '.join(map(str, months))}."


async def _parent(session: Session, body: TrajectoryIn) -> Parent:
    """Under the lock of its client: one that is known, or one that a municipality registers now."""
    if body.new_client is None:
        if body.client_id is None:
            raise LookupError("one of the two is given")
        client = await clients.parent(session, body.client_id)
        await grants.lock(session.db, client.client_id)
        return Parent(client.client_id, uuid4(), client.mask)
    viewer = session.viewer
    if viewer.role is not Role.MUNICIPAL_CASE_MANAGER or viewer.membership_id is None:
        raise NotAllowed("Register your client first; only a municipality does both in one.")
    client_id, trajectory_id = await clients_of.add(session, body.new_client), uuid4()
    await grants.lock(session.db, client_id)
    await _take_on(session, Parent(client_id, trajectory_id, 0), body)
    client = await clients.parent(session, client_id)
    return Parent(client_id, trajectory_id, client.mask)


async def _take_on(session: Session, parent: Parent, body: TrajectoryIn) -> None:
    """The municipality is responsible for its own client from the first moment (Pw 7).

    Facts of a client that is registered in this transaction: row security lets them in then only.
    """
    viewer = session.viewer
    task = {"organisation_id": viewer.organisation_id, "legal_frame": body.legal_frame}
    seat = {"membership_id": viewer.membership_id}
    for table, values in ((Responsibility, task), (Participant, seat)):
        of = stamp(session, parent.client_id, parent.trajectory_id)
        await put(session, table, {**of, **values, "valid_from": viewer.moment})
    await session.recompile(parent.client_id)


async def _check_open(session: Session, parent: Parent, body: TrajectoryIn) -> None:
    await check_may_create(session, parent.client_id, parent.id, Category.EXISTENCE)
    if body.kind in ONE_AT_A_TIME and await stored.has_open(session, parent.client_id, body.kind):
        detail = "A trajectory of this kind is open for this client; it ends before the next."
        raise Conflict(detail, errors=[Fault("body", "#/kind", "already_open", detail)])
    before = body.previous_trajectory_id
    if before is not None:
        row = await stored.one(session, before)
        if row is None or row.client_id != parent.client_id:
            detail = "There is no such trajectory of this client that you may see."
            fault = Fault("body", "#/previousTrajectoryId", "unknown_reference", detail)
            raise BadRequest(errors=[fault])
        if body.returning and (row.kind != body.kind or not await _has_aftercare(session, before)):
            detail = "There is no aftercare of a trajectory of this kind to return from."
            fault = Fault("body", "#/returning", "no_aftercare", detail)
            raise Conflict(detail, errors=[fault])


async def _has_aftercare(session: Session, trajectory_id: UUID) -> bool:
    events = await milestones(session, trajectory_id)
    return any(event.milestone is Milestone.AFTERCARE_AGREED for event in events)


async def _add(session: Session, parent: Parent, body: TrajectoryIn, process: Process) -> None:
    course = {
        "kind": body.kind,
        "legal_frame": body.legal_frame,
        "funding": body.funding,
        "duration_months": body.duration_months or next(iter(process.months), None),
        "clock_start_basis": process.clock.basis,
    }
    await _record(session, Trajectory, parent, {"id": parent.id})
    await _record(session, TrajectoryCourse, parent, course)
    if body.previous_trajectory_id is not None:
        before = {"previous_id": body.previous_trajectory_id}
        await _record(session, PreviousTrajectory, parent, before)


async def _record(
    session: Session, table: type[ClientRecord], parent: Parent, values: dict[str, Any]
) -> UUID:
    of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    return await record(session, table, **of, values=values)


async def _open(session: Session, parent: Parent, body: TrajectoryIn, process: Process) -> None:
    """The moments with which it begins, and the seat of whoever starts it."""
    if body.new_client is not None:
        for milestone in process.began:
            await reached(session, parent, milestone, on=day_of(session.viewer.moment))
        return
    asked_on = body.work_question_asked_on
    asked_on = asked_on or await work_question_asked_on(session, parent.client_id)
    if asked_on is not None and process.opening is not None:
        await reached(session, parent, process.opening, on=asked_on)
    if body.returning:
        await reached(session, parent, Milestone.RETURNED, on=day_of(session.viewer.moment))
    if session.viewer.membership_id is not None:
        values = {
            "membership_id": session.viewer.membership_id,
            "valid_from": session.viewer.moment,
        }
        of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.id}
        await record_fact(session, Participant, **of, values=values)
