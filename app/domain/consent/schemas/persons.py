"""Who acts for a client, who stands beside a client, and with which login."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.access.world import MandateKind
from app.domain.consent.schemas.consents import Categories, example
from app.platform.http.schemas import Day, Id, In, Moment, ShortText, Text


class RepresentativeIn(In):
    """Kind, scope, evidence and days of a mandate."""

    model_config = example(
        {
            "name": "Gemachtigde-E1",
            "kind": "written_authorisation",
            "scope": ["identity", "existence", "early_warning_plan"],
            "evidence": "Machtiging getekend op 3 maart, gezien door de behandelaar",
            "validUntil": "2026-12-31",
        }
    )

    name: ShortText
    kind: MandateKind
    scope: Categories
    evidence: Text
    valid_from: Day | None = None
    valid_until: Day | None = None


class SupporterIn(In):
    """A trusted person, and what the client wants this person to see."""

    model_config = example({"name": "Naaste-E1", "scope": ["existence", "status"]})

    name: ShortText
    scope: Categories
    valid_from: Day | None = None
    valid_until: Day | None = None


class PersonEndIn(In):
    """Nothing to say: it ends now."""

    model_config = example({})


class RepresentativeOut(Disclosed, category=Category.CONSENT):
    """A mandate; `verified` when a treating clinician saw the evidence."""

    id: UUID
    client_id: UUID
    name: str
    kind: MandateKind
    scope: list[Category]
    evidence: str
    verified: bool
    valid_from: Moment
    valid_until: Moment | None
    author_role: Role
    recorded_at: Moment
    withheld: list[str]


class SupporterOut(Disclosed, category=Category.CONSENT):
    """A trusted person by the client's consent."""

    id: UUID
    client_id: UUID
    name: str
    scope: list[Category]
    valid_from: Moment
    valid_until: Moment | None
    recorded_at: Moment
    withheld: list[str]


class AccountLinkIn(In):
    """Which login (issuer and subject of an OpenID provider) is, or acts for, this client."""

    model_config = example(
        {
            "clientId": "2b7a3c52-3a52-4d2e-9a55-0d1f7f1a0c05",
            "role": "client",
            "issuer": "https://login.voorbeeld.example",
            "subject": "a1b2c3d4",
        }
    )

    client_id: Id
    role: Role
    person_id: Annotated[
        Id | None, Field(description="The representative or supporter that the login stands for.")
    ] = None
    issuer: ShortText
    subject: ShortText


class AccountLinkOut(Disclosed, category=Category.CONSENT):
    """A link; the login itself is not shown."""

    id: UUID
    client_id: UUID
    role: Role
    valid_from: Moment
    valid_until: Moment | None
    withheld: list[str]
