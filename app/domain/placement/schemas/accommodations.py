"""What goes in and out about adjustments at work."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.placement.rules.accommodations import AccommodationKind, RequestedBy
from app.platform.http.schemas import Day, Id, In, Moment, Text, refuse


class AccommodationIn(In):
    """What is adjusted, in words that the employer may read; never why.

    `clientSharesOn`: on that day the client agreed that it stands on the printed agreement. What an
    employer with an account reads goes by a consent, and by nothing else.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "communication",
                    "what": "Eén taak tegelijk, terugkoppeling onder vier ogen.",
                    "requestedBy": "client",
                    "requestedOn": "2025-06-02",
                    "agreedOn": "2025-06-02",
                }
            ]
        }
    )

    placement_id: Id | None = None
    kind: AccommodationKind
    what: Text
    requested_by: RequestedBy
    requested_on: Day
    agreed_on: Day | None = None
    in_place_on: Day | None = None
    client_shares_on: Day | None = None
    effect: Annotated[Text | None, Field(description="How it works out; no employer reads it.")] = (
        None
    )
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [self.requested_on, self.agreed_on, self.in_place_on]
        told = [day for day in days if day is not None]
        if told != sorted(told):
            raise refuse("out_of_range", "First asked for, then agreed, then in place.")
        return self


class AccommodationOut(Disclosed, category=Category.ACCOMMODATION):
    id: UUID
    recorded_at: Moment
    author_role: Role
    placement_id: UUID | None
    kind: AccommodationKind
    what: str
    requested_by: RequestedBy
    requested_on: Day
    agreed_on: Day | None
    in_place_on: Day | None
    client_shares_on: Day | None
    effect: str | None
    supersedes: UUID | None
    superseded_by: UUID | None
    withheld: list[str]


class WorkplaceAccommodationOut(Disclosed, category=Category.ACCOMMODATION):
    """An adjustment as the workplace may know it, once the client agreed to share it."""

    id: UUID
    kind: AccommodationKind
    what: str
    agreed_on: Day | None
    in_place_on: Day | None
