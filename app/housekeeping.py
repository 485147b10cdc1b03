"""What happens beside requests: refusals, policies, the log, reminders, and what falls due."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from app.access.attribution import attribute
from app.access.erasure.ledger import Ledger
from app.access.processing.exporting import Send, tell
from app.access.processing.spans import Telling
from app.access.sealed.sealing import seal
from app.access.switching import catch_up
from app.domain.reporting.actions.reminding import look_at_everyone, remind, today_of
from app.domain.rights.actions.falling_due import fall_due
from app.platform.db import Engine
from app.platform.http import idempotency
from app.platform.security import browser_sessions, drafts, replay
from app.platform.transparency.notes import NoteKey

COLLECTOR = "otlp"
KEYS_KEPT = timedelta(days=2)
log = logging.getLogger("trede")


@asynccontextmanager
async def kept(
    worker: Engine, writer: Engine, seconds: float, key: NoteKey, ledger: Ledger
) -> AsyncIterator[None]:
    """While within: the house is kept every few seconds; a failure waits for the next turn."""
    keeping = asyncio.create_task(_keep(worker, writer, seconds, key, ledger))
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        await worker.dispose()


async def _keep(
    worker: Engine, writer: Engine, seconds: float, key: NoteKey, ledger: Ledger
) -> None:
    looked = None
    while True:
        await asyncio.sleep(seconds)
        try:
            await attribute(worker)
            await seal(worker, key)
            await catch_up(writer)
            today = await today_of(worker)
            if looked != today:  # a new day by the one clock, and each start
                await fall_due(worker, writer, ledger)
                await look_at_everyone(worker)
                looked = today
            await remind(writer)
            async with worker.begin() as db:
                await idempotency.forget(db, KEYS_KEPT)
                await replay.forget_expired(db)
                await browser_sessions.forget_ended(db)
                await drafts.forget_old(db)
        except Exception as error:  # noqa: BLE001 - tried again, nothing is lost meanwhile
            log.warning("housekeeping waits: %s", type(error).__name__)


@asynccontextmanager
async def log_told(
    worker: Engine, seconds: float, telling: Telling, send: Send | None
) -> AsyncIterator[None]:
    """While within: the processing log is told to a collector, if there is one; else nothing is.

    By itself, so that a collector that is slow or down keeps nothing else waiting.
    """
    telling_it = (
        None if send is None else asyncio.create_task(_tell(worker, seconds, telling, send))
    )
    try:
        yield
    finally:
        if telling_it is not None:
            telling_it.cancel()
            with suppress(asyncio.CancelledError):
                await telling_it


async def _tell(worker: Engine, seconds: float, telling: Telling, send: Send) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await tell(worker, COLLECTOR, telling, send)
        except Exception as error:  # noqa: BLE001 - how far it was told stands where it stood
            log.warning("the processing log waits: %s", type(error).__name__)
