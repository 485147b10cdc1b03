"""With exactly one dimension off a record stays shut: reading, adding and moving, every table."""

from collections.abc import Iterator

import pytest

from app import tables
from tests.databases import TestDatabase
from tests.walls import cases
from tests.walls.bench import Bench, bench

CASES = cases.everything()


@pytest.fixture(scope="module")
def walls(module_database: TestDatabase) -> Iterator[Bench]:
    with bench(module_database) as ready:
        yield ready


@pytest.mark.parametrize("table", CASES)
def test_row_security_opens_what_fits_in_every_dimension_and_nothing_else(
    walls: Bench, table: str
) -> None:
    wrong = [str(case) for case in CASES[table] if walls.answer(case) is not case.answer]
    assert wrong == []


def test_every_table_with_client_data_is_asked() -> None:
    assert set(CASES) >= {table.__tablename__ for table in tables.client_records()}
