"""Subscriptions, the feed and dead letters over HTTP."""

from typing import Annotated

from fastapi import Query

from app.access.session import Reading, Writing
from app.domain.event.actions import fetching, subscribing
from app.domain.event.rules import acts
from app.domain.event.schemas import (
    DeadLetterOut,
    EventFeedOut,
    RedeliveryIn,
    SubscriptionChangeIn,
    SubscriptionIn,
    SubscriptionOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/webhook-subscriptions", tags=["events"])
feed = Router(prefix="/events", tags=["events"])
routers = [router, feed]
Subscription = Annotated[
    Id, Query(alias="subscriptionId", description="One of your own subscriptions.")
]


@router.post(
    "",
    status_code=201,
    act=acts.SUBSCRIBE,
    again=subscribing.read,
    location="/v1/webhook-subscriptions/{id}",
)
async def subscribe(body: SubscriptionIn, session: Writing) -> SubscriptionOut:
    """Ask to be told of events, as a client system; its secret stands in this one answer.

    Your address is asked by `OPTIONS` with `WebHook-Request-Origin`, and agrees by
    `WebHook-Allowed-Origin` (that origin, or `*`). From then on it gets a CloudEvent per `POST`,
    at least once and in order per record. `webhook-signature` is `v1,` and the HMAC-SHA256 in
    base64 over `webhook-id`, `webhook-timestamp` and the body, joined by dots, with the bytes of
    the secret (Standard Webhooks); after a rotation there are two for a day. Answer 2xx at once,
    pass by an id that you have seen, and read `dataref` under your own rights. 410 ends the
    subscription, 429 or 503 with `Retry-After` is honoured, redirects are not followed.
    """
    return await subscribing.subscribe(session, body)


@router.get("", act=acts.READ)
async def list_subscriptions(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[SubscriptionOut]:
    """Your subscriptions, or for an administrator those of the organisation."""
    return await subscribing.browse(session, cursor, page_size)


@router.get("/{subscription_id}", act=acts.READ)
async def read_subscription(subscription_id: Id, session: Reading) -> SubscriptionOut:
    """One subscription, and how its receiver answered last."""
    return await subscribing.read(session, subscription_id)


@router.patch("/{subscription_id}", act=acts.CHANGE)
async def change_subscription(
    subscription_id: Id, body: SubscriptionChangeIn, session: Writing
) -> SubscriptionOut:
    """Other types, another rate, or another address, whose receiver is asked first."""
    return await subscribing.change(session, subscription_id, body)


@router.post(
    "/{subscription_id}/verifications", act=acts.CHANGE, again=subscribing.read, match=True
)
async def verify_receiver(subscription_id: Id, session: Writing) -> SubscriptionOut:
    """Ask the receiver again whether it wants to be called."""
    return await subscribing.verify(session, subscription_id)


@router.post("/{subscription_id}/rotations", act=acts.CHANGE, again=subscribing.read, match=True)
async def rotate_secret(subscription_id: Id, session: Writing) -> SubscriptionOut:
    """A new secret, in this one answer; for a day the old one signs as well."""
    return await subscribing.rotate(session, subscription_id)


@router.post("/{subscription_id}/ends", act=acts.CHANGE, again=subscribing.read, match=True)
async def end_subscription(subscription_id: Id, session: Writing) -> SubscriptionOut:
    """Nothing more is told to it; also by the administrator of its organisation."""
    return await subscribing.end(session, subscription_id)


@router.get("/{subscription_id}/dead-letters", act=acts.READ)
async def list_dead_letters(
    subscription_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[DeadLetterOut]:
    """Events that did not arrive in five days of trying."""
    return await fetching.dead_letters(session, subscription_id, cursor, page_size)


@router.post("/{subscription_id}/redeliveries", act=acts.CHANGE, again=subscribing.read)
async def send_again(subscription_id: Id, body: RedeliveryIn, session: Writing) -> SubscriptionOut:
    """Send one dead letter again, or all of them."""
    return await fetching.send_again(session, subscription_id, body)


@feed.get("", act=acts.READ)
async def read_events(
    subscription_id: Subscription,
    session: Reading,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> EventFeedOut:
    """What happened, in order, for a client system that fetches; kept for 30 days."""
    return await fetching.feed(session, subscription_id, cursor, page_size)
