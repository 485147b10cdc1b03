"""The register of processing of one organisation (GDPR 30)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.ceilings import MayWrite
from app.access.vocabulary import Category, Ground, OrganisationKind, Purpose, Role
from app.domain.privacy.rules.retention import Begins
from app.platform.http.schemas import Moment, Out


class PartOut(Out):
    """Who sees this kind of data, on what ground and for which purposes; what it may write."""

    organisation_kind: Annotated[
        OrganisationKind | None, Field(description="Null for the client and who stands beside.")
    ]
    role: Role
    ground: Ground
    gate: int | None
    purposes: list[Purpose]
    write: MayWrite
    article: Annotated[str | None, Field(examples=["Wet SUWI, artikel 30a"])]


class KeptOut(Out):
    """How long it is kept; without years as long as the purpose needs it."""

    retention_class: str
    years: int | None
    begins: Begins
    source: str


class ActivityOut(Out):
    """What is done with one category of data, and the address that a processing log gives it."""

    processing_activity_id: str
    category: Category
    label: str
    articles: list[str]
    within: Annotated[list[PartOut], Field(description="Roles of this kind of organisation.")]
    recipients: Annotated[list[PartOut], Field(description="Whom it may be shared with.")]
    kept: KeptOut


class RegisterOut(Out):
    """Made of the very rules by which requests are decided, at the moment of asking."""

    organisation_id: UUID
    controller: str
    kind: OrganisationKind
    policy_version: int
    made_at: Moment
    data_subjects: list[str]
    transfers: Annotated[list[str], Field(description="To third countries; none by this system.")]
    measures: list[str]
    activities: list[ActivityOut]
