"""Who may see what, in plain words, and what a choice would change."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Basis, Category, OrganisationKind, Reach, Role
from app.domain.consent.schemas.blocking import BlockIn
from app.domain.consent.schemas.consents import ConsentChoice, RecipientIn, example
from app.platform.http.schemas import Id, In, Moment, Out


class SeenCategory(Out):
    """A kind of data by its name in the contract and in Dutch."""

    category: Category
    label: str


class WhyOut(Out):
    """One reason of one party: what it opens, on what it rests, from when to when."""

    categories: list[SeenCategory]
    basis: Basis
    words: str
    article: str | None
    consent_id: UUID | None
    reach: Reach
    limits: Annotated[list[str], Field(description="In which way it is less than everything.")]
    trajectory_id: UUID | None
    since: Moment
    until: Moment | None


class OverviewPartyOut(Out):
    """An organisation and role, or a person close to the client."""

    organisation_id: UUID | None
    organisation_name: str | None
    organisation_kind: OrganisationKind | None
    role: Role
    role_label: str
    names: Annotated[list[str], Field(description="Empty without `names=true`.")]
    reasons: list[WhyOut]


class AccessOverviewOut(Disclosed, category=Category.CONSENT):
    """Who may see what of this client at this moment, and why."""

    client_id: UUID
    at: Moment
    parties: list[OverviewPartyOut]
    withheld: list[str]


class PreviewIn(In):
    """One choice to look at before making it; `through` chooses other eyes than the party's own."""

    model_config = example(
        {"withdrawConsentId": "9c7f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a06"},
        {
            "block": {
                "organisationId": "7c1d0a52-3a52-4d2e-9a55-0d1f7f1a0c01",
                "categories": ["ladder_notes"],
            }
        },
    )

    give_consent: ConsentChoice | None = None
    withdraw_consent_id: Id | None = None
    block: BlockIn | None = None
    through: RecipientIn | None = None


class SightOut(Out):
    """A kind of data, and why it would be seen."""

    category: Category
    label: str
    reasons: list[str]


class PartyPreviewOut(Out):
    """What this party sees now and would see then; what it keeps although you choose otherwise."""

    organisation_id: UUID
    role: Role
    role_label: str
    before: list[SightOut]
    after: list[SightOut]
    starts: list[Category]
    stops: Annotated[list[Category], Field(description="Only what it wrote itself is left.")]
    narrows: Annotated[list[Category], Field(description="It sees less, not nothing.")]
    kept_by_law: list[Category]


class AccessPreviewOut(Disclosed, category=Category.CONSENT):
    """Nothing is stored: this is a look, not a choice."""

    client_id: UUID
    at: Moment
    parties: list[PartyPreviewOut]
    note: str | None
    withheld: list[str]
