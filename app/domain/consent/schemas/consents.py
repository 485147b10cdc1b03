"""Giving, showing and withdrawing consents."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Purpose, Role
from app.domain.consent.rules.giving import ConsentKind, ConsentState, GivenBy, GivenHow
from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText, Text

_PARTY: dict[str, Any] = {
    "organisationId": "7c1d0a52-3a52-4d2e-9a55-0d1f7f1a0c01",
    "role": "reintegration_coach",
}
_CHOICE: dict[str, Any] = {
    "kind": "secrecy_waiver",
    "trajectoryId": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
    "senderOrganisationId": "f3e7b8a0-52c5-4f3f-8a68-3f8d1b1c2e03",
    "recipient": _PARTY,
    "categories": ["work_advice", "feedback"],
    "purposes": ["reintegration"],
}
_ACT: dict[str, Any] = {"textVersion": "2025-01", "givenHow": "portal"}

Categories = Annotated[
    list[Category],
    Field(
        min_length=1, max_length=27, description="Each kind of data by name; nothing is implied."
    ),
]
Purposes = Annotated[
    list[Purpose],
    Field(min_length=1, max_length=5, description="What for; each must fit the recipient's work."),
]


def example(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": list(examples)})


class RecipientIn(In):
    """A concrete organisation and role, if wished one person of it."""

    organisation_id: Id
    role: Role
    membership_id: Id | None = None


class ConsentChoice(In):
    """From whom, to whom, which data, what for.

    A sender of null is the client himself: whoever wrote it down. One trajectory is named, or all
    of them by saying so.
    """

    kind: ConsentKind
    trajectory_id: Id | None = None
    all_trajectories: bool = False
    sender_organisation_id: Id | None
    recipient: RecipientIn
    categories: Categories
    purposes: Purposes
    record_id: Annotated[
        Id | None,
        Field(
            description="Only this one record, of one of the categories. It may stand in an earlier"
            " trajectory: whoever takes part in the one that is named then reads it there."
        ),
    ] = None


class ConsentAct(In):
    """How the yes was given, on which text, and from when to when.

    `validFrom` is the first Dutch day, `validUntil` the first day on which it no longer holds.
    """

    text_version: ShortText
    given_how: GivenHow
    evidence: Annotated[
        Text | None, Field(description="What proves it; obligatory when you record it as sender.")
    ] = None
    given_by: Annotated[
        GivenBy | None, Field(description="Whose yes, when you record it as sender.")
    ] = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class ConsentIn(ConsentChoice, ConsentAct):
    """A consent that the client gives, or that the sender saw given."""

    model_config = example({**_CHOICE, **_ACT})


class ConversationConsentIn(ConsentAct):
    """One act for all parties of one conversation: they see its agreements, whoever wrote them."""

    model_config = example(
        {
            "kind": "secrecy_waiver",
            "trajectoryId": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
            "conversationId": "0d9b6f0a-8c55-4f1e-a1cb-7f0f3f6f4b04",
            "parties": [_PARTY],
            "purposes": ["reintegration"],
            **_ACT,
        }
    )

    kind: ConsentKind
    trajectory_id: Id
    conversation_id: Id
    parties: Annotated[list[RecipientIn], Field(min_length=1, max_length=12)]
    purposes: Purposes


class WithdrawalIn(In):
    """Withdrawing needs no reason; one that is given is for the client's own list only."""

    model_config = example({}, {"reason": "Ik wil het eerst zelf vertellen."})

    reason: Text | None = None


class PartyOut(Out):
    """The party to which data is opened."""

    organisation_id: UUID
    role: Role
    membership_id: UUID | None = None


class ConsentOut(Disclosed, category=Category.CONSENT):
    """A consent as client, sender and recipient know it; a withdrawn one stays listed as such."""

    id: UUID
    client_id: UUID
    kind: ConsentKind
    state: ConsentState
    trajectory_id: UUID | None
    sender_organisation_id: UUID | None
    recipient: PartyOut
    opened: Annotated[list[Category], Field(alias="categories")]
    purposes: list[Purpose]
    record_id: UUID | None
    conversation_id: UUID | None
    act_id: UUID | None
    request_id: UUID | None
    valid_from: Moment
    valid_until: Moment | None
    text_version: str
    given_how: GivenHow
    given_by: GivenBy
    evidence: Annotated[str | None, Field(description="Not for the recipient.")]
    recorded_at: Moment
    author_role: Role
    recorded_by_organisation_id: UUID | None
    withdrawn_at: Moment | None
    withdrawal_reason: Annotated[
        str | None, Field(description="For the client; null for everyone else.")
    ]
    withheld: list[str]


class ConversationConsentOut(Disclosed, category=Category.CONSENT):
    """One act and the consents it gave, one for each party."""

    id: UUID
    client_id: UUID
    conversation_id: UUID
    consents: list[ConsentOut]
    withheld: list[str]
