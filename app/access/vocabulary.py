"""The words a decision is made of; no I/O, no framework (source: the access model, section 1)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Self
from uuid import UUID


class _Flag(StrEnum):
    """A word with a bit of its own in stored bitmasks; the order is fixed for ever."""

    bit: int

    def __new__(cls, word: str) -> Self:
        made = str.__new__(cls, word)
        made._value_ = word
        made.bit = 1 << len(cls.__members__)
        return made


class Category(_Flag):
    """The 27 kinds of data; closed, flat and versioned. A new one is in no existing consent."""

    IDENTITY = "identity"
    BSN = "bsn"
    EXISTENCE = "existence"
    STATUS = "status"
    LADDER = "ladder"
    LADDER_NOTES = "ladder_notes"
    ACTION_PLAN = "action_plan"
    WORK_QUESTION = "work_question"
    WORK_HISTORY = "work_history"
    WORK_CAPACITY = "work_capacity"
    MEDICAL = "medical"
    INSURANCE_PHYSICIAN_NOTES = "insurance_physician_notes"
    PSYCHOLOGICAL_ANAMNESIS = "psychological_anamnesis"
    WORK_ADVICE = "work_advice"
    BENEFIT = "benefit"
    PLACEMENT = "placement"
    ACCOMMODATION = "accommodation"
    DISCLOSURE_CHOICE = "disclosure_choice"
    WELLBEING = "wellbeing"
    EARLY_WARNING_PLAN = "early_warning_plan"
    LIFE_EVENT = "life_event"
    CONTACT_LOG = "contact_log"
    PROGRESS_REPORT = "progress_report"
    FEEDBACK = "feedback"
    START_CONVERSATION = "start_conversation"
    CONSENT = "consent"
    ACCESS_LOG = "access_log"


EVERY_CATEGORY = sum(category.bit for category in Category)


def mask_of(categories: "frozenset[Category] | set[Category]") -> int:
    """A set of categories as the bitmask that is stored."""
    return sum(category.bit for category in categories)


def categories_in(mask: int) -> frozenset[Category]:
    """The categories of a stored bitmask."""
    return frozenset(category for category in Category if mask & category.bit)


class OrganisationKind(StrEnum):
    GGZ_PROVIDER = "ggz_provider"
    UWV = "uwv"
    MUNICIPALITY = "municipality"
    REINTEGRATION_COMPANY = "reintegration_company"
    EMPLOYER = "employer"
    SOCIAL_PROVIDER = "social_provider"
    HEALTH_INSURER = "health_insurer"
    PLATFORM = "platform"


AUTHORITIES = frozenset({OrganisationKind.UWV, OrganisationKind.MUNICIPALITY})


class Role(StrEnum):
    """The 19 columns of the matrix; the first three are persons, the rest memberships."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"
    SUPPORTER = "supporter"
    CLINICIAN = "clinician"
    PSYCHOLOGIST = "psychologist"
    IPS_COACH = "ips_coach"
    REINTEGRATION_COACH = "reintegration_coach"
    INSURANCE_PHYSICIAN = "insurance_physician"
    LABOUR_EXPERT = "labour_expert"
    MUNICIPAL_CASE_MANAGER = "municipal_case_manager"
    EMPLOYER = "employer"
    JOB_COACH = "job_coach"
    HEALTH_INSURER = "health_insurer"
    SUPERVISOR = "supervisor"
    PRIVACY_DESK = "privacy_desk"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ORGANISATION_ADMIN = "organisation_admin"
    REPORTING = "reporting"
    SYSTEM_ADMIN = "system_admin"


PERSONS = frozenset({Role.CLIENT, Role.REPRESENTATIVE, Role.SUPPORTER})
GGZ_TEAM = frozenset({Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH})
FUNDERS = frozenset({Role.INSURANCE_PHYSICIAN, Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER})


class Purpose(_Flag):
    TREATMENT = "treatment"
    REINTEGRATION = "reintegration"
    BENEFIT_ADMINISTRATION = "benefit_administration"
    QUALITY_REPORTING = "quality_reporting"
    EMERGENCY = "emergency"


OWN_AFFAIRS = 1 << len(Purpose)
"""The purpose bit of clients, representatives and supporters, who need to state none."""

