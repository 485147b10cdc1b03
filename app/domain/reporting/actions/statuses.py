"""The status of a trajectory for whoever has a task in it, by BSN."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.access.caseload import Excerpts
from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Verb
from app.domain.ladder.tables import LadderMeasurement
from app.domain.placement.tables import ContactDay
from app.domain.reporting.queries import statuses as queries
from app.domain.reporting.rules.statuses import MAY_ASK, POSSIBLE_CAUSES, next_date
from app.domain.reporting.schemas.statuses import (
    StatusAnswerOut,
    StatusBatchIn,
    StatusBatchOut,
    StatusesOut,
    StatusOut,
    StatusSearchIn,
)
from app.domain.trajectory.queries import lines
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.pauses import periods
from app.domain.trajectory.rules.standing import phase_of
from app.domain.trajectory.tables import TrajectoryCourse
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Fault, NotAllowed, TooManyRequests
from app.platform.identifiers import normalise_bsn


async def search(session: Session, body: StatusSearchIn) -> StatusesOut:
    """Unknown, not consented and not theirs give one answer, with the three possible causes."""
    if session.viewer.role not in MAY_ASK:
        raise NotAllowed
    [index] = _indexes(session, {"#/bsn": body.bsn})
    rows = await queries.by_bsn(session, index)
    found = [(row, Excerpts(row.excerpts)) for row in rows]
    items = [_status(session, *one) for one in found if _born(one[1], body.birth_date)]
    if not items:
        await session.refuse(asked_index=index)
        return StatusesOut(items=[], possible_causes=list(POSSIBLE_CAUSES))
    return StatusesOut(items=items)


async def batch(session: Session, body: StatusBatchIn) -> StatusBatchOut:
    """Each number as if it were asked alone: found, logged and refused in the same way.

    The steps do not depend on what is found: one statement that reads, one for all refusals.
    """
    viewer = session.viewer
    if viewer.role not in MAY_ASK:
        raise NotAllowed
    wait = session.services.batches.allow(viewer.machine_id or viewer.grantee_id)
    if wait is not None:
        raise TooManyRequests(wait)
    indexes = _indexes(session, {f"#/bsns/{at}": bsn for at, bsn in enumerate(body.bsns)})
    found = await queries.by_bsns(session, indexes)
    nothing = [index for index, rows in zip(indexes, found, strict=True) if not rows]
    await session.refuse_all(asked_indexes=nothing)
    return StatusBatchOut(
        answers=[
            StatusAnswerOut(
                statuses=[_status(session, row, Excerpts(row.excerpts)) for row in rows]
            )
            for rows in found
        ],
        possible_causes=list(POSSIBLE_CAUSES),
    )


def _indexes(session: Session, sent: Mapping[str, str]) -> list[bytes]:
    """The blind index of each number by its place; BadRequest names every place with none."""
    found, faults = [], []
    for pointer, bsn in sent.items():
        try:
            found.append(session.services.vault.global_index(normalise_bsn(bsn)))
        except ValueError:
            faults.append(Fault("body", pointer, "not_a_bsn", "This is not a valid BSN."))
    if faults:
        raise BadRequest(errors=faults)
    return found


def _born(excerpts: Excerpts, on: date | None) -> bool:
    return on is None or lines.identity(excerpts)["birth_date"] == on


def _status(session: Session, row: Row[Any], excerpts: Excerpts) -> StatusOut:
    reached, course = lines.reached(excerpts), excerpts.last(TrajectoryCourse)
    kind = Kind(course["kind"] or Kind.WGB)
    phase, since = phase_of(reached, kind) or (None, None)
    open_pauses = [start for start, until in periods(reached) if until is None]
    agreed, today = course["duration_months"], day_of(session.viewer.moment)
    return disclose(
        session,
        StatusOut,
        row,
        verb=Verb.SEARCH,
        kind=course["kind"],
        phase=phase,
        since=since,
        paused_since=open_pauses[-1] if open_pauses else None,
        next_date=next_date(agreed, reached, today, kind),
        last_contact_on=excerpts.last(ContactDay)["happened_on"],
        rung=excerpts.last(LadderMeasurement)["rung"],
        responsible_persons=_persons(session, row, excerpts),
    )


def _persons(session: Session, row: Row[Any], excerpts: Excerpts) -> list[dict[str, Any]]:
    """Those who take part now, the first one first."""
    return [
        {**person, "organisation": row.organisations[person["organisation_id"]]}
        for person in lines.taking_part(excerpts, session.viewer.moment)
    ]
