"""What goes in and out about the coach's contacts."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.placement.rules.contacts import (
    WITHOUT_NOTE,
    ContactKind,
    ContactMode,
    ContactPlace,
)
from app.domain.trajectory.rules.kinds import Funding
from app.platform.http.schemas import Day, Id, In, Moment, Text, refuse


class ContactIn(In):
    """One contact; a correction names the entry of one's own that it replaces."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "client_contact",
                    "happenedOn": "2025-06-05",
                    "mode": "face_to_face",
                    "place": "workplace",
                    "minutes": 45,
                    "funding": "uwv",
                    "note": "Eerste week op de werkplek besproken.",
                }
            ]
        }
    )

    kind: ContactKind
    happened_on: Day
    mode: ContactMode
    place: ContactPlace
    minutes: Annotated[int, Field(ge=0, le=600)]
    funding: Funding | None = None
    note: Text | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _leaves_it_to_the_client(self) -> Self:
        if self.kind in WITHOUT_NOTE and self.note is not None:
            raise refuse("not_allowed", "Of this talk only the day is kept; the rest is private.")
        return self


class ContactOut(Disclosed, category=Category.CONTACT_LOG):
    id: UUID
    recorded_at: Moment
    author_role: Role
    kind: ContactKind
    happened_on: Day
    mode: ContactMode
    place: ContactPlace
    minutes: int
    funding: Funding | None
    note: str | None
    supersedes: UUID | None
    superseded_by: UUID | None
    withheld: list[str]