_GGZ_PURPOSES = (Purpose.TREATMENT, Purpose.REINTEGRATION)
FITTING_PURPOSES: dict[Role, tuple[Purpose, ...]] = {
    **dict.fromkeys(PERSONS, ()),
    Role.CLINICIAN: _GGZ_PURPOSES,
    Role.PSYCHOLOGIST: (Purpose.TREATMENT,),
    Role.IPS_COACH: _GGZ_PURPOSES,
    Role.REPORTING: (Purpose.QUALITY_REPORTING,),
    Role.SYSTEM_ADMIN: (),
    **{
        role: (Purpose.REINTEGRATION,)
        for role in Role
        if role
        not in PERSONS
        | {Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH, Role.REPORTING, Role.SYSTEM_ADMIN}
    },
}
"""The purposes of a role's work, its default first; any other combination is never."""
STATED_PURPOSES: dict[Role, tuple[Purpose, ...]] = {
    **FITTING_PURPOSES,
    Role.CLINICIAN: (*_GGZ_PURPOSES, Purpose.EMERGENCY),
}
"""Which a role may state: a clinician also the emergency, which opens what glass was broken for."""


class Ground(StrEnum):
    """What a cell of the ceiling matrix says."""

    NEVER = "never"
    CONSENT = "consent"
    TREATMENT = "treatment"
    STATUTORY = "statutory"
    CONSENT_THEN_STATUTORY = "consent_then_statutory"
    ASSIGNMENT = "assignment"
    CONTRACT = "contract"
    OWN = "own"
    REQUEST = "request"
    SUPERVISE = "supervise"
    TECHNICAL = "technical"
    ALWAYS = "always"
    GROUPED = "grouped"


class Basis(StrEnum):
    """Why a grant exists; with its id this is the answer to "why may she see this?"."""

    SELF = "self"
    MANDATE = "mandate"
    SUPPORTER = "supporter"
    TREATMENT = "treatment"
    ASSIGNMENT = "assignment"
    STATUTORY = "statutory"
    CONTRACT = "contract"
    CONSENT = "consent"
    REFERRAL = "referral"
    AUTHOR = "author"
    OWN = "own"
    CONFIRMATION = "confirmation"
    CONTROLLER = "controller"
    SUPERVISION = "supervision"
    REQUEST = "request"
    BREAK_GLASS = "break_glass"
    REVIEW = "review"


class Reach(StrEnum):
    """Which records of its categories a grant opens."""

    ALL = "all"
    AUTHORED = "authored"
    OWN = "own"


class Verb(StrEnum):
    """NEN 7513 action codes in words."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    SEARCH = "search"


@dataclass(frozen=True)
class Period:
    """Half-open [valid_from, valid_until); None = without end."""

    valid_from: datetime
    valid_until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether this moment lies within."""
        return self.valid_from <= moment and (self.valid_until is None or moment < self.valid_until)

    def meets(self, other: "Period") -> "Period | None":
        """The time both cover, or None."""
        start = max(self.valid_from, other.valid_from)
        ends = [end for end in (self.valid_until, other.valid_until) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Period(start, end)

    def without(self, other: "Period") -> "list[Period]":
        """What is left of this period when the other is taken away."""
        if self.meets(other) is None:
            return [self]
        left = []
        if self.valid_from < other.valid_from:
            left.append(Period(self.valid_from, other.valid_from))
        if other.valid_until is not None and (
            self.valid_until is None or other.valid_until < self.valid_until
        ):
            left.append(Period(other.valid_until, self.valid_until))
        return left


@dataclass(frozen=True)
class Grant:
    """One reason why one grantee may look at (and add to) one client's record.

    `grantee_id` is a membership, an account (client, representative, supporter) or the inbox of
    an organisation and role. None in `trajectory_id`, `record_id` or `sender_organisation_id`
    means any. `ungated` lifts the gates of single records (release, audience).
    """

    grantee_id: UUID
    period: Period
    basis: Basis
    basis_id: UUID
    purposes: int
    categories: int = 0
    creates: int = 0
    trajectory_id: UUID | None = None
    record_id: UUID | None = None
    sender_organisation_id: UUID | None = None
    reach: Reach = Reach.ALL
    ungated: bool = False
    policy_version: int = 1


class ViewerKind(Enum):
    MEMBER = "member"
    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True)
class Viewer:
    """Who asks, for what purpose, at which moment of the database clock. Never a union of roles."""

    kind: ViewerKind
    role: Role
    purpose: Purpose | None
    account_id: UUID | None
    membership_id: UUID | None
    inbox_id: UUID | None
    organisation_id: UUID | None
    organisation_kind: OrganisationKind | None
    moment: datetime
    own_client_id: UUID | None = None
    machine_id: UUID | None = None
    grantees: tuple[UUID, ...] = field(default=())

    @property
    def grantee_id(self) -> UUID:
        """The one id under which this viewer writes and is logged."""
        return self.grantees[0]

    @property
    def purpose_bit(self) -> int:
        return OWN_AFFAIRS if self.purpose is None else self.purpose.bit
