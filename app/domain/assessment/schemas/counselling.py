"""Benefits counselling, in and out."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedText, Stamp
from app.access.vocabulary import Category
from app.domain.assessment.rules import Counsellor
from app.platform.http.schemas import Day, Id, In, refuse


class BenefitsCounsellingIn(In):
    """What working does to the benefit was explained: when, by whom, and what stays safe."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "heldOn": "2025-03-04",
                    "heldBy": "uwv",
                    "beforeFirstJob": True,
                    "fallbackRight": True,
                    "fallbackUntil": "2030-03-04",
                    "explained": "Wie stopt met werken, houdt vijf jaar recht op de uitkering.",
                }
            ]
        }
    )
    held_on: Day
    held_by: Counsellor
    before_first_job: bool
    fallback_right: Annotated[
        bool | None, Field(description="Whether the benefit comes back; left out: not known yet.")
    ] = None
    fallback_until: Day | None = None
    explained: SharedText | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def until_of_a_right(self) -> Self:
        if self.fallback_until is not None and self.fallback_right is not True:
            raise refuse("wrong_combination", "A day goes with a right to fall back.")
        return self


class BenefitsCounsellingOut(Stamp, Disclosed, category=Category.BENEFIT):
    """One talk about benefit and work."""

    held_on: Day
    held_by: Counsellor
    before_first_job: bool
    fallback_right: bool | None
    fallback_until: Day | None
    explained: SharedText | None
