"""What goes in and out about a client; every outgoing field carries its category."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.client.rules import Match
from app.platform.http.schemas import Day, In, Moment, ShortText

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
    """A client as far as this viewer may know; the BSN is always masked."""

    id: UUID
    registered_by: UUID
    registered_at: Moment
    given_name: Annotated[str, Category.IDENTITY]
    family_name: Annotated[str, Category.IDENTITY]
    birth_date: Annotated[Day, Category.IDENTITY]
    email: Annotated[str | None, Category.IDENTITY] = None
    telephone: Annotated[str | None, Category.IDENTITY] = None
    bsn: Annotated[str, Category.BSN]
    match: Annotated[Match, Category.BSN]
    withheld: list[str]
