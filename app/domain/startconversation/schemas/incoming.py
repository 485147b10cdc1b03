"""What parties send: structured, short, and without a field for anything medical."""

from typing import Self

from pydantic import ConfigDict, Field, model_validator

from app.access.vocabulary import Role
from app.domain.startconversation.rules.conversation import How, Kind, Mode
from app.platform.http.schemas import Day, Id, In, Moment, ShortText, refuse


class ProposalIn(In):
    """A moment on offer; a place says where, never why."""

    starts_at: Moment
    mode: Mode = Mode.IN_PERSON
    place: ShortText | None = None


class PartyIn(In):
    """Who is asked: a role of an organisation, if wished one person. The client always is."""

    role: Role
    organisation_id: Id | None = None
    membership_id: Id | None = None


class ConversationIn(In):
    """Ask the parties to a conversation on one of several dates."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "four_party",
                    "proposals": [{"startsAt": "2025-04-03T10:00:00+02:00", "place": "Kamer 4"}],
                    "invitations": [
                        {
                            "role": "labour_expert",
                            "organisationId": "7f0c1d3e-55aa-4b0e-9d9e-2f6f3a1b8c01",
                        }
                    ],
                }
            ]
        }
    )

    kind: Kind
    proposals: list[ProposalIn] = Field(min_length=1, max_length=10)
    invitations: list[PartyIn] = Field(min_length=1, max_length=10)


class ProposalsIn(In):
    """Another round of dates."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"proposals": [{"startsAt": "2025-04-08T09:30:00+02:00"}]}]}
    )

    proposals: list[ProposalIn] = Field(min_length=1, max_length=10)


class InvitationsIn(In):
    """More parties for the same conversation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "invitations": [
                        {
                            "role": "reintegration_coach",
                            "organisationId": "7f0c1d3e-55aa-4b0e-9d9e-2f6f3a1b8c02",
                        }
                    ]
                }
            ]
        }
    )

    invitations: list[PartyIn] = Field(min_length=1, max_length=10)


class AnswerIn(In):
    """The dates that suit, or no; no reason is asked and there is no field for one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"accepts": ["5c5a7f52-9f0e-4d53-8f54-0b2b0c3f4a10"]}]}
    )

    accepts: list[Id] = Field(default=[], max_length=50)
    declined: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.declined == bool(self.accepts):
            raise refuse("wrong_combination", "Accept dates, or decline; not both, not neither.")
        return self


class AppointmentIn(In):
    """The date that was chosen."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"proposalId": "5c5a7f52-9f0e-4d53-8f54-0b2b0c3f4a10"}]}
    )

    proposal_id: Id


class AttendanceIn(In):
    """On which day it was held, and whose invitation was met; the others were not there."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"heldOn": "2025-04-03", "present": ["0d4cf1de-2d3a-4b51-b7b6-4f1f6e1f2a11"]}
            ]
        }
    )

    held_on: Day
    present: list[Id] = Field(max_length=20)


class AcceptanceIn(In):
    """The client accepts that this party was not there."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"invitationId": "0d4cf1de-2d3a-4b51-b7b6-4f1f6e1f2a11"}]}
    )

    invitation_id: Id


class ConfirmationIn(In):
    """Confirm these minutes: yourself, or for a party who did so on paper or by word."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"minutesId": "b2d1f9a4-8f13-4cde-9a67-1b7f5f0f3a12"}]}
    )

    minutes_id: Id
    how: How = How.OWN_SESSION
    invitation_id: Id | None = None
    witness: ShortText | None = None

    @model_validator(mode="after")
    def _told_by_whom(self) -> Self:
        told = (self.invitation_id is not None, self.witness is not None)
        if self.how is How.OWN_SESSION and any(told):
            raise refuse("wrong_combination", "Your own confirmation names no party or witness.")
        if self.how is not How.OWN_SESSION and not all(told):
            raise refuse("wrong_combination", "Name the party, and the witness the client chose.")
        return self
