"""The roles of Trede hold no power over the server, and PUBLIC may make nothing."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.platform import migrate
from app.platform.postgres import (
    API,
    COMPILER,
    LOGINS,
    OWNER,
    READER,
    WORKER,
    PostgresError,
    Server,
    prepare,
    remove,
    start,
)
from tests.databases import TestDatabase

REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="module")
def own_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Roles are of the whole cluster: tests that change them may not disturb other tests."""
    folder = tmp_path_factory.mktemp("own") / "postgres"
    server = start(folder, durable=False)
    yield server
    server.stop()
    assert remove(folder)


@pytest.fixture
def spare_name() -> str:
    """The name of a database that is not there yet."""
    return f"spare_{secrets.token_hex(4)}"


@pytest.mark.parametrize("role", [API, READER, WORKER])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (n int)",
        "CREATE TEMP TABLE own (n int)",
        "CREATE SCHEMA own",
        "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE friend",
        "CREATE DATABASE own",
        "SET ROLE trede_owner",
        "SET SESSION AUTHORIZATION trede_owner",
        "ALTER ROLE trede_api BYPASSRLS",
        "ALTER DATABASE postgres SET work_mem = '1GB'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_a_serving_role_is_refused(
    module_database: TestDatabase, role: str, statement: str
) -> None:
    with module_database.connect(role) as connection, pytest.raises(REFUSED):
        connection.execute(statement.encode())


def test_no_role_has_power_over_the_server(module_database: TestDatabase) -> None:
    with module_database.connect(READER) as connection:
        powers = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
            " OR rolreplication, rolcanlogin FROM pg_roles WHERE rolname LIKE 'trede_%'"
        ).fetchall()
    assert sorted(powers) == sorted(
        [(name, False, True) for name in LOGINS] + [(COMPILER, False, False)]
    )


def test_the_owner_owns_the_database_and_its_schema(module_database: TestDatabase) -> None:
    with module_database.connect(OWNER) as connection:
        owners = connection.execute(
            "SELECT datdba::regrole::text, nspowner::regrole::text FROM pg_database, pg_namespace"
            " WHERE datname = current_database() AND nspname = 'public'"
        ).fetchone()
        connection.execute("CREATE TABLE made_by_owner (n int)")
    assert owners == (OWNER, OWNER)


def test_row_security_holds_for_the_api_and_cannot_be_switched_off(
    database: TestDatabase,
) -> None:
    with database.connect(OWNER) as owner:
        owner.execute("CREATE TABLE hidden (n int)")
        owner.execute("INSERT INTO hidden VALUES (1)")
        owner.execute("GRANT SELECT ON hidden TO trede_api")
        owner.execute("ALTER TABLE hidden ENABLE ROW LEVEL SECURITY")
    with database.connect(API) as api:
        assert api.execute("SELECT n FROM hidden").fetchall() == []
        api.execute("SET row_security = off")
        with pytest.raises(REFUSED):
            api.execute("SELECT n FROM hidden")
        with pytest.raises(REFUSED):
            api.execute("ALTER TABLE hidden DISABLE ROW LEVEL SECURITY")


def test_only_the_api_can_become_compiler_and_only_by_saying_so(database: TestDatabase) -> None:
    with database.connect(OWNER) as owner:
        owner.execute("CREATE TABLE compiled (n int)")
        owner.execute("GRANT INSERT ON compiled TO trede_compiler")
    with database.connect(API) as api:
        with pytest.raises(REFUSED):
            api.execute("INSERT INTO compiled VALUES (1)")
        api.execute("SET ROLE trede_compiler")
        api.execute("INSERT INTO compiled VALUES (1)")
    for role in (READER, WORKER):
        with database.connect(role) as other, pytest.raises(REFUSED):
            other.execute("SET ROLE trede_compiler")


