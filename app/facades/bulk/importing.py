"""Works imports off, record by record: whoever comes first takes one, in as many processes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Row

from app.domain.bulk.actions import work
from app.facades.bulk.bringing import bring, recorder_of
from app.platform.db import Engine
from app.platform.http.problems import NotAllowed, Unauthorized

AT_A_TIME = 20
"""Records of one import before another one has its turn."""
log = logging.getLogger("trede.imports")


@asynccontextmanager
async def importing(app: FastAPI, worker: Engine, seconds: float) -> AsyncIterator[None]:
    """While within: imports are worked off; a failure waits for the next turn."""
    task = asyncio.create_task(_keep(app, worker, seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(app: FastAPI, worker: Engine, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            while await turn(app, worker):
                pass
            async with worker.begin() as db:
                await work.destroy_old(db)
        except Exception as error:  # noqa: BLE001 - tried again, nothing is lost meanwhile
            log.warning("imports wait: %s", type(error).__name__)


async def turn(app: FastAPI, worker: Engine) -> int:
    """Some records of every import that waits, and how many; safe to run anywhere, any time."""
    async with worker.begin() as db:
        jobs = await work.waiting(db)
    done = 0
    for job in jobs:
        for _ in range(AT_A_TIME):
            if not await _one(app, worker, job):
                break
            done += 1
    return done


async def _one(app: FastAPI, worker: Engine, job: Row[Any]) -> bool:
    """One record of this import, if there is one to take."""
    subject: bytes | None = None
    try:
        async with app.state.services.engines.writer.begin() as db:
            recorder = await recorder_of(app, db, job)
            subject = await work.next_record(db, job.id)
            if subject is not None:
                await bring(recorder, job, subject)
        if subject is not None:
            return True
        async with worker.begin() as db:
            await work.finish(db, job.id)
    except (Unauthorized, NotAllowed):
        async with worker.begin() as db:
            await work.stop(db, job.id)
    except Exception as error:  # noqa: BLE001 - undone as a whole, and tried again
        log.warning("a record of an import waits: %s", type(error).__name__)
        if subject is not None:
            async with worker.begin() as db:
                await work.struck(db, job.id, subject)
    return False
