"""Making a database ready for Trede: its roles, its owner, and nothing for PUBLIC."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from sqlalchemy import URL

from app.platform.postgres.addresses import for_asyncpg, for_libpq, parse, with_login
from app.platform.postgres.binaries import check_server_version
from app.platform.postgres.errors import PostgresError
from app.platform.postgres.passwords import read_or_generate
from app.platform.postgres.roles import LOGINS, OWNER, make_roles, set_password
from app.platform.postgres.server import Server

_ONE_PREPARES = 0x7472656465  # key of the advisory lock
_BUILTIN_LOCALES = 170000  # server version that brought them


@dataclass(frozen=True)
class Database:
    """A prepared database and the logins on it."""

    address: URL = field(repr=False)
    passwords: Mapping[str, str] = field(repr=False)

    def dsn(self, role: str) -> str:
        """For SQLAlchemy with asyncpg."""
        return for_asyncpg(with_login(self.address, role, self.passwords[role]))


def prepare(
    server: Server | str,
    dbname: str,
    *,
    passwords: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Database:
    """Make roles and database where they are missing; safe to repeat and to call at once.

    For an external server give its address with a login that may make roles and databases (or
    have an administrator make them: then any login will do), and the passwords by role or a
    folder to keep generated ones in. Several machines on one server need given passwords.
    Raises PostgresError when a role has, and keeps, more power than it may have.
    """
    if isinstance(server, Server):
        address, known = parse(server.superuser_dsn("postgres")), dict(server.passwords)
    else:
        address, known = parse(server), _external_passwords(passwords, folder)
    with _alone(address) as connection:
        new = make_roles(connection, known)
        _make_database(connection, dbname)
        database = Database(address.set(database=dbname), known)
        for role in LOGINS:
            if role not in new and not _may_enter(database, role):
                set_password(connection, role, known[role])
        with _connected(database.address) as inside:
            _close_for_public(inside, dbname)
    return database


def _external_passwords(given: Mapping[str, str] | None, folder: Path | None) -> dict[str, str]:
    known = dict(given or {})
    missing = [role for role in LOGINS if role not in known]
    if missing:
        if folder is None:
            raise PostgresError(f"No password given for {', '.join(missing)}")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known |= read_or_generate(folder / "external-passwords.json", missing)
    return known


def _connected(address: URL) -> Connection:
    try:
        return psycopg.connect(for_libpq(address), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise PostgresError(f"The database cannot be reached: {error}") from error


@contextmanager
def _alone(address: URL) -> Iterator[Connection]:
    """A connection while no other process prepares; the lock ends with the connection."""
    with _connected(address) as connection:
        check_server_version(connection.info.server_version)
        connection.execute("SELECT pg_advisory_lock(%s)", [_ONE_PREPARES])
        yield connection


def _may_enter(database: Database, role: str) -> bool:
    url = with_login(database.address, role, database.passwords[role])
    try:
        psycopg.connect(for_libpq(url), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(connection: Connection, dbname: str) -> None:
    found = connection.execute(
        "SELECT datdba::regrole::text, pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = %s",
        [dbname],
    ).fetchone()
    if found is None or found[0] != OWNER:
        _let_us_act_as_owner(connection)
    name, owner = sql.Identifier(dbname), sql.Identifier(OWNER)
    if found is None:
        builtin = connection.info.server_version >= _BUILTIN_LOCALES
        statement = sql.SQL(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        ).format(name, owner)
        if builtin:
            statement += sql.SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")
        connection.execute(statement)
    elif found[1] != "UTF8":
        raise PostgresError(f"Database {dbname} has encoding {found[1]}: UTF8 is needed")
    elif found[0] != OWNER:
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))


def _let_us_act_as_owner(connection: Connection) -> None:
    """Who is not a superuser must be a member of the role to which it gives a database."""
    member = connection.execute(
        "SELECT pg_has_role(current_user, %s, 'SET') AND pg_has_role(current_user, %s, 'USAGE')",
        [OWNER, OWNER],
    ).fetchone()
    if member is None or not member[0]:
        connection.execute(
            sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE").format(
                sql.Identifier(OWNER)
            )
        )


def _close_for_public(inside: Connection, dbname: str) -> None:
    """Nobody but the owner makes tables, schemas or temporary tables. Repeating is harmless."""
    found = inside.execute(
        "SELECT has_database_privilege('public', current_database(), 'CREATE, TEMPORARY'),"
        " has_schema_privilege('public', 'public', 'CREATE'),"
        " (SELECT nspowner = %s::regrole FROM pg_namespace WHERE nspname = 'public')",
        [OWNER],
    ).fetchone()
    makes, fills, owned = found or (True, True, False)
    if makes:
        inside.execute(close_database(dbname))
    if not owned:
        inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    if fills:
        inside.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def close_database(dbname: str) -> sql.Composed:
    """Also needed for a copy: CREATE DATABASE ... TEMPLATE does not copy these rights."""
    return sql.SQL("REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC").format(
        sql.Identifier(dbname)
    )
