"""An event as it is told: CloudEvents 1.0 in the NL GOV profile, without data."""

from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Verb
from app.domain.event.rules.catalogue import kinds
from app.domain.event.schemas import EventOut
from app.platform.http.exchange import Exchange

RESOURCE, SPEC = "event", "1.0"


def told(session: Session, delivery: Row[Any], record: Row[Any]) -> EventOut:
    """`delivery` as it waits, `record` as this viewer may see it now."""
    kind = kinds()[delivery.verb]
    path = kind.dataref(
        subject=delivery.subject_id, client=record.client_id, trajectory=record.trajectory_id
    )
    return EventOut(
        specversion=SPEC,
        id=delivery.event_id,
        source=session.services.event_source,
        type=kind.type,
        subject=delivery.subject_id,
        time=delivery.occurred_at,
        dataref=f"{session.services.own_issuer}/v1{path}",
    )


def entry(delivery: Row[Any], record: Row[Any]) -> Entry:
    """Telling that something happened discloses it: it stands on the log of the client."""
    kind = kinds()[delivery.verb]
    return Entry(
        client_id=record.client_id,
        trajectory_id=record.trajectory_id,
        resource=RESOURCE,
        record_id=delivery.subject_id,
        verb=Verb.READ,
        shown=kind.category.bit,
        grounds=tuple(record.grounds or ()),
        listed=True,
    )


def exchange_for(delivery_id: UUID) -> Exchange:
    """What the log knows of a call that we make ourselves: which delivery it was."""
    return Exchange(
        request_id=str(delivery_id),
        trace_id=uuid4().hex,
        method="POST",
        route="event delivery",
        if_match=None,
        idempotency_key=None,
        body_hmac=None,
        purpose_of_use=None,
        span_id=token_hex(8),
    )
