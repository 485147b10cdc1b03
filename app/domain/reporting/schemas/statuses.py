"""What goes in and out about the status of a trajectory."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.standing import Phase
from app.platform.http.schemas import Day, In, Out, ShortText

MOST_BSNS = 1000
"""Persons in one call."""


class StatusSearchIn(In):
    """Never in a URL; the birth date narrows and is not needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"bsn": "999990019"}]})

    bsn: ShortText
    birth_date: Day | None = None


class PersonOut(Out):
    """Someone who takes part; directory data."""

    role: Role
    name: str
    organisation: str


class StatusOut(Disclosed, category=Category.STATUS):
    """Where a trajectory stands, as far as task or consent lets this viewer know."""

    resource = "Status"

    id: Annotated[UUID, Category.EXISTENCE]
    kind: Kind | None = None
    phase: Phase | None = None
    since: Day | None = None
    paused_since: Day | None = None
    next_date: Day | None = None
    last_contact_on: Day | None = None
    rung: Annotated[int | None, Category.LADDER] = None
    responsible_persons: list[PersonOut] = Field(default_factory=list)
    withheld: list[str]


class StatusesOut(Out):
    """`possibleCauses` stands in an empty answer only, and is always the same."""

    items: list[StatusOut]
    possible_causes: list[str] | None = None


class StatusBatchIn(In):
    """Many persons at once; never in a URL."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"bsns": ["999990019"]}]})

    bsns: Annotated[list[ShortText], Field(min_length=1, max_length=MOST_BSNS)]


class StatusAnswerOut(Out):
    """About one person; empty for unknown, not consented and not yours alike."""

    statuses: list[StatusOut]


class StatusBatchOut(Out):
    """One answer for each number, in the order of the request; the causes are always the same."""

    answers: list[StatusAnswerOut]
    possible_causes: list[str]
