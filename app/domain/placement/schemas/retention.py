"""How long someone was in work, job by job."""

from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.placement.rules.placements import PlacementKind
from app.platform.http.schemas import Day


class JobRetentionOut(Disclosed, category=Category.PLACEMENT):
    """One paid job; `id` is its placement. Computed anew at every look, out of what you may see.

    `gapDaysBefore` is null before the first job, and 0 where one went over into the other.
    """

    id: UUID
    kind: PlacementKind
    starts_on: Day
    ended_on: Day | None
    tenure_days: int
    weeks_13_on: Day | None
    weeks_26_on: Day | None
    gap_days_before: int | None
