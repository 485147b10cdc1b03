"""What goes in and out about a referral; every outgoing field carries its category."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.referral.rules import ReceivingRole, ReferralState, RefusalReason
from app.domain.trajectory.rules.kinds import LegalFrame
from app.platform.http.schemas import Day, Flag, Id, In, Moment, Out, ShortText, Text

_CONSENT = "The consent by which the client lets your organisation tell that body of it."


class ReferralIn(In):
    """Telling a body of a trajectory, after the client's yes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "trajectoryId": "c6a9a1de-1f4b-4c77-8b02-5a0d1f7e9b21",
                    "toOrganisationId": "2b1d8f0e-6f6a-4c8e-9d7b-0c4f3e2a1b00",
                    "role": "labour_expert",
                    "goal": "Weer iets met hout doen, twee dagen in de week.",
                    "clientAgreedOn": "2025-01-28",
                    "consentId": "f1e2d3c4-b5a6-4788-99aa-bbccddeeff00",
                    "uwvBenefitConfirmed": True,
                }
            ]
        }
    )
    trajectory_id: Id
    to_organisation_id: Id
    role: ReceivingRole
    goal: Annotated[
        Text,
        Field(description="What the client wants, in the client's own words; nothing medical."),
    ]
    client_agreed_on: Day
    consent_id: Annotated[Id, Field(description=_CONSENT)]
    uwv_benefit_confirmed: Annotated[
        Flag, Field(description="UWV confirmed a benefit; otherwise refer to the municipality.")
    ] = False


class AcceptanceIn(In):
    """Accepting makes your organisation responsible, and you a participant."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "participants": ["6c1b7a52-9a0e-4d1f-8a55-1a2b3c4d5e6f"],
                    "legalFrame": "wia",
                }
            ]
        }
    )
    participants: list[Id] = Field(
        default_factory=list,
        max_length=10,
        description="Memberships of colleagues who take part from now on.",
    )
    legal_frame: LegalFrame | None = None


class RefusalIn(In):
    """Not accepting, with a reason that is about your own task."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "other_region"}]})
    reason: RefusalReason


class WithdrawalIn(In):
    """Taking an open referral back, by the sender or by the client."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


class ReferralOut(Disclosed, category=Category.EXISTENCE):
    """A referral; the client's name only where the client let it be told."""

    id: UUID
    trajectory_id: UUID
    from_organisation_id: UUID | None
    from_organisation_name: str | None
    to_organisation_id: UUID
    to_organisation_name: str
    role: ReceivingRole
    goal: str
    client_agreed_on: Day
    state: ReferralState
    accepted_at: Moment | None
    refused_at: Moment | None
    withdrawn_at: Moment | None
    refusal_reason: RefusalReason | None
    recorded_at: Moment
    given_name: Annotated[str | None, Category.IDENTITY] = None
    family_name: Annotated[str | None, Category.IDENTITY] = None
    birth_date: Annotated[Day | None, Category.IDENTITY] = None
    withheld: list[str]


class BsnCheckIn(In):
    """The BSN that your own records hold for this person."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"bsn": "999990019"}]})
    bsn: ShortText


class BsnCheckOut(Out):
    """Yes or no, and nothing more."""

    matches: bool
