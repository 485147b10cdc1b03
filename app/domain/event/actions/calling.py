"""One delivery: decided, sent, marked.

It is decided twice. First before there is a connection, so that one that is withheld leaves no
trace on the wire. Then when the connection stands, while the facts of the client are held still
until all is handed to the network: a withdrawal that was answered comes before every byte.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx

from app.access import grants
from app.access.services import Services
from app.domain.event.actions.lines import Lines
from app.domain.event.actions.viewing import (
    Letter,
    NoSuchSubscriber,
    NotNow,
    Withheld,
    letter_for,
    release,
)
from app.domain.event.queries import sending as queries
from app.domain.event.rules.trying import (
    Answer,
    DeliveryFault,
    SubscriptionEnd,
    delay,
    judged,
)
from app.platform.db import Engine
from app.platform.security.webhooks import Call, Hook, Line, signed_headers

SECONDS = 30.0
MEDIA = "application/cloudevents+json"
log = logging.getLogger("trede")


@dataclass(frozen=True, slots=True)
class Caller:
    """What every delivery uses; `worker` holds a connection for as long as bytes go out."""

    services: Services
    worker: Engine
    lines: Lines

    async def deliver(self, subscription: UUID, delivery: UUID, attempts: int) -> None:
        """At least once: what breaks off before it is marked is sent again, under the same id."""
        try:
            letter = await letter_for(self.services, subscription, delivery)
            answer = await self._sent(subscription, delivery, letter)
            await self._mark(subscription, delivery, attempts, answer, at=letter.url)
        except Withheld:
            async with self.worker.begin() as db:
                await queries.withheld(db, delivery)
        except NotNow:
            return  # due again after its lease, if there is still somebody to tell
        except NoSuchSubscriber:
            async with self.worker.begin() as db:
                await queries.end(db, subscription, SubscriptionEnd.NOT_AUTHORISED)
        except Exception as error:  # noqa: BLE001 - due again after its lease, nothing is lost
            log.warning("a delivery waits: %s", type(error).__name__)

    async def _sent(self, subscription: UUID, delivery: UUID, letter: Letter) -> Answer:
        headers = signed_headers(letter.secrets, str(letter.event_id), letter.body)
        call = Call("POST", letter.url, {**headers, "content-type": MEDIA}, letter.body)
        async with self.lines.to(subscription, letter.url) as line, AsyncExitStack() as held:

            async def before() -> None:
                db = await held.enter_async_context(self.worker.begin())
                await grants.share(db, letter.client_id)
                await release(self.services, subscription, delivery, letter.url)

            answer, _ = await answered(line, call, before, held.aclose)
            return answer

    async def _mark(
        self, subscription: UUID, delivery: UUID, attempts: int, answer: Answer, *, at: str
    ) -> None:
        async with self.worker.begin() as db:
            if answer.status is not None and answer.arrived:
                await queries.arrived(db, subscription, delivery, answer.status)
                return
            again = answer.retry_after or jittered(delay(attempts))
            await queries.failed(db, subscription, delivery, answer, again)
            if answer.fault is DeliveryFault.GONE:
                await queries.end(db, subscription, SubscriptionEnd.GONE, at=at)


async def answered(
    line: Line, call: Call, before: Hook, after: Hook
) -> tuple[Answer, Mapping[str, str]]:
    """What a call came to, and the headers of the answer. What `before` raises goes on."""
    try:
        async with asyncio.timeout(SECONDS):
            reply = await line.send(call, before=before, after=after)
    except (TimeoutError, httpx.TimeoutException):
        return Answer(fault=DeliveryFault.TIMEOUT), {}
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError):
        return Answer(fault=DeliveryFault.UNREACHABLE), {}
    answer = judged(reply.status, reply.headers.get("retry-after"), datetime.now(UTC))
    return answer, reply.headers


def jittered(wait: timedelta) -> timedelta:
    """A fifth less or more, so that what failed together does not come back together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing
