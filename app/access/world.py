"""The facts about one client from which the policy derives grants; plain values, no I/O."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.access.vocabulary import Category, OrganisationKind, Period, Purpose, Role


class MandateKind(StrEnum):
    """Who may act for a client (source: Dutch Civil Code 1 and 7, domain part E8)."""

    WRITTEN_AUTHORISATION = "written_authorisation"
    LEGAL_GUARDIAN = "legal_guardian"
    PERSONAL_CARE_GUARDIAN = "personal_care_guardian"
    FINANCIAL_ADMINISTRATOR = "financial_administrator"
    PARENT = "parent"
    RELATIVE = "relative"


@dataclass(frozen=True)
class Member:
    """A membership: this practitioner works for this organisation in this role, from-until."""

    id: UUID
    practitioner_id: UUID
    inbox_id: UUID
    organisation_id: UUID
    organisation_kind: OrganisationKind
    role: Role
    employed: bool
    period: Period
    policy_version: int = 1


@dataclass(frozen=True)
class Treatment:
    """This membership is in the treatment team of the client."""

    id: UUID
    membership_id: UUID
    period: Period


@dataclass(frozen=True)
class Assignment:
    """This membership takes part in this trajectory; `commissioned_by` is who pays for a coach."""

    id: UUID
    trajectory_id: UUID
    membership_id: UUID
    period: Period
    commissioned_by: OrganisationKind | None = None
    keeps_own_records: bool = False


@dataclass(frozen=True)
class Responsibility:
    """This body is responsible for this trajectory."""

    id: UUID
    trajectory_id: UUID
    organisation_id: UUID
    period: Period


@dataclass(frozen=True)
class Referral:
    """An incoming referral waits in the inbox of a role until someone accepts or refuses it."""

    id: UUID
    trajectory_id: UUID
    organisation_id: UUID
    inbox_id: UUID
    role: Role
    period: Period


@dataclass(frozen=True)
class Consent:
    """One consent covers all dimensions by itself; a withdrawn one ended at its withdrawal.

    `by_representative`: whose yes it is, and `given_at` when it was given; age decides what it is
    worth.
    """

    id: UUID
    trajectory_id: UUID | None
    sender_organisation_id: UUID | None
    recipient_organisation_id: UUID
    recipient_role: Role
    recipient_membership_id: UUID | None
    categories: frozenset[Category]
    purposes: frozenset[Purpose]
    period: Period
    record_id: UUID | None = None
    by_representative: bool = False
    given_at: datetime | None = None


@dataclass(frozen=True)
class Block:
    """The client bars an organisation, a professional or a person close by from categories."""

    id: UUID
    organisation_id: UUID | None
    membership_id: UUID | None
    categories: frozenset[Category]
    period: Period
    person_id: UUID | None = None


@dataclass(frozen=True)
class Person:
    """The hat of a client, representative or supporter: an account linked to this client."""

    id: UUID
    role: Role
    period: Period
    scope: frozenset[Category] = frozenset()
    mandate: MandateKind | None = None


@dataclass(frozen=True)
class Mandate:
    """A mandate that was recorded, whether its holder has a login or not."""

    id: UUID
    kind: MandateKind
    period: Period


@dataclass(frozen=True)
class Incapacity:
    """A clinician found the client unable to weigh this decision, about these data, until then."""

    id: UUID
    categories: frozenset[Category]
    period: Period


@dataclass(frozen=True)
class BrokenGlass:
    """This member broke the glass; the privacy desk of that inbox reviews it."""

    id: UUID
    membership_id: UUID
    desk_inbox_id: UUID
    reason: str
    period: Period


@dataclass(frozen=True)
class Substitution:
    """A named, dated stand-in of the same organisation and role."""

    id: UUID
    absent_membership_id: UUID
    substitute_membership_id: UUID
    period: Period


@dataclass(frozen=True)
class Supervision:
    """A supervisor answers for the work of this membership."""

    id: UUID
    supervisor_membership_id: UUID
    supervised_membership_id: UUID
    period: Period


@dataclass(frozen=True)
class Contract:
    """An employer's own agreement about one placement."""

    placement_id: UUID
    trajectory_id: UUID
    organisation_id: UUID
    inbox_id: UUID
    period: Period


@dataclass(frozen=True)
class Confirmation:
    """A party confirmed the minutes of one conversation and keeps what it confirmed."""

    id: UUID
    conversation_id: UUID
    trajectory_id: UUID
    membership_id: UUID
    period: Period


@dataclass(frozen=True)
class DataSubjectRequest:
    """An open request of the client at one organisation, handled by its privacy desk."""

    id: UUID
    organisation_id: UUID
    inbox_id: UUID
    period: Period


@dataclass(frozen=True)
class Registration:
    """A client system registered this client; it reads back only what it recorded itself."""

    machine_id: UUID
    organisation_id: UUID
    organisation_kind: OrganisationKind
    period: Period


@dataclass(frozen=True)
class World:
    """All facts of one client. Order and duplicates carry no meaning."""

    members: tuple[Member, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    blocks: tuple[Block, ...] = ()
    persons: tuple[Person, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    contracts: tuple[Contract, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    requests: tuple[DataSubjectRequest, ...] = ()
    registrations: tuple[Registration, ...] = ()
    incapacities: tuple[Incapacity, ...] = ()
    broken: tuple[BrokenGlass, ...] = ()
    born: date | None = None
    erased: bool = False
    members_by_id: dict[UUID, Member] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members_by_id", {m.id: m for m in self.members})
