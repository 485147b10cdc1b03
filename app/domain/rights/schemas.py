"""What goes in and out about requests of a data subject; every outgoing field has its category."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.privacy.rules.retention import OnRequest
from app.domain.rights.rules.deciding import (
    DataSubjectRequestState,
    DecisionGround,
    DecisionOutcome,
    RequestKind,
)
from app.platform.http.schemas import Day, Id, In, Moment, Out, Text


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class DataSubjectRequestIn(In):
    """What the client asks of one organisation; each answers for its own part."""

    model_config = _example(
        {
            "kind": "erasure",
            "organisationId": "f3e7b8a0-52c5-4f3f-8a68-3f8d1b1c2e03",
            "wish": "Ik wil dat mijn dossier wordt vernietigd.",
        }
    )

    kind: RequestKind
    organisation_id: Annotated[Id, Field(description="Who answers for the data.")]
    wish: Text | None = None


class DataSubjectDecisionIn(In):
    """On one record, or on all of a category; a later one replaces it until it is answered.

    What was decided on a record stands for it, whatever is decided on its category, also later.
    `on_request` goes with `destroy` and `restrict`, `no_longer_needed` with `destroy`, every other
    ground with `refuse` and `restrict`; `restrict` needs `until`.
    """

    model_config = _example(
        {"category": "contact_log", "outcome": "destroy", "ground": "on_request"}
    )

    category: Category
    record_id: Annotated[
        Id | None, Field(description="One record; without it all that is there of the category.")
    ] = None
    outcome: DecisionOutcome
    ground: DecisionGround
    until: Annotated[
        Day | None,
        Field(
            description="With `restrict`: the day on which what was kept is destroyed after all."
        ),
    ] = None
    explanation: Text | None = None


class DataSubjectAnswerIn(In):
    """The words of the organisation; with them everything that was decided is carried out."""

    model_config = _example({"answer": "Wij hebben uw dossier vernietigd."})

    answer: Text


class DataSubjectDecisionOut(Out):
    """What was decided on a record or a category."""

    id: UUID
    recorded_at: Moment
    category: Annotated[Category, Field(alias="of_category", serialization_alias="category")]
    record_id: UUID | None
    outcome: DecisionOutcome
    ground: DecisionGround
    until: Day | None
    explanation: str | None


class DataSubjectRequestOut(Disclosed, category=Category.CONSENT):
    """A request and where it stands."""

    id: UUID
    client_id: UUID
    kind: RequestKind
    organisation_id: UUID
    wish: str | None
    author_role: Role
    recorded_at: Moment
    state: DataSubjectRequestState
    due_on: Annotated[Day, Field(description="The last day to answer: a month on (GDPR 12(3)).")]
    decisions: list[DataSubjectDecisionOut]
    answer: str | None
    answered_at: Moment | None
    withheld: list[str]


class HeldRecordOut(Out):
    """One record of the own part: that it is there, how long it is kept, and what was decided."""

    category: Category
    record_id: UUID
    recorded_at: Moment
    retention_class: str
    kept_until: Annotated[Day | None, Field(description="Null: as long as the purpose needs it.")]
    on_request: Annotated[
        OnRequest, Field(description="What the law says of destruction within the term.")
    ]
    decided: DecisionOutcome | None


class InventoryOut(Out):
    """Everything the organisation of the desk answers for of this client; no content."""

    items: list[HeldRecordOut]


class MisplacedIn(In):
    """Which record of your own was never about this client; make it anew where it belongs."""

    model_config = _example(
        {"category": "ladder", "recordId": "0b9e8f5a-6c1d-4e39-8f7e-2a1c5d3b4e60"}
    )

    category: Category
    record_id: Annotated[Id, Field(description="Its versions and its parts go along.")]
    right_client_id: Annotated[
        Id | None, Field(description="Whom it is about: a line on that client's log tells of it.")
    ] = None


class MisplacedOut(Disclosed, category=Category.CONSENT):
    """A record left this client, for it was about someone else; nothing tells what it said."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    of_category: Category
    record_ids: list[UUID]
    made_anew: bool
    withheld: list[str]
