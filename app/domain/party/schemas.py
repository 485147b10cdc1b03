"""What goes in and out about parties; directory data, so every field is for everyone."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.access.vocabulary import OrganisationKind, Purpose, Role
from app.platform.http.schemas import Id, In, Moment, Out, ShortText, refuse


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class OrganisationIn(In):
    """A new organisation with the numbers by which its kind is known."""

    model_config = _example(kind="ggz_provider", name="GGZ Voorbeeldland", agb="06290001")

    kind: OrganisationKind
    name: ShortText
    agb: ShortText | None = None
    oin: ShortText | None = None
    kvk: ShortText | None = None
    municipality_code: ShortText | None = None


class OrganisationChange(In):
    """One change: the name, or the version of the access policy (2 is "integrated team")."""

    model_config = _example(policyVersion=2)

    name: ShortText | None = None
    policy_version: Literal[1, 2] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.name is None) == (self.policy_version is None):
            raise refuse("wrong_combination", "Give either name or policyVersion.")
        return self


class OrganisationOut(Out):
    """An organisation; `roles` are those that people can have there."""

    id: UUID
    kind: OrganisationKind
    name: str
    agb: str | None = None
    oin: str | None = None
    kvk: str | None = None
    municipality_code: str | None = None
    policy_version: int
    roles: list[Role]
    created_at: Moment


class PractitionerIn(In):
    """A professional, with the numbers of the care registers where they have one."""

    model_config = _example(name="Behandelaar-A1", big="19999999901")

    name: ShortText
    agb: ShortText | None = None
    big: ShortText | None = None


class PositionOut(Out):
    """One role at one organisation, in force now."""

    membership_id: UUID
    organisation_id: UUID
    role: Role


class PractitionerOut(Out):
    id: UUID
    name: str
    agb: str | None = None
    big: str | None = None
    positions: list[PositionOut]
    created_at: Moment


class ColleagueOut(Out):
    """A member for whom a client system of the same organisation may act."""

    membership_id: UUID = Field(description="What `On-Behalf-Of` takes.")
    practitioner_id: UUID
    name: str
    agb: str | None = None
    big: str | None = None
    role: Role


class AccountIn(In):
    """A login at an OpenID provider, as its tokens name it."""

    model_config = _example(issuer="https://login.example.org", subject="7f9c2ba4")

    issuer: ShortText
    subject: ShortText


class AccountOut(Out):
    id: UUID
    practitioner_id: UUID
    issuer: str
    subject: str


class MembershipIn(In):
    """A person starts in one role; without `validFrom` from now."""

    model_config = _example(practitionerId="0b0f7d39-5ad4-4b8e-9a39-1f5f4a1f2c11", role="clinician")

    practitioner_id: Id
    role: Role
    employed: bool = True
    valid_from: Moment | None = None
    valid_until: Moment | None = None


class MembershipOut(Out):
    id: UUID
    practitioner_id: UUID
    practitioner_name: str
    organisation_id: UUID
    role: Role
    employed: bool
    valid_from: Moment
    valid_until: Moment | None = None


class SupervisionIn(In):
    """A supervisor answers for the work of a colleague of the same organisation."""

    model_config = _example(
        supervisorMembershipId="5d1c6a50-1c1c-4b6f-8a53-6c4b7d0e4a01",
        supervisedMembershipId="0e8b0d4e-70ac-4a0a-9a2c-54c1f7f2d702",
    )

    supervisor_membership_id: Id
    supervised_membership_id: Id
    valid_from: Moment | None = None
    valid_until: Moment | None = None


class SupervisionOut(Out):
    id: UUID
    supervisor_membership_id: UUID
    supervised_membership_id: UUID
    valid_from: Moment
    valid_until: Moment | None = None


class EndIn(In):
    """From when it no longer holds; without `at` from now. The past cannot be changed."""

    model_config = _example(at="2026-03-01T00:00:00Z")

    at: Moment | None = None


class PartyRef(Out):
    id: UUID
    name: str
    kind: OrganisationKind


class HatOut(Out):
    """One way in which this login may act: a membership, or a link to a client."""

    id: UUID
    role: Role
    organisation: PartyRef | None = None
    client_id: UUID | None = None
    current: bool


class MeOut(Out):
    """Who is asking, and what this login could be instead (`On-Behalf-Of`, one at a time)."""

    name: str | None = Field(
        default=None, description="A practitioner's, as in the directory; absent for all others."
    )
    role: Role | None = None
    purpose: Purpose | None = None
    machine_id: UUID | None = None
    membership_id: UUID | None = Field(
        default=None, description="The membership in force, also when a client system acts for it."
    )
    hats: list[HatOut]
