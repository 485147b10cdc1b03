"""Barring an organisation or a person."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.consent.schemas.consents import Categories, example
from app.platform.http.schemas import Day, Id, In, Moment


class BlockIn(In):
    """One organisation, one professional of it or one person close by, barred from these."""

    model_config = example(
        {
            "organisationId": "7c1d0a52-3a52-4d2e-9a55-0d1f7f1a0c01",
            "categories": ["ladder_notes", "contact_log"],
        }
    )

    organisation_id: Id | None = None
    membership_id: Id | None = None
    person_id: Annotated[
        Id | None,
        Field(description="A representative or supporter; a guardian or parent is not barred."),
    ] = None
    categories: Categories
    valid_from: Day | None = None
    valid_until: Day | None = None


class LiftIn(In):
    """Nothing to say: the block ends now."""

    model_config = example({})


class BlockOut(Disclosed, category=Category.CONSENT):
    """A block; it beats consent, treatment and assignment, never a legal task."""

    id: UUID
    client_id: UUID
    organisation_id: UUID | None
    membership_id: UUID | None
    person_id: UUID | None
    barred: Annotated[list[Category], Field(alias="categories")]
    kept_by_law: Annotated[
        list[Category],
        Field(description="Barred categories that this body sees all the same, by legal task."),
    ]
    valid_from: Moment
    valid_until: Moment | None
    author_role: Role
    recorded_at: Moment
    withheld: list[str]
