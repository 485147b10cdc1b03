"""What goes in and out about a client; every outgoing field carries its category."""

from typing import Annotated
from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.client.rules import Match
from app.platform.http.schemas import Day, In, Moment, ShortText


class ClientIn(In):
    """Registering a client with one's own organisation."""

    bsn: ShortText
    given_name: ShortText
    family_name: ShortText
    birth_date: Day
    email: ShortText | None = None
    telephone: ShortText | None = None


class ClientSearchIn(In):
    """By BSN, or by family name and birth date; never in a URL."""

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
