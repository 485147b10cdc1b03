"""A sample of one day of the log: the looks that were drawn, and those that are odd."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.privacy.rules.oddities import Oddity
from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText


class SampleIn(In):
    """Which day, and how many are drawn; the same seed draws the same again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"day": "2025-01-14", "drawn": 20, "seed": "week 3"}]}
    )

    day: Day
    drawn: Annotated[int, Field(ge=0, le=50)] = 20
    seed: ShortText | None = None
    membership_id: Annotated[Id | None, Field(description="Of this member only.")] = None


class SampledOut(Disclosed, category=Category.ACCESS_LOG):
    """The looks of one member at one client on that day."""

    membership_id: UUID
    name: str
    role: Role
    client_id: UUID
    first_at: Moment
    last_at: Moment
    looks: int
    shown: list[Category]
    drawn: Annotated[bool, Field(description="By chance; else it is here for its flags.")]
    flags: list[Oddity]


class BulkReaderOut(Disclosed, category=Category.ACCESS_LOG):
    """A member who saw uncommonly many clients on that day."""

    membership_id: UUID
    name: str
    role: Role
    opened: Annotated[int, Field(description="Clients of whom a record was opened.")]
    listed: Annotated[int, Field(description="Clients seen in lists.")]


class RuleOut(Out):
    """When a look gets this flag, and where that comes from."""

    flag: Oddity
    words: str
    source: str


class SampleOut(Disclosed, category=Category.ACCESS_LOG):
    """A flag is a question to the member, never a verdict."""

    day: Day
    seed: str
    complete: Annotated[
        bool, Field(description="All of that day was looked into; else ask member by member.")
    ]
    items: list[SampledOut]
    bulk_readers: list[BulkReaderOut]
    rules: list[RuleOut]
