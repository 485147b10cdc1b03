"""Restricting what is contested, and lifting that."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.consent.rules.restricting import RestrictionGround
from app.domain.consent.schemas.consents import example
from app.platform.http.schemas import Id, In, Moment, Text


class RestrictionIn(In):
    """One record, or all of a category so far, for which this organisation answers."""

    model_config = example(
        {
            "organisationId": "7c1d0a52-3a52-4d2e-9a55-0d1f7f1a0c01",
            "category": "work_history",
            "ground": "accuracy_contested",
            "explanation": "De jaren bij mijn vorige werkgever kloppen niet.",
        }
    )

    organisation_id: Annotated[
        Id, Field(description="Who answers for the records; it keeps seeing them.")
    ]
    category: Category
    record_id: Annotated[
        Id | None, Field(description="One record; without it all that is there of the category.")
    ] = None
    ground: RestrictionGround
    explanation: Text


class RestrictionLiftIn(In):
    """Why it is over; the client reads it."""

    model_config = example({"because": "De jaren zijn verbeterd in een nieuwe versie."})

    because: Text


class RestrictionOut(Disclosed, category=Category.CONSENT):
    """What is contested; the records themselves say so in `restrictedAt`."""

    id: UUID
    client_id: UUID
    organisation_id: UUID
    of_category: Annotated[Category, Field(alias="category")]
    record_id: UUID | None
    ground: RestrictionGround
    explanation: str
    author_role: Role
    recorded_at: Moment
    lifted_at: Moment | None
    lifted_because: str | None
    withheld: list[str]
