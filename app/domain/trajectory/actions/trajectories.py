"""Reading trajectories: one, the caseload, and where the process stands."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.caseload import Excerpts
from app.access.collection import Parent
from app.access.disclosure import disclose, preview
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import Verb
from app.domain.trajectory import queries
from app.domain.trajectory.queries import lines
from app.domain.trajectory.queries import trajectories as stored
from app.domain.trajectory.rules.clock import clock_of, duration_of
from app.domain.trajectory.rules.kinds import Kind, variant_of
from app.domain.trajectory.rules.milestones import Reached
from app.domain.trajectory.rules.pauses import is_paused
from app.domain.trajectory.rules.presentation import seen_by
from app.domain.trajectory.rules.process import states
from app.domain.trajectory.rules.standing import phase_of
from app.domain.trajectory.rules.terms import terms_of
from app.domain.trajectory.rules.transitions import possible
from app.domain.trajectory.schemas.trajectories import StepsOut, TrajectoryOut
from app.platform.clock import day_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import NotFound


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
    kind, today = _kind(row), day_of(session.viewer.moment)
    phase = None if kind is None else phase_of(found, kind)
    return {
        "registered_by": row["controller_organisation_id"],
        "variant": variant_of(row["responsible_kind"]),
        "phase": None if phase is None else phase[0],
        "phase_since": None if phase is None else phase[1],
        "paused": is_paused(found),
        **asdict(terms_of(found)),
        **_clock(kind, row["agreed_months"], found, today),
    }


def _kind(row: Mapping[str, Any]) -> Kind | None:
    return None if row["kind"] is None else Kind(row["kind"])


def _clock(
    kind: Kind | None, agreed: int | None, found: Sequence[Reached], today: date
) -> dict[str, Any]:
    clock = None if kind is None else clock_of(agreed, found, today, kind)
    return {
        "duration_months": None if agreed is None else duration_of(agreed, found),
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
    phase = None if row.kind is None else phase_of(standing.reached, standing.kind)
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