@pytest.mark.parametrize("role", [API, READER, WORKER])
def test_no_session_of_a_serving_role_waits_for_ever(
    module_database: TestDatabase, role: str
) -> None:
    with module_database.connect(role) as connection:
        shown = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in (
                "statement_timeout",
                "lock_timeout",
                "idle_in_transaction_session_timeout",
            )
        }
        serial = connection.execute(
            "SELECT current_setting('max_parallel_workers_per_gather'), current_setting('jit')"
        ).fetchone()
    assert ("0",) not in shown.values()
    assert serial == ("0", "off")


async def test_every_login_works_through_the_socket_with_asyncpg(
    module_database: TestDatabase,
) -> None:
    for role in LOGINS:
        engine = create_async_engine(module_database.dsn(role))
        async with engine.connect() as connection:
            assert (await connection.execute(text("SELECT current_user"))).scalar_one() == role
        await engine.dispose()


def test_preparing_at_once_and_again_is_harmless(own_cluster: Server, spare_name: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        prepared = list(pool.map(lambda _: prepare(own_cluster, spare_name), range(4)))
    assert {database.dsn(API) for database in prepared} == {own_cluster.dsn(API, spare_name)}
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: migrate.upgrade(prepared[0].dsn(OWNER)), range(3)))


def test_an_address_of_an_external_server_is_prepared_the_same_way(
    own_cluster: Server, spare_name: str
) -> None:
    database = prepare(
        own_cluster.superuser_dsn("postgres"), spare_name, passwords=own_cluster.passwords
    )
    with psycopg.connect(database.dsn(API).replace("+asyncpg", "")) as connection:
        assert connection.info.dbname == spare_name
        with pytest.raises(REFUSED):
            connection.execute("CREATE TEMP TABLE own (n int)")


def test_passwords_for_an_external_server_are_made_once_and_kept_private(
    own_cluster: Server, spare_name: str, tmp_path: Path
) -> None:
    address = own_cluster.superuser_dsn("postgres")
    with pytest.raises(PostgresError, match="No password given"):
        prepare(address, spare_name)
    given = {role: own_cluster.passwords[role] for role in LOGINS}
    (tmp_path / "external-passwords.json").write_text(str(given).replace("'", '"'))
    first = prepare(address, spare_name, folder=tmp_path)
    assert first == prepare(address, spare_name, folder=tmp_path)
    fresh = prepare(address, spare_name, passwords=given, folder=tmp_path / "fresh")
    assert not (tmp_path / "fresh" / "external-passwords.json").exists()
    assert fresh.passwords == first.passwords


def test_no_password_shows_in_a_printed_database(own_cluster: Server, spare_name: str) -> None:
    database = prepare(own_cluster, spare_name)
    assert not any(word in repr(database) for word in own_cluster.passwords.values())


def test_a_membership_that_brings_power_is_refused(own_cluster: Server, spare_name: str) -> None:
    with psycopg.connect(own_cluster.superuser_dsn("postgres"), autocommit=True) as connection:
        connection.execute("GRANT pg_read_all_data TO trede_reader")
        try:
            with pytest.raises(PostgresError, match="trede_reader in pg_read_all_data"):
                prepare(own_cluster, spare_name)
        finally:
            connection.execute("REVOKE pg_read_all_data FROM trede_reader")


def test_a_password_or_power_that_was_changed_is_set_right(
    own_cluster: Server, spare_name: str
) -> None:
    with psycopg.connect(own_cluster.superuser_dsn("postgres"), autocommit=True) as connection:
        connection.execute("ALTER ROLE trede_worker PASSWORD 'forgotten' BYPASSRLS NOLOGIN")
        database = prepare(own_cluster, spare_name)
        row = connection.execute(
            "SELECT rolbypassrls FROM pg_roles WHERE rolname = 'trede_worker'"
        ).fetchone()
    assert row == (False,)
    psycopg.connect(database.dsn(WORKER).replace("+asyncpg", "")).close()
