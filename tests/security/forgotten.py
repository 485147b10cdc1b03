"""A write that forgot wall 1: as the login of the application, in the context of one party."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from app.access.vocabulary import OWN_AFFAIRS, STATED_PURPOSES
from app.platform.postgres import API
from tests.build.stage import Stage


@contextmanager
def in_context_of(
    stage: Stage, party: str, purpose: int | None = None
) -> Iterator[psycopg.Connection]:
    """A transaction in which this party wears its hat, for the first purpose that fits it."""
    who = stage.parties[party]
    fitting = STATED_PURPOSES[who.role] if who.role is not None else ()
    stated = purpose or (fitting[0].bit if fitting else OWN_AFFAIRS)
    with stage.database.connect(API) as db:
        account = db.execute("SELECT id FROM account WHERE subject = %s", [who.subject]).fetchone()
        assert account is not None
        with db.transaction():
            db.execute("SELECT wear(%s, %s, %s)", [account[0], who.membership, str(stated)])
            yield db


def changed_as(stage: Stage, party: str, statement: Any, *values: Any) -> int:
    """How many rows this statement changed for this party."""
    with in_context_of(stage, party) as db:
        return db.execute(statement, values).rowcount
