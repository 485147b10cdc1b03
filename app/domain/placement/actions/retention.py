"""How long someone was in work: computed at every look, entered by nobody."""

from typing import Any
from uuid import UUID

from app.access.disclosure import disclose, withheld_for
from app.access.session import Session
from app.access.vocabulary import Category
from app.domain.placement.actions.placements import PLACEMENTS
from app.domain.placement.rules.placements import JOBS
from app.domain.placement.rules.tenure import gaps_before, tenure_of
from app.domain.placement.schemas.retention import JobRetentionOut
from app.domain.trajectory import queries as trajectories
from app.platform.clock import day_of
from app.platform.http.paging import Page


async def retention(session: Session, trajectory_id: UUID) -> Page[JobRetentionOut]:
    """The paid jobs that began, in their order, out of what this viewer may see."""
    parent = await trajectories.parent(session, trajectory_id)
    today = day_of(session.viewer.moment)
    rows = sorted(
        (
            row
            for row in await PLACEMENTS.rows(session, trajectory_id)
            if row.kind in JOBS and row.superseded_by is None and row.starts_on <= today
        ),
        key=lambda row: (row.starts_on, row.id),
    )
    items = []
    for row, gap in zip(rows, gaps_before(rows), strict=True):
        told: dict[str, Any] = {**tenure_of(row, today), "gap_days_before": gap}
        items.append(disclose(session, JobRetentionOut, row, listed=True, **told))
    page = Page[JobRetentionOut](items=items)
    page.withheld = withheld_for(parent.mask, Category.PLACEMENT)
    return page
