"""The agreement about a place of work, as it can be handed over."""

from typing import Annotated
from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.platform.http.schemas import Day


class PlacementAgreementOut(Disclosed, category=Category.PLACEMENT):
    """What was agreed and nothing of care: in Dutch, for it is for the employer to sign.

    No `withheld`, no trajectory, no coach, no organisation: each would tell of care.
    """

    id: UUID
    employer: str | None
    given_name: Annotated[str | None, Category.IDENTITY] = None
    family_name: Annotated[str | None, Category.IDENTITY] = None
    title: str
    nature: str
    contract: str | None
    hours_per_week: float | None
    schedule: str | None
    starts_on: Day
    planned_end_on: Day | None
    adjustments: Annotated[list[str], Category.ACCOMMODATION]
