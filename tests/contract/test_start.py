"""The application does not start on a database, or with a route, that goes around the walls."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from app import main, tables
from app.__main__ import main as command
from app.access.acts import NoCategoryError, creates, moves, reads, searches
from app.access.vocabulary import Category
from app.main import UndeclaredRouteError, create_app
from app.platform.http.routing import Router
from app.platform.postgres import API, COMPILER, LOGINS, OWNER, READER, WORKER
from app.platform.postgres.inspection import OpenDoorError, open_doors, refuse_open_doors
from app.platform.settings import Settings
from app.startup import make_ready
from app.wiring import Logins
from tests.databases import TestDatabase

NOWHERE = "postgresql+asyncpg://nobody@localhost/none"
SERVING = (API, READER, WORKER, COMPILER)


def found(database: TestDatabase) -> list[str]:
    with database.connect_as_superuser() as db:
        return open_doors(db, tables.OPEN)


def test_the_database_as_it_is_migrated_is_served(module_database: TestDatabase) -> None:
    assert found(module_database) == []
    refuse_open_doors(module_database.owner, tables.OPEN)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TABLE note (client_id uuid)", "table note has no forced row security"),
        (
            "ALTER TABLE consent NO FORCE ROW LEVEL SECURITY",
            "table consent has no forced row security",
        ),
        (
            "ALTER TABLE access_log_entry DISABLE ROW LEVEL SECURITY",
            "table access_log_entry has no forced row security",
        ),
        (
            "CREATE TABLE part (id int) PARTITION BY LIST (id)",
            "table part has no forced row security",
        ),
        (
            "CREATE VIEW everyone AS SELECT id FROM client",
            "view everyone has no security_invoker",
        ),
        (
            "CREATE VIEW everyone WITH (security_invoker = false) AS SELECT id FROM client",
            "view everyone has no security_invoker",
        ),
        (
            "CREATE MATERIALIZED VIEW everyone AS SELECT id FROM client",
            "materialized view everyone cannot have row security",
        ),
        (
            "CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "function peek() is SECURITY DEFINER",
        ),
        ("GRANT TRUNCATE ON consent TO trede_api", "role trede_api may TRUNCATE table consent"),
        (
            "GRANT REFERENCES ON client TO PUBLIC",
            "role trede_reader may REFERENCES table client",
        ),
        (
            """CREATE SCHEMA side CREATE TABLE client (id int);
               GRANT USAGE ON SCHEMA side TO trede_worker""",
            "table side.client has no forced row security",
        ),
    ],
)
def test_a_way_around_row_security_is_named(
    database: TestDatabase, statement: str, sentence: str
) -> None:
    with database.connect_as_superuser() as db:
        db.execute(statement.encode())
    assert sentence in found(database)
    with pytest.raises(OpenDoorError, match="not served") as refused:
        refuse_open_doors(database.owner, tables.OPEN)
    assert sentence in str(refused.value)


def test_a_view_in_the_name_of_who_asks_is_no_way_around(database: TestDatabase) -> None:
    with database.connect_as_superuser() as db:
        db.execute("CREATE VIEW mine WITH (security_invoker) AS SELECT id FROM client")
        db.execute("CREATE SCHEMA unreached")
        db.execute("CREATE TABLE unreached.notes (id int)")
    assert found(database) == []


@pytest.mark.parametrize("role", SERVING)
def test_a_role_that_owns_or_makes_something_here_is_named(
    database: TestDatabase, role: str
) -> None:
    name = sql.Identifier(role)
    with database.connect_as_superuser() as db:
        db.execute(sql.SQL("ALTER TABLE clock_offset OWNER TO {}").format(name))
        db.execute(sql.SQL("ALTER FUNCTION moment() OWNER TO {}").format(name))
        grant = sql.SQL("GRANT CREATE, TEMP ON DATABASE {} TO {}")
        db.execute(grant.format(sql.Identifier(database.name), name))
        db.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(name))
    assert {
        f"role {role} owns table clock_offset",
        f"role {role} owns function moment()",
        f"role {role} may CREATE in the database",
        f"role {role} may TEMP in the database",
        f"role {role} may CREATE in schema public",
    } <= set(found(database))


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB"])
@pytest.mark.parametrize("role", SERVING)
def test_a_role_with_power_is_named(module_database: TestDatabase, role: str, power: str) -> None:
    """Rolled back: the roles are those of every database of the server."""
    with undone(module_database) as db:
        db.execute(f"ALTER ROLE {role} {power}".encode())
        assert f"role {role} is {power}" in open_doors(db, tables.OPEN)


@pytest.mark.parametrize("role", SERVING)
def test_a_role_that_may_act_as_another_is_named(module_database: TestDatabase, role: str) -> None:
    """Whoever may act as the owner owns everything; all readable is one more power."""
    with undone(module_database) as db:
        db.execute(f"GRANT {OWNER}, pg_read_all_data TO {role}".encode())
        told = open_doors(db, tables.OPEN)
    assert {f"role {role} may act as {OWNER}", f"role {role} may act as pg_read_all_data"} <= set(
        told
    )


def test_the_api_becomes_the_compiler_only_where_it_says_so(module_database: TestDatabase) -> None:
    with undone(module_database) as db:
        db.execute(f"GRANT {COMPILER} TO {API} WITH INHERIT TRUE".encode())
        db.execute(f"GRANT {COMPILER} TO {READER}".encode())
        told = set(open_doors(db, tables.OPEN))
    assert f"role {API} has the rights of {COMPILER} unasked" in told
    assert f"role {READER} may act as {COMPILER}" in told
    assert f"role {API} may act as {COMPILER}" not in told


@contextmanager
def undone(database: TestDatabase) -> Iterator[psycopg.Connection]:
    with database.connect_as_superuser() as db:
        db.autocommit = False
        yield db
        db.rollback()


@pytest.fixture
def external(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> TestDatabase:
    """The application is set to this database as one on a server that somebody else runs."""
    folder = tmp_path / "postgres"
    folder.mkdir()
    known = {role: database.server.passwords[role] for role in LOGINS}
    (folder / "external-passwords.json").write_text(json.dumps(known))
    monkeypatch.setenv("TREDE_DATABASE_URL", database.server.superuser_dsn("postgres"))
    monkeypatch.setenv("TREDE_DATABASE_NAME", database.name)
    monkeypatch.setenv("TREDE_VAR", str(tmp_path))
    monkeypatch.setenv("TREDE_PORT", "0")
    return database


def test_every_command_looks_at_the_database_it_finds(
    external: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    make_ready(Settings()).stop()
    with external.connect_as_superuser() as db:
        db.execute("CREATE VIEW everyone AS SELECT id FROM client")
    with pytest.raises(OpenDoorError):
        make_ready(Settings())
    for name in ("serve", "migrate", "compile"):
        assert command([name]) == 1
        told = capsys.readouterr().err
        assert "view everyone has no security_invoker" in told
        assert "Traceback" not in told


def app_with(router: Router, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(main, "routers", lambda: iter([router]))
    create_app(Settings(var=folder), Logins(NOWHERE, NOWHERE, NOWHERE))


def test_a_route_that_does_not_say_what_it_does_with_which_data_is_not_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def peek() -> None: ...

    silent, careless, sound = Router(), Router(), Router()
    silent.get("/peek")(peek)
    careless.post("/peek", act=reads(Category.EXISTENCE))(peek)
    sound.get("/peek", act=reads(Category.EXISTENCE))(peek)
    app_with(sound, monkeypatch, tmp_path)
    with pytest.raises(UndeclaredRouteError, match="GET /v1/peek"):
        app_with(silent, monkeypatch, tmp_path)
    with pytest.raises(UndeclaredRouteError, match=r"POST /v1/peek \(no replay\)"):
        app_with(careless, monkeypatch, tmp_path)


@pytest.mark.parametrize("act", [reads, creates, moves, searches])
def test_an_act_on_client_data_without_a_category_does_not_exist(act: Any) -> None:
    with pytest.raises(NoCategoryError):
        act()
