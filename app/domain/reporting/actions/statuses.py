"""The status of a trajectory for whoever has a task in it, by BSN."""

from typing import Any

from sqlalchemy import Row

from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Verb
from app.domain.reporting.queries import statuses as queries
from app.domain.reporting.rules.statuses import MAY_ASK, POSSIBLE_CAUSES, next_date
from app.domain.reporting.schemas.statuses import StatusesOut, StatusOut, StatusSearchIn
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import periods
from app.domain.trajectory.rules.standing import phase_of
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
    rows = await queries.by_bsn(session, index, body.birth_date)
    if not rows:
        await session.refuse(asked_index=index)
        return StatusesOut(items=[], possible_causes=list(POSSIBLE_CAUSES))
    return StatusesOut(items=[_status(session, row) for row in rows])


def _status(session: Session, row: Row[Any]) -> StatusOut:
    reached = _reached(row)
    today = day_of(session.viewer.moment)
    phase, since = phase_of(reached) or (None, None)
    open_pauses = [start for start, until in periods(reached) if until is None]
    return disclose(
        session,
        StatusOut,
        row,
        verb=Verb.SEARCH,
        phase=phase,
        since=since,
        paused_since=open_pauses[-1] if open_pauses else None,
        next_date=next_date(row.duration_months, reached, today),
        responsible_persons=row.persons or [],
    )


def _reached(row: Row[Any]) -> list[Reached]:
    events = zip(
        row.milestones or (), row.occurred_on or (), row.event_at or (), row.details or (),
        strict=True,
    )  # fmt: skip
    found = [Reached(Milestone(name), on, at, detail) for name, on, at, detail in events]
    return sorted(found, key=lambda event: (event.on, event.at))
