"""The status of a trajectory for whoever has a task in it, by BSN."""

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
from app.domain.reporting.schemas.statuses import StatusesOut, StatusOut, StatusSearchIn
from app.domain.trajectory.queries import lines
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.pauses import periods
from app.domain.trajectory.rules.standing import phase_of
from app.domain.trajectory.tables import TrajectoryCourse
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Fault, NotAllowed
from app.platform.identifiers import normalise_bsn


async def search(session: Session, body: StatusSearchIn) -> StatusesOut:
    """Unknown, not consented and not theirs give one answer, with the three possible causes."""
    if session.viewer.role not in MAY_ASK:
        raise NotAllowed
    try:
        bsn = normalise_bsn(body.bsn)
    except ValueError:
        text = "This is not a valid BSN."
        raise BadRequest(errors=[Fault("body", "#/bsn", "not_a_bsn", text)]) from None
    index = session.services.vault.global_index(bsn)
    rows = await queries.by_bsn(session, index)
    found = [(row, Excerpts(row.excerpts)) for row in rows]
    items = [_status(session, *one) for one in found if _born(one[1], body.birth_date)]
    if not items:
        await session.refuse(asked_index=index)
        return StatusesOut(items=[], possible_causes=list(POSSIBLE_CAUSES))
    return StatusesOut(items=items)


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
