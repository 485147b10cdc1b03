"""What goes in and out about a client; every outgoing field carries its category."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category, Role
from app.domain.client.rules import BY_ONESELF, Channel, Match, Particular, Weekday
from app.platform.http.schemas import ClockTime, Day, Id, In, Moment, ShortText, refuse

_PERSON: dict[str, Any] = {
    "bsn": "999990019",
    "givenName": "Testclient",
    "familyName": "Alfa",
    "birthDate": "1990-05-14",
    "telephone": "0612345678",
}


class ClientIn(In):
    """Registering a client with one's own organisation."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PERSON]})

    bsn: ShortText
    given_name: ShortText
    family_name: ShortText
    birth_date: Day
    email: ShortText | None = None
    telephone: ShortText | None = None


class ClientChange(In):
    """What is given is changed; what is not, stays. A null takes an address or number away."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"telephone": "0687654321"}, {"email": None}]}
    )

    given_name: ShortText | None = None
    family_name: ShortText | None = None
    birth_date: Day | None = None
    email: ShortText | None = None
    telephone: ShortText | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise refuse("required", "Give at least one field to change.")
        if any(getattr(self, name) is None for name in self.model_fields_set - BY_ONESELF):
            raise refuse("required", "A client has names and a birth date.")
        return self


class ClientSearchIn(In):
    """By BSN, or by family name and birth date; never in a URL."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"bsn": _PERSON["bsn"]},
                {"familyName": _PERSON["familyName"], "birthDate": _PERSON["birthDate"]},
            ]
        }
    )

    bsn: ShortText | None = None
    family_name: ShortText | None = None
    birth_date: Day | None = None


class ClientOut(Disclosed, category=Category.EXISTENCE):
    """A client as far as this viewer may know; the BSN is always masked.

    `changedAt`: since when the name, birth date, address and number are what they are now, if
    they were ever changed.
    """

    id: UUID
    registered_by: UUID
    registered_at: Moment
    given_name: Annotated[str, Category.IDENTITY]
    family_name: Annotated[str, Category.IDENTITY]
    birth_date: Annotated[Day, Category.IDENTITY]
    email: Annotated[str | None, Category.IDENTITY] = None
    telephone: Annotated[str | None, Category.IDENTITY] = None
    changed_at: Annotated[Moment | None, Category.IDENTITY] = None
    bsn: Annotated[str, Category.BSN]
    match: Annotated[Match, Category.BSN]
    withheld: list[str]


class ParticularsOut(Disclosed, category=Category.IDENTITY):
    """What was known of a client from `recordedAt` on, until the next one.

    `changed` tells what this one told otherwise than the one before.
    """

    id: UUID
    recorded_at: Moment
    author_role: Role
    given_name: str
    family_name: str
    birth_date: Day
    email: str | None = None
    telephone: str | None = None
    changed: list[Particular]
    withheld: list[str]


class SafeTime(In):
    """A day and hours at which the client can speak freely."""

    weekday: Weekday
    begins_at: ClockTime
    ends_at: ClockTime

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.ends_at <= self.begins_at:
            raise refuse("wrong_order", "It ends after it begins.")
        return self


class ContactPreferenceIn(In):
    """How the client wants to be reached, the most wished for first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "channels": ["text_message", "telephone"],
                    "voicemail": False,
                    "safeTimes": [
                        {"weekday": "tuesday", "beginsAt": "10:00:00", "endsAt": "12:00:00"}
                    ],
                }
            ]
        }
    )

    channels: Annotated[list[Channel], Field(min_length=1, max_length=len(Channel))]
    neutral_texts: Annotated[
        bool, Field(description="No word of care, illness or benefit in any message.")
    ] = True
    voicemail: Annotated[bool, Field(description="Whether a message may be left.")] = False
    safe_times: list[SafeTime] = Field(
        default=[], max_length=21, description="None named: at any reasonable hour."
    )
    note: SharedLine | None = None
    supersedes: Id | None = None


class ContactPreferenceOut(Stamp, Disclosed, category=Category.IDENTITY):
    """How the client wants to be reached, for everyone who may know the telephone number."""

    channels: list[Channel]
    neutral_texts: bool
    voicemail: bool
    safe_times: list[SafeTime]
    note: SharedLine | None
