"""Who wants to be told of events, and which event waits for whom; ids and verbs, never content."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.clock import moment
from app.platform.db import Base

_OPEN: ColumnElement[Any] = text("state = 'open'")  # type: ignore[assignment]  # as an index takes it


class EventSubscription(Base):
    """A client system with one hat and purpose that wants events; without a URL it fetches them.

    `hat_id` and `inbox_id` are the grantees behind that hat; `receiver` is the host of the URL. The
    secret is sealed.
    """

    __tablename__ = "event_subscription"
    __table_args__ = (Index(None, "machine_id"), Index(None, "organisation_id", "created_at"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    machine_id: Mapped[UUID] = mapped_column(ForeignKey("machine.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    hat_id: Mapped[UUID]
    inbox_id: Mapped[UUID | None]
    purpose: Mapped[str | None]
    purpose_bit: Mapped[int] = mapped_column(SmallInteger)
    url: Mapped[str | None]
    receiver: Mapped[str | None]
    types: Mapped[list[str]] = mapped_column(ARRAY(Text))
    state: Mapped[str]
    ended_why: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=moment())
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    wanted_rate: Mapped[int | None]
    allowed_rate: Mapped[int | None]
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_until: Mapped[datetime | None]
    ask_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(server_default="0")
    turn_at: Mapped[datetime | None]
    wait_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default="0")
    failing_since: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_fault: Mapped[str | None]


class EventDelivery(Base):
    """One event for one subscription; whether it may be told is decided again when it is told.

    `place` follows the order in which events became visible to us, and so never goes back.
    """

    __tablename__ = "event_delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "event_id"),
        Index("ix_event_delivery_place", "subscription_id", "place"),
        Index(
            "ix_event_delivery_due", "subscription_id", "due_at", "place", postgresql_where=_OPEN
        ),
        Index(
            "ix_event_delivery_order",
            "subscription_id",
            "subject_id",
            "place",
            postgresql_where=_OPEN,
        ),
        Index(None, "announced_at"),
        Index(None, "client_id"),
        Index(None, "subject_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    place: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("event_subscription.id"))
    event_id: Mapped[UUID]
    verb: Mapped[str]
    subject_id: Mapped[UUID]
    client_id: Mapped[UUID]
    category: Mapped[int]
    occurred_at: Mapped[datetime]
    announced_at: Mapped[datetime] = mapped_column(server_default=moment())
    state: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(server_default=moment())
    attempts: Mapped[int] = mapped_column(server_default="0")
    first_tried_at: Mapped[datetime | None]
    last_tried_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_fault: Mapped[str | None]
