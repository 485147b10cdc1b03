"""Wall 1 alone, where row security does not look: the same records with one dimension off."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, bindparam, create_engine, literal, select
from sqlalchemy.pool import StaticPool

from app import tables
from app.access.records import ClientRecord
from app.access.rows import may_create, shown, visible
from app.domain.employer.queries import own
from tests.databases import TestDatabase
from tests.walls import records, waiting
from tests.walls.bench import OURS, READER, THEIRS, VIEWER, Bench, Case, bench

TABLES = {table.__tablename__: table for table in tables.client_records()}
CASES = {name: records.of(table) for name, table in TABLES.items()}


@pytest.fixture(scope="module")
def walls(module_database: TestDatabase) -> Iterator[tuple[Bench, Connection]]:
    """The superuser's own connection, in SQLAlchemy's hands too."""
    with bench(module_database) as ready:
        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: ready.db, poolclass=StaticPool
        )
        with engine.connect() as connection:
            ready.db.rollback()  # SQLAlchemy looked around when it connected
            ready.prepare()
            yield ready, connection
        ready.db.rollback()


def binds(case: Case) -> dict[str, Any]:
    worn = {**VIEWER, **case.viewer}
    grantees = [UUID(one) for one in worn["grantees"].strip("{}").split(",") if one]
    return {
        "viewer_grantees": grantees,
        "viewer_hat": next(iter(grantees), None),
        "viewer_inbox": None,
        "viewer_purpose": int(worn["purpose"] or 0),
        "viewer_role": worn["role"],
        "viewer_organisation": worn["organisation"] or None,
    }


def found(db: Connection, table: type[ClientRecord], case: Case) -> set[bool]:
    """What each way of asking answers; all must be the same."""
    if case.act == "adds":
        asked = select(
            may_create(bindparam("client"), bindparam("trajectory"), table.__category__).is_(True)
        )
        values = {"client": case.row["client_id"], "trajectory": case.row["trajectory_id"]}
        return {bool(db.scalar(asked, {**binds(case), **values}))}
    rows = db.execute(shown(table, table.id), binds(case)).all()
    any_row = select(literal(1)).select_from(table).where(visible(table).is_(True))
    there = db.scalar(any_row, binds(case))
    return {bool(rows), bool(there)}


@pytest.mark.parametrize("name", CASES)
def test_a_statement_opens_what_fits_in_every_dimension_and_nothing_else(
    walls: tuple[Bench, Connection], name: str
) -> None:
    ready, db = walls
    wrong = []
    for case in CASES[name]:
        reading = case.act == "sees" and case.login == READER
        adding = case.act == "adds" and "another's name" not in case.what
        if reading or adding:
            with ready.set_up(case):
                if found(db, TABLES[name], case) != {case.answer}:
                    wrong.append(str(case))
    assert wrong == []


@pytest.mark.parametrize("table", [*waiting.kept_tables()], ids=lambda table: table.__tablename__)
def test_a_statement_over_employers_finds_those_of_the_own_organisation_only(
    walls: tuple[Bench, Connection], table: Any
) -> None:
    ready, db = walls
    case = Case("kept", table.__tablename__, "sees", True, waiting.row_of(table), READER)
    for asks, found in ((OURS, 1), (THEIRS, 0), (None, 0)):
        with ready.set_up(case):
            assert len(db.execute(own(table), {"viewer_organisation": asks}).all()) == found
