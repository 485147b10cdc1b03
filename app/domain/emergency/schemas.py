"""What goes in and out about emergency access."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.emergency.rules import Outcome, Reason, ReviewState
from app.platform.http.schemas import Id, In, Moment, ShortText, Text


class EmergencyAccessIn(In):
    """Which client, by id or by BSN, and why; both the reason and the explanation are needed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "bsn": "999990019",
                    "reason": "psychiatric_crisis",
                    "explanation": "Client staat verward aan de balie en kan niets vertellen.",
                }
            ]
        }
    )

    client_id: Id | None = None
    bsn: ShortText | None = None
    reason: Reason
    explanation: Text


class ReviewIn(In):
    """What another person than who broke the glass found."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"outcome": "justified", "finding": "Crisis, en de behandelaar was onbereikbaar."}
            ]
        }
    )

    outcome: Outcome
    finding: Text


class EmergencyAccessOut(Disclosed, category=Category.CONSENT):
    """A broken glass; `looks` and `lookedAt` tell what was seen on it."""

    id: UUID
    client_id: UUID
    organisation_id: UUID
    organisation_name: str
    membership_id: UUID
    author_role: Role
    reason: Reason
    explanation: str
    valid_from: Moment
    valid_until: Moment
    review: Annotated[ReviewState, Field(description="By another person than who did it.")]
    finding: str | None
    reviewed_at: Moment | None
    looks: Annotated[int, Category.ACCESS_LOG]
    looked_at: Annotated[list[Category], Category.ACCESS_LOG]
    withheld: list[str]
