"""Asking for a consent, and answering."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Purpose, Role
from app.domain.consent.rules.giving import Answer, ConsentKind, GivenHow, RequestState
from app.domain.consent.schemas.consents import ConsentChoice, PartyOut, example
from app.platform.http.schemas import Day, In, Moment, ShortText, Text


class ConsentRequestIn(ConsentChoice):
    """Ask the client: for whom, which data, why, for which step. Nothing is opened by asking."""

    model_config = example(
        {
            "kind": "secrecy_waiver",
            "trajectoryId": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
            "senderOrganisationId": "f3e7b8a0-52c5-4f3f-8a68-3f8d1b1c2e03",
            "recipient": {
                "organisationId": "7c1d0a52-3a52-4d2e-9a55-0d1f7f1a0c01",
                "role": "reintegration_coach",
            },
            "categories": ["work_advice"],
            "purposes": ["reintegration"],
            "reason": "Dan kan ik in het startgesprek rekening houden met het advies.",
            "step": "start_conversation",
        }
    )

    reason: Text
    step: ShortText | None = None


class AnswerIn(In):
    """Yes repeats the categories and may name fewer; no and later need nothing more."""

    model_config = example(
        {
            "answer": "yes",
            "categories": ["work_advice"],
            "textVersion": "2025-01",
            "givenHow": "portal",
        },
        {"answer": "later"},
    )

    answer: Answer
    categories: Annotated[list[Category], Field(max_length=27, default_factory=list)]
    text_version: ShortText | None = None
    given_how: GivenHow = GivenHow.PORTAL
    evidence: Text | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class ConsentRequestOut(Disclosed, category=Category.CONSENT):
    """A request and where it stands, for the client and for the organisation that asked."""

    id: UUID
    client_id: UUID
    state: RequestState
    kind: ConsentKind
    trajectory_id: UUID | None
    sender_organisation_id: UUID | None
    recipient: PartyOut
    asked: Annotated[list[Category], Field(alias="categories")]
    purposes: list[Purpose]
    record_id: UUID | None
    reason: str
    step: str | None
    asked_by_organisation_id: UUID | None
    author_role: Role
    recorded_at: Moment
    answered_at: Moment | None
    consent_id: UUID | None
    withheld: list[str]
