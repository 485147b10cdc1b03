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
    asked, wanted = _asked(), set(tables)
    with bench(database) as walls:
        for one in conjuncts(walls.db):
            if time.monotonic() > end:
                return
            if not wanted or one.table in wanted:
                explained = why(one) is not None
                noticed = not explained and _noticed(walls, one, asked.get(one.table, []))
                yield one.name, EXPLAINED if explained else KILLED if noticed else SURVIVED


def explained_in_vain(database: TestDatabase) -> list[str]:
    """What is explained, and noticed all the same."""
    asked = _asked()
    with bench(database) as walls:
        explained = [one for one in conjuncts(walls.db) if why(one) is not None]
        return [one.name for one in explained if _noticed(walls, one, asked.get(one.table, []))]


def _asked() -> dict[str, list[Case]]:
    """Without a condition more can only open; so what was answered with yes is not asked again."""
    every = cases.everything().items()
    return {table: [case for case in some if not case.answer] for table, some in every}


def total(database: TestDatabase) -> int:
    with database.connect_as_superuser() as db:
        return len(conjuncts(db))


def _noticed(walls: Bench, one: Conjunct, asked: list[Case]) -> bool:
    with walls.undone():
        walls.db.execute(one.statement)
        return any(
            walls.answer(case)
            for case in asked
            if case.login in one.logins and one.act in {"", case.act}
        )
