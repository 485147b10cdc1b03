"""That a client cannot weigh one decision, for a time."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.consent.schemas.consents import Categories, example
from app.platform.http.schemas import Day, In, Moment, ShortText, Text


class IncapacityIn(In):
    """Which decision, about which data, what the clinician found and until when."""

    model_config = example(
        {
            "decision": "Delen van het behandelplan met de ouders",
            "finding": "Gesproken op 14 januari; client kan de gevolgen nu niet overzien.",
            "categories": ["medical", "early_warning_plan"],
            "validUntil": "2025-02-14",
        }
    )

    decision: ShortText
    finding: Text
    categories: Categories
    valid_until: Annotated[Day, Field(description="At most a year; then it is weighed anew.")]


class IncapacityEndIn(In):
    """Nothing to say: the client can weigh it again."""

    model_config = example({})


class IncapacityOut(Disclosed, category=Category.MEDICAL):
    """A finding about one decision; never about the client as a person."""

    id: UUID
    client_id: UUID
    decision: str
    finding: str
    concerns: Annotated[list[Category], Field(alias="categories")]
    valid_from: Moment
    valid_until: Moment
    author_role: Role
    recorded_at: Moment
    withheld: list[str]
