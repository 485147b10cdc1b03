"""What goes in and out about concern signals."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.concern.rules import FollowUpOutcome, Signaller
from app.platform.http.schemas import Day, Id, In, Moment, Out, Text


class ConcernIn(In):
    """What was seen or heard; what one makes of it stands apart, and may be left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "noticedOn": "2025-06-18",
                    "signaller": "professional",
                    "observation": "Drie dagen niet verschenen en niet afgebeld.",
                    "interpretation": "Misschien gaat het tempo te snel.",
                }
            ]
        }
    )
    noticed_on: Day
    signaller: Annotated[Signaller, Field(description="Whose concern it is that you write down.")]
    observation: Annotated[Text, Field(description="What was seen or heard, without a judgement.")]
    interpretation: Annotated[Text | None, Field(description="What you make of it.")] = None


class ConcernReportIn(In):
    """To the one person you choose: a membership out of the directory (`GET /v1/practitioners`)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "0b7e9f52-8a55-4f1e-a1cb-7f0f3f6f4b04"}]}
    )
    to: Id


class FollowUpIn(In):
    """What the recipient did, and what came of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "followedUpOn": "2025-06-20",
                    "done": "Samen gebeld; we spreken dinsdag af.",
                    "outcome": "talked_with_client",
                }
            ]
        }
    )
    followed_up_on: Day
    done: Text
    outcome: FollowUpOutcome


class ReportedToOut(Out):
    """The one recipient, from the directory."""

    membership_id: UUID
    role: Role
    name: str
    organisation_name: str


class ConcernOut(Disclosed, category=Category.FEEDBACK):
    """A signal, for the client, its author, and the one recipient as far as the client allows."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    noticed_on: Day
    signaller: Signaller
    observation: str
    interpretation: str | None
    reported_to: ReportedToOut | None
    reported_at: Moment | None
    followed_up_on: Day | None
    done: str | None
    outcome: FollowUpOutcome | None
    withheld: list[str]
