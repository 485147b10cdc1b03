"""As the subscriber, outside of a request of theirs: who that is is looked up at that moment."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.services import Services
from app.access.session import MAY_READ, Session, binds_of
from app.access.viewers import viewer_of
from app.domain.event.actions.secrets import valid_secrets
from app.domain.event.actions.telling import entry, exchange_for, told
from app.domain.event.queries import waiting as queries
from app.domain.event.queries.deciding import Record, tellable
from app.domain.event.rules.catalogue import kinds
from app.domain.event.rules.trying import SubscriptionState
from app.platform.http.problems import NotAllowed, Unauthorized
from app.platform.security.tokens import Claims


class NoSuchSubscriber(Exception):
    """The client system was disabled, its scope taken, or the hat it wore is over."""


class Withheld(Exception):
    """This viewer may not be told of it (any more)."""


class NotNow(Exception):
    """The subscription is over, or its receiver is asked anew: what waits for it stays."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent for one delivery, and about whom."""

    url: str
    client_id: UUID
    event_id: UUID
    body: bytes
    secrets: tuple[str, ...]


async def letter_for(services: Services, subscription_id: UUID, delivery_id: UUID) -> Letter:
    """The letter as it is now. Raises NoSuchSubscriber, NotNow, Withheld."""
    async with _as_subscriber(services, subscription_id, delivery_id) as (session, subscription):
        _require_called(subscription)
        delivery, record = await _found(session, delivery_id)
        event = told(session, delivery, record).model_dump(mode="json", by_alias=True)
        return Letter(
            url=subscription.url,
            client_id=record.client_id,
            event_id=delivery.event_id,
            body=json.dumps(event).encode(),
            secrets=valid_secrets(services.vault, subscription, session.viewer.moment),
        )


async def tellable_to(
    services: Services, subscription_id: UUID, records: Iterable[Record]
) -> set[Record]:
    """Those of the records, by table and id, that this subscriber may be told of now.

    All of them where nobody can be asked as: whether it is told is decided again when it is.
    """
    named = set(records)
    try:
        async with _as_subscriber(services, subscription_id, subscription_id) as (session, _):
            return set(await tellable(session, named))
    except (NoSuchSubscriber, NotNow):
        return named


async def release(services: Services, subscription_id: UUID, delivery_id: UUID, url: str) -> None:
    """Decides again and puts it on the log of the client; from here on it may be sent there.

    Whoever calls holds the facts of this client still. An address that was left meanwhile is told
    nothing more. Raises NoSuchSubscriber, NotNow, Withheld.
    """
    async with _as_subscriber(services, subscription_id, delivery_id) as (session, subscription):
        _require_called(subscription)
        if subscription.url != url:
            raise NotNow
        delivery, record = await _found(session, delivery_id)
        session.seen(entry(delivery, record))


async def _found(session: Session, delivery_id: UUID) -> tuple[Row[Any], Row[Any]]:
    delivery = await queries.one_open(session, delivery_id)
    if delivery is None or (kind := kinds().get(delivery.verb)) is None:
        raise Withheld
    record = kind.table, delivery.subject_id
    found = await tellable(session, [record])
    if record not in found:
        raise Withheld
    return delivery, found[record]


def _require_called(subscription: Row[Any]) -> None:
    if subscription.state != SubscriptionState.ACTIVE.value or subscription.url is None:
        raise NotNow


@asynccontextmanager
async def _as_subscriber(
    services: Services, subscription_id: UUID, exchange_id: UUID
) -> AsyncIterator[tuple[Session, Row[Any]]]:
    async with services.engines.writer.begin() as db:
        subscription = await queries.subscriber(db, subscription_id)
        if subscription is None:
            raise NotNow
        scope = frozenset(subscription.scope.split())
        if MAY_READ not in scope:
            raise NoSuchSubscriber
        try:
            viewer = await viewer_of(
                db, _claims(services, subscription, scope), services.own_issuer, None, None
            )
        except (Unauthorized, NotAllowed) as refused:
            raise NoSuchSubscriber from refused
        session = Session(db, viewer, exchange_for(exchange_id), services, binds=binds_of(viewer))
        yield session, subscription
        await session.settle()


def _claims(services: Services, subscription: Row[Any], scope: frozenset[str]) -> Claims:
    """What a token of this client system would say; nothing of it is a right by itself."""
    machine = str(subscription.machine_id)
    return Claims(
        issuer=services.own_issuer,
        subject=machine,
        client_id=machine,
        membership=subscription.membership_id,
        purpose=subscription.purpose,
        scope=scope,
        jti="",
        expires_at=datetime.now(UTC),
    )
