"""Row security with one condition taken out, asked every question that it must answer with no."""

import time
from collections.abc import Iterable, Iterator

from tests.databases import TestDatabase
from tests.mutation.conjuncts import Conjunct, conjuncts
from tests.mutation.conjuncts_explained import why
from tests.mutation.planting import KILLED, SURVIVED
from tests.walls import cases
from tests.walls.bench import Bench, Case, bench

EXPLAINED = "explained"


def outcomes(
    database: TestDatabase, end: float, tables: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Each condition with what became of it, until the time is over; all in one transaction."""
    asked = {
        table: [case for case in every if not case.answer]
        for table, every in cases.everything().items()
    }
    wanted = set(tables)
    with bench(database) as walls:
        for one in conjuncts(walls.db):
            if time.monotonic() > end:
                return
            if not wanted or one.table in wanted:
                yield one.name, _outcome(walls, one, asked.get(one.table, []))


def total(database: TestDatabase) -> int:
    with database.connect_as_superuser() as db:
        return len(conjuncts(db))


def _outcome(walls: Bench, one: Conjunct, asked: list[Case]) -> str:
    """Without a condition more can only open; so what was answered with yes is not asked again."""
    if why(one) is not None:
        return EXPLAINED
    with walls.undone():
        walls.db.execute(one.statement)
        noticed = any(
            walls.answer(case)
            for case in asked
            if case.login in one.logins and one.act in {"", case.act}
        )
    return KILLED if noticed else SURVIVED
