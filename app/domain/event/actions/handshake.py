"""Asks a receiver whether it wants to be called, before anything is sent to it.

CloudEvents' protection against abuse: OPTIONS with our name and the rate that is wanted; only an
answer that names us, or everybody, is a yes.
"""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row

from app.domain.event.actions.calling import answered, jittered
from app.domain.event.actions.flights import Flights
from app.domain.event.actions.lines import Lines
from app.domain.event.queries import handshakes as queries
from app.domain.event.queries import sending
from app.domain.event.rules import room
from app.domain.event.rules.trying import ASKED_AGAIN, LEASE, Answer, DeliveryFault, SubscriptionEnd
from app.platform.db import Engine
from app.platform.security.webhooks import Call

ANY = "*"
MOST_DIGITS = 9
log = logging.getLogger("trede")


class Handshakes:
    """`own_url` is where we live: its host is the name under which we ask."""

    def __init__(self, own_url: str, worker: Engine, lines: Lines) -> None:
        self._origin = urlsplit(own_url).hostname or ""
        self._worker = worker
        self._lines = lines
        self.flights = Flights(room.HANDSHAKES)

    async def ask(self) -> int:
        """Begin with those whose turn it is, each with one question; how many those were."""
        plan = self.flights.load.copy()
        if plan.left <= 0:
            return 0
        async with self._worker.begin() as db:
            chosen = []
            for found in await queries.due(db, plan.full, plan.left):
                if plan.left_for(found) > 0:
                    plan.add(found)
                    chosen.append(found.id)
            asked = await queries.claim(db, chosen, LEASE)
        for row in asked:
            self.flights.set_off(row, self._one(row))
        return len(asked)

    async def _one(self, row: Row[Any]) -> None:
        try:
            answer, headers = await self._answer(row)
            if answer.fault is None and answer.status is not None and self._is_yes(headers):
                async with self._worker.begin() as db:
                    await queries.yes(db, row.id, row.url, _rate(row, headers), answer.status)
                return
            await self._not_yet(row, answer)
        except Exception as error:  # noqa: BLE001 - asked again after its lease
            log.warning("a receiver waits to be asked: %s", type(error).__name__)

    async def _answer(self, row: Row[Any]) -> tuple[Answer, Mapping[str, str]]:
        headers = {"webhook-request-origin": self._origin}
        if row.wanted_rate is not None:
            headers["webhook-request-rate"] = str(row.wanted_rate)
        call = Call("OPTIONS", row.url, headers)
        async with self._lines.to(row.id, row.url) as line:
            return await answered(line, call, _nothing, _nothing)

    def _is_yes(self, headers: Mapping[str, str]) -> bool:
        allowed = headers.get("webhook-allowed-origin", "").strip()
        return allowed == ANY or allowed.lower() == self._origin

    async def _not_yet(self, row: Row[Any], answer: Answer) -> None:
        async with self._worker.begin() as db:
            gone = answer.fault is DeliveryFault.GONE
            if gone or row.asked >= len(ASKED_AGAIN):
                why = SubscriptionEnd.GONE if gone else SubscriptionEnd.NOT_CONFIRMED
                await sending.end(db, row.id, why, at=row.url)
                return
            fault = answer.fault or DeliveryFault.NOT_CONSENTED
            again = answer.retry_after or jittered(ASKED_AGAIN[row.asked])
            status = answer.status
            await queries.not_yet(db, row.id, row.url, again=again, status=status, fault=fault)


def _rate(row: Row[Any], headers: Mapping[str, str]) -> int | None:
    """Calls per minute: what the receiver names, else what was wanted; `*` is no bound."""
    named = headers.get("webhook-allowed-rate", "").strip()
    if named.isascii() and named.isdigit() and 0 < len(named) < MOST_DIGITS:
        return max(1, int(named))
    return None if named == ANY else row.wanted_rate


async def _nothing() -> None:
    """No decision is needed to ask."""
