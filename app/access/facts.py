"""Tables of the facts about a client that the policy reads; row security is on all of them."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    and_,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.access.envelope.columns import sealed
from app.access.records import ClientRecord, Excerpt
from app.access.vocabulary import Category, Role
from app.platform.clock import is_current, moment
from app.platform.db import Base


class _Dated:
    valid_from: Mapped[datetime] = mapped_column(server_default=moment())
    valid_until: Mapped[datetime | None]


class AccountLink(_Dated, Base):
    """The hat of a person: this account is, or acts for, this client.

    Shares the id of its representative or supporter; its period ends with theirs. `oversees`: a
    mandate that covers the consents, so that this person may see who may see what. A login is one
    client at a time, and never a practitioner's.
    """

    __tablename__ = "account_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "of_practitioner"], ["account.id", "account.of_practitioner"]
        ),
        Index(
            "uq_account_link_client",
            "account_id",
            "client_id",
            unique=True,
            postgresql_where=text("role = 'client' AND valid_until IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(index=True)
    of_practitioner: Mapped[bool] = mapped_column(Computed("false", persisted=True))
    client_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str]
    oversees: Mapped[bool] = mapped_column(server_default="false")
    linked_by: Mapped[UUID]


class TreatmentTeamMember(_Dated, ClientRecord, Base):
    """Who treats this client, from-until."""

    __tablename__ = "treatment_team_member"
    __category__ = Category.MEDICAL
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.CLINICIAN, Role.PSYCHOLOGIST})
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)


class Participant(_Dated, ClientRecord, Base):
    """Takes part in this trajectory in this role; added by whoever commissions, after a yes."""

    __tablename__ = "participant"
    __category__ = Category.STATUS
    __open__ = ("commissioned_by", "agreement_how")
    __mutable__ = ("valid_until", "keeps_own_records")
    __moved_by__ = frozenset(Role)
    __excerpt__ = Excerpt(("recorded_at", "valid_from", "valid_until", "membership_id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    commissioned_by: Mapped[str | None]
    assignment_number: Mapped[str | None] = sealed()
    client_agreed_on: Mapped[date | None]
    agreement_how: Mapped[str | None]
    agreement_evidence: Mapped[str | None] = sealed()
    keeps_own_records: Mapped[bool] = mapped_column(server_default="false")


class Responsibility(_Dated, ClientRecord, Base):
    """Which body is responsible for this trajectory; opens only by accepting a referral."""

    __tablename__ = "responsibility"
    __category__ = Category.STATUS
    __open__ = ("legal_frame",)
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset(Role)
    __excerpt__ = Excerpt(("valid_from", "valid_until", "organisation_id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    legal_frame: Mapped[str | None]


class Referral(ClientRecord, Base):
    """What may be told, to which body and role; waits in the inbox until accepted or refused.

    Of a body that was asked before, a following one learns nothing from here.
    """

    __tablename__ = "referral"
    __category__ = Category.EXISTENCE
    __open__ = ("role", "refusal_reason")
    __parties__ = ("organisation_id", "controller_organisation_id")
    __confined__ = True
    __mutable__ = ("accepted_at", "refused_at", "withdrawn_at", "refusal_reason", "decided_by")
    __moved_by__ = frozenset(Role)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    inbox_id: Mapped[UUID] = mapped_column(ForeignKey("inbox.id"))
    role: Mapped[str]
    goal: Mapped[str] = sealed()
    client_agreed_on: Mapped[date]
    responsible_from: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    refusal_reason: Mapped[str | None]
    decided_by: Mapped[UUID | None]


class Consent(_Dated, ClientRecord, Base):
    """From a sender to a recipient, for explicit categories and purposes, with its evidence."""

    __tablename__ = "consent"
    __category__ = Category.CONSENT
    __open__ = ("kind", "given_by", "recipient_role", "text_version", "given_how")
    __mutable__ = ("withdrawn_at", "withdrawn_by")
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    __parties__ = ("sender_organisation_id", "recipient_organisation_id")
    kind: Mapped[str]
    given_by: Mapped[str]
    sender_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    recipient_organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    recipient_role: Mapped[str]
    recipient_membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    categories: Mapped[int]
    purposes: Mapped[int] = mapped_column(SmallInteger)
    conversation_id: Mapped[UUID | None]
    record_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    act_id: Mapped[UUID | None]
    text_version: Mapped[str]
    given_how: Mapped[str]
    evidence: Mapped[str | None] = sealed()
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]


def stands(consent: type[Consent]) -> ColumnElement[bool]:
    """Begun, not over and not withdrawn at this moment."""
    withdrawn = consent.withdrawn_at
    return and_(is_current(consent), or_(withdrawn.is_(None), moment() < withdrawn))


class Block(_Dated, ClientRecord, Base):
    """The client bars an organisation, a professional or a person close by from categories."""

    __tablename__ = "block"
    __category__ = Category.CONSENT
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    person_id: Mapped[UUID | None]
    categories: Mapped[int]


class Representative(_Dated, ClientRecord, Base):
    """Acts for the client: kind, scope, validity and the evidence; `verified` = a clinician saw it.

    The organisation that recorded it knows of it, so that care can speak to the right person.
    """

    __tablename__ = "representative"
    __category__ = Category.CONSENT
    __open__ = ("name", "kind")
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.CLIENT, Role.CLINICIAN})
    __parties__ = ("controller_organisation_id",)
    name: Mapped[str]
    kind: Mapped[str]
    scope: Mapped[int]
    evidence: Mapped[str] = sealed()
    verified: Mapped[bool]


class Supporter(_Dated, ClientRecord, Base):
    """A trusted person, by the client's consent only."""

    __tablename__ = "supporter"
    __category__ = Category.CONSENT
    __open__ = ("name",)
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.CLIENT})
    name: Mapped[str]
    scope: Mapped[int]


