"""Recording support: by the authority what it pays, by the coach what is done at the workplace."""

from collections.abc import Iterable
from uuid import UUID

from app.access.collection import Parent, Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.access.writing import check_may_create
from app.domain.employer.rules.words import tells_of_care
from app.domain.placement.actions.placements import PLACEMENTS
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import supports as queries
from app.domain.placement.rules.placements import Wrong
from app.domain.placement.rules.supports import (
    faults_of_dates,
    faults_of_provision,
    faults_of_support,
)
from app.domain.placement.schemas.supports import (
    ProvisionIn,
    ProvisionOut,
    RetainedJobIn,
    RetainedJobOut,
    SupportIn,
    SupportOut,
    TargetGroupStatusIn,
    TargetGroupStatusOut,
)
from app.domain.placement.tables import (
    PublicProvision,
    RetainedJob,
    TargetGroupStatus,
    WorkSupport,
)
from app.domain.trajectory import queries as trajectories

PROVISIONS = Records(PublicProvision, ProvisionOut, statement=queries.PROVISIONS)
SUPPORTS = Records(WorkSupport, SupportOut, statement=queries.SUPPORTS)
STATUSES = Records(TargetGroupStatus, TargetGroupStatusOut, statement=queries.STATUSES)
RETAINED = Records(RetainedJob, RetainedJobOut, statement=queries.RETAINED)


async def provide(session: Session, trajectory_id: UUID, body: ProvisionIn) -> ProvisionOut:
    """What an authority pays or insures for this client's work."""
    parent = await _writable(session, trajectory_id, Category.BENEFIT)
    faults = [*faults_of_provision(body.kind, body.wage_value_percent, body.hours_per_week)]
    faults += faults_of_dates(body.starts_on, body.until)
    faults += await _of_placement(session, trajectory_id, body.placement_id)
    refuse_faults([*faults, *_of_words(note=body.note)])
    return await add(session, PROVISIONS, parent, body)


async def support(session: Session, trajectory_id: UUID, body: SupportIn) -> SupportOut:
    """What is done at the workplace."""
    parent = await _writable(session, trajectory_id, Category.PLACEMENT)
    faults = [
        *faults_of_support(
            body.kind,
            internal=body.internal,
            hours_per_week=body.hours_per_week,
            block=(body.sroi_region, body.sroi_block),
        ),
        *faults_of_dates(body.starts_on, body.until),
        *await _of_placement(session, trajectory_id, body.placement_id),
    ]
    refuse_faults(faults)
    return await add(session, SUPPORTS, parent, body)


async def look_up(
    session: Session, trajectory_id: UUID, body: TargetGroupStatusIn
) -> TargetGroupStatusOut:
    """What the register said on a day."""
    parent = await _writable(session, trajectory_id, Category.BENEFIT)
    require_past(session, checked_on=body.checked_on)
    return await add(session, STATUSES, parent, body)


async def retain(session: Session, trajectory_id: UUID, body: RetainedJobIn) -> RetainedJobOut:
    """Work that someone has, and who answers for the return to it."""
    parent = await _writable(session, trajectory_id, Category.PLACEMENT)
    faults = [*faults_of_dates(body.starts_on, body.until)]
    faults += _of_words(title=body.title, healthService=body.health_service)
    refuse_faults(faults)
    return await add(session, RETAINED, parent, body)


async def _writable(session: Session, trajectory_id: UUID, category: Category) -> Parent:
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, category)
    return parent


async def _of_placement(
    session: Session, trajectory_id: UUID, placement_id: UUID | None
) -> Iterable[Wrong]:
    if placement_id is None or await PLACEMENTS.one(session, trajectory_id, placement_id):
        return []
    return [("#/placementId", "unknown_reference", "There is no such placement here.")]


def _of_words(**told: str | None) -> list[Wrong]:
    text = "About work and money only: nothing about care or health."
    return [
        (f"#/{name}", "tells_of_care", text) for name, words in told.items() if tells_of_care(words)
    ]
