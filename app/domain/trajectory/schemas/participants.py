"""Who takes part, and which body is responsible."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, OrganisationKind, Role
from app.domain.trajectory.rules.kinds import Variant
from app.platform.http.schemas import Day, Id, In, Moment, ShortText


class AgreedHow(StrEnum):
    SPOKEN = "spoken"
    WRITTEN = "written"
    DIGITAL = "digital"


class ClientAgreement(In):
    """The client's yes to this party, as the one who adds it took it down."""

    agreed_on: Day
    how: AgreedHow
    evidence: Annotated[
        ShortText | None, Field(description="Where the yes is kept; no medical content.")
    ] = None


class ParticipantIn(In):
    """Someone to take part, added by the party that commissions him."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "membershipId": "0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77",
                    "assignmentNumber": "TEST-0001",
                    "clientAgreement": {"agreedOn": "2025-03-11", "how": "spoken"},
                }
            ]
        }
    )
    membership_id: Annotated[
        Id,
        Field(
            description="A seat alone opens nothing in care: a colleague there is in the treatment"
            " team too, and a coach whom care hires reads what a consent names."
        ),
    ]
    assignment_number: ShortText | None = None
    client_agreement: Annotated[
        ClientAgreement | None,
        Field(description="Obligatory for a member of another organisation than your own."),
    ] = None


class ParticipantOut(Disclosed, category=Category.STATUS):
    """One participation, from-until; names come from the directory of professionals."""

    id: UUID
    membership_id: Annotated[
        UUID | None,
        Field(description="Null, as the name, to a body that followed another one, of that one."),
    ]
    name: str | None
    role: Role
    organisation_id: UUID
    organisation_name: str
    commissioned_by: OrganisationKind | None
    assignment_number: str | None
    client_agreed_on: Day | None
    valid_from: Moment
    valid_until: Moment | None
    author_role: Role
    recorded_at: Moment
    withheld: list[str]


class EndIn(In):
    """Participation ends now; what the organisation recorded itself stays readable to it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


class ResponsibilityOut(Disclosed, category=Category.STATUS):
    """Which body is responsible, from-until; opened only by accepting a referral."""

    id: UUID
    trajectory_id: UUID
    organisation_id: UUID
    organisation_name: str
    variant: Variant | None
    legal_frame: str | None
    valid_from: Moment
    valid_until: Moment | None
    recorded_at: Moment
    withheld: list[str]


class StopIn(In):
    """The client stops the trajectory at this body; treatment and coaching are not touched."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})