class PlacementContract(_Dated, ClientRecord, Base):
    """An employer's own agreement about one placement."""

    __tablename__ = "placement_contract"
    __category__ = Category.PLACEMENT
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset({Role.IPS_COACH, Role.REINTEGRATION_COACH})
    __scope__ = "placement_id"
    __part_of__ = "placement_id"
    placement_id: Mapped[UUID] = mapped_column(index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    inbox_id: Mapped[UUID] = mapped_column(ForeignKey("inbox.id"))


class ConversationConfirmation(_Dated, ClientRecord, Base):
    """A party confirmed minutes of a conversation in an own session, and keeps what it confirmed.

    One that another wrote down names a witness and no membership, and keeps nothing open.
    """

    __tablename__ = "conversation_confirmation"
    __category__ = Category.START_CONVERSATION
    __open__ = ("party", "how")
    __scope__ = "conversation_id"
    __mutable__ = ("valid_until",)
    __moved_by__ = frozenset(
        {
            Role.CLINICIAN,
            Role.PSYCHOLOGIST,
            Role.IPS_COACH,
            Role.REINTEGRATION_COACH,
            Role.LABOUR_EXPERT,
            Role.MUNICIPAL_CASE_MANAGER,
        }
    )
    __table_args__ = (Index(None, "conversation_id"),)
    conversation_id: Mapped[UUID]
    minutes_id: Mapped[UUID]
    invitation_id: Mapped[UUID]
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    party: Mapped[str]
    how: Mapped[str]
    witness: Mapped[str | None] = sealed()


class DataSubjectRequest(_Dated, ClientRecord, Base):
    """The client asks one organisation for access, rectification, erasure or restriction.

    That organisation answers for it, so its desk sees it while it is open.
    """

    __tablename__ = "data_subject_request"
    __category__ = Category.CONSENT
    __open__ = ("kind",)
    __mutable__ = ("valid_until", "answer")
    __moved_by__ = frozenset({Role.PRIVACY_DESK})
    kind: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    inbox_id: Mapped[UUID] = mapped_column(ForeignKey("inbox.id"))
    wish: Mapped[str | None] = sealed()
    answer: Mapped[str | None] = sealed()


class Registration(_Dated, Base):
    """A client system registered this client on behalf of its organisation."""

    __tablename__ = "registration"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(index=True)
    machine_id: Mapped[UUID] = mapped_column(ForeignKey("machine.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))


class ClientBsn(ClientRecord, Base):
    """The BSN: sealed under the client's own key, found by a keyed blind index.

    Unique per registering organisation among confirmed rows; a second one is a pending match that
    a person merges. The index is copied into the grants, so that a look-up starts from them.
    """

    __tablename__ = "client_bsn"
    __category__ = Category.BSN
    __table_args__ = (
        Index(
            "uq_client_bsn_confirmed",
            "controller_organisation_id",
            "bsn_index",
            unique=True,
            postgresql_where=text("confirmed"),
        ),
    )
    wrapped_key: Mapped[bytes]
    sealed: Mapped[bytes]
    bsn_index: Mapped[bytes]
    confirmed: Mapped[bool]
