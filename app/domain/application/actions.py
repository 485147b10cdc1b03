"""Applying, and writing each paper that follows: by care, or by the body that pays."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.writing import record
from app.domain.application import queries
from app.domain.application.rules import (
    APPLIES,
    MILESTONES,
    TERMS,
    WRITES,
    Outcome,
    Paper,
    Scheme,
    Written,
    lacking,
    longest,
    usual,
)
from app.domain.application.schemas import (
    ApplicationIn,
    ApplicationOut,
    DatedIn,
    DecisionIn,
    PaperOut,
    StopNoticeIn,
)
from app.domain.application.tables import Application, ApplicationPaper
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.events import require_reachable
from app.domain.trajectory.rules import Milestone
from app.domain.trajectory.rules.milestones import audience_of
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

AUDIENCE = audience_of(Milestone.APPLIED)


def _present(_: Session, row: Row[Any]) -> dict[str, Any]:
    papers = [PaperOut.model_validate(part) for part in row.papers or []]
    decided = [paper for paper in papers if paper.kind is Paper.DECISION]
    last = decided[-1] if decided else None
    return {
        "papers": papers,
        "outcome": None if last is None else last.outcome,
        "starts_on": None if last is None else last.starts_on,
        "funded_until": None if last is None else last.funded_until,
    }


APPLICATIONS = Records(
    Application, ApplicationOut, statement=queries.APPLICATIONS, present=_present
)


async def apply(session: Session, trajectory_id: UUID, body: ApplicationIn) -> ApplicationOut:
    """Ask the body to pay; the client signed, and was referred there with consent."""
    parent = await trajectories.parent(session, trajectory_id)
    if session.viewer.role not in APPLIES:
        raise NotAllowed
    require_past(session, applied_on=body.applied_on, signed_on=body.signed_on)
    if body.signed_on > body.applied_on:
        raise _wrong("#/signedOn", "wrong_order", "The candidate signs before it is sent.")
    await grants.lock(session.db, parent.client_id)
    await require_reachable(session, parent, Milestone.APPLIED)
    if (await trajectories.standing(session, parent)).has(Milestone.APPLIED):
        raise _refused("already_done", "There is an application that was not refused.")
    made = await _add(session, parent, Application, {**body.model_dump(), "audience": AUDIENCE})
    await reached(session, parent, Milestone.APPLIED, on=body.applied_on)
    await outbox.announce(session.db, "application.sent", made)
    return await APPLICATIONS.read(session, parent.id, made)


def _wrong(pointer: str, code: str, detail: str) -> BadRequest:
    return BadRequest(errors=[Fault("body", pointer, code, detail)])


def _refused(code: str, detail: str) -> Conflict:
    return Conflict(detail, errors=[Fault("body", "#", code, detail)])


async def _add(session: Session, parent: Parent, table: Any, values: dict[str, Any]) -> UUID:
    of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    return await record(session, table, **of, values=values)


async def _write(
    session: Session, parent: Parent, row: Row[Any], kind: Paper, dated_on: date, **more: Any
) -> ApplicationOut:
    """One paper more under this application."""
    told = {name: value for name, value in more.items() if value is not None}
    values = {"application_id": row.id, "kind": kind, "dated_on": dated_on, "audience": AUDIENCE}
    await _add(session, parent, ApplicationPaper, {**values, **told})
    await outbox.announce(session.db, f"application.{kind.value}", row.id)
    return await APPLICATIONS.read(session, parent.id, row.id)


async def _held(
    session: Session, trajectory_id: UUID, application_id: UUID, kind: Paper, dated_on: date
) -> tuple[Parent, Row[Any]]:
    """The application under its client's lock, if this paper can follow and is this role's."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await APPLICATIONS.found(session, trajectory_id, application_id)
    if session.viewer.role not in WRITES[kind]:
        raise NotAllowed
    require_past(session, dated_on=dated_on)
    APPLICATIONS.require_match(session, row)
    papers = [
        Written(Paper(part["kind"]), part["outcome"] and Outcome(part["outcome"]))
        for part in row.papers or []
    ]
    code = lacking(kind, papers)
    if code is not None:
        raise _refused(code, "This paper cannot follow as the application stands.")
    return parent, row


async def tell(
    session: Session, trajectory_id: UUID, application_id: UUID, kind: Paper, body: DatedIn
) -> ApplicationOut:
    """A paper of which only the day is kept."""
    parent, row = await _held(session, trajectory_id, application_id, kind, body.dated_on)
    await reached(session, parent, MILESTONES[kind], on=body.dated_on)
    return await _write(session, parent, row, kind, body.dated_on)


async def stop(
    session: Session, trajectory_id: UUID, application_id: UUID, body: StopNoticeIn
) -> ApplicationOut:
    """Care tells that it stops; what the body pays ends, the support need not."""
    kind = Paper.STOP_NOTICE_1
    parent, row = await _held(session, trajectory_id, application_id, kind, body.dated_on)
    await reached(session, parent, MILESTONES[kind], on=body.dated_on)
    return await _write(session, parent, row, kind, body.dated_on, reason=body.reason)


async def decide(
    session: Session, trajectory_id: UUID, application_id: UUID, body: DecisionIn
) -> ApplicationOut:
    """Yes until a day, a later yes until a later day, or no."""
    kind = Paper.DECISION
    parent, row = await _held(session, trajectory_id, application_id, kind, body.dated_on)
    await require_reachable(session, parent, Milestone.APPLICATION_APPROVED)
    if body.outcome is Outcome.REFUSED:
        if row.papers and any(part["outcome"] for part in row.papers):
            raise _refused("already_done", "What was approved is stopped, and not refused.")
        await reached(session, parent, Milestone.APPLICATION_REFUSED, on=body.dated_on)
        told = {"outcome": body.outcome, "reason": body.reason}
        return await _write(session, parent, row, kind, body.dated_on, **told)
    terms = _terms(row, body)
    await _check_body(session, parent, row)
    until = terms["funded_until"].isoformat()
    approved = Milestone.APPLICATION_APPROVED
    await reached(session, parent, approved, on=body.dated_on, detail=until)
    return await _write(session, parent, row, kind, body.dated_on, outcome=body.outcome, **terms)


def _terms(row: Row[Any], body: DecisionIn) -> dict[str, date]:
    """From the first approval on; never longer than the scheme can pay for."""
    first = [part["starts_on"] for part in row.papers or [] if part["starts_on"]]
    starts_on = body.starts_on or (date.fromisoformat(first[0]) if first else body.dated_on)
    scheme = Scheme(row.scheme)
    until = body.funded_until or usual(scheme, starts_on)
    if not starts_on < until <= longest(scheme, starts_on):
        raise _wrong("#/fundedUntil", "out_of_range", "The scheme does not pay until that day.")
    return {"starts_on": starts_on, "funded_until": until}


async def _check_body(session: Session, parent: Parent, row: Row[Any]) -> None:
    standing = await trajectories.standing(session, parent)
    if standing.variant is not TERMS[Scheme(row.scheme)].body:
        raise _refused("other_body", "This scheme is not paid by your organisation.")
