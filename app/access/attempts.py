"""A part of a request that happens wholly or not at all, whatever becomes of the rest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access.envelope.opening import Envelopes
from app.access.session import Session


@asynccontextmanager
async def attempt(session: Session) -> AsyncIterator[None]:
    """Within: on any error the database, the log and the lists are as they were before it.

    Data keys that were made within are gone with it, so none of them is kept in memory.
    """
    entries, touched = list(session.entries), set(session.touched)
    try:
        async with session.db.begin_nested():
            yield
    except BaseException:
        session.entries[:] = entries
        session.touched.clear()
        session.touched.update(touched)
        session.envelopes = Envelopes(session.db, session.services.key_keeper)
        raise
