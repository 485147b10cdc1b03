"""The database roles of Trede: what each may, and making them so once per server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from psycopg import Connection, sql
from psycopg.rows import dict_row

from app.platform.postgres.errors import PostgresError

OWNER: Final = "trede_owner"
API: Final = "trede_api"
READER: Final = "trede_reader"
COMPILER: Final = "trede_compiler"
WORKER: Final = "trede_worker"

_SERVED = {
    "max_parallel_workers_per_gather": "0",  # parallel plans were slower for our short reads
    "jit": "off",
    "TimeZone": "UTC",
}
_REQUEST = _SERVED | {
    "statement_timeout": "10s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "30s",
}
_JOB = _SERVED | {
    "statement_timeout": "5min",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "1min",
}


@dataclass(frozen=True)
class Role:
    """A role that owns no power over the server; `settings` hold for each of its sessions."""

    login: bool
    settings: Mapping[str, str] = field(default_factory=dict)


ROLES: Final[Mapping[str, Role]] = {
    OWNER: Role(login=True, settings={"jit": "off", "TimeZone": "UTC"}),
    API: Role(login=True, settings=_REQUEST),
    READER: Role(login=True, settings=_REQUEST),
    WORKER: Role(login=True, settings=_JOB),
    COMPILER: Role(login=False),
}
LOGINS: Final = tuple(name for name, role in ROLES.items() if role.login)

_POWERS = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
_WITHOUT_POWERS = sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION")


def make_roles(connection: Connection, passwords: Mapping[str, str]) -> set[str]:
    """Make what is missing, set right what differs; gives the names of the new roles."""
    found = _found(connection)
    for name, role in ROLES.items():
        if name not in found:
            _create(connection, name, role, passwords)
        elif any(found[name][power] for power in _POWERS) or (
            found[name]["rolcanlogin"] != role.login
        ):
            _alter(connection, name, sql.SQL("LOGIN") if role.login else sql.SQL("NOLOGIN"))
        _configure(connection, name, role, found.get(name, {}).get("rolconfig") or [])
    _let_api_become_compiler(connection)
    _refuse_other_memberships(connection)
    return ROLES.keys() - found.keys()


def set_password(connection: Connection, name: str, password: str) -> None:
    """Sent as its SCRAM verifier, so that no log of the server can hold the password."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(verifier.decode())))


def _found(connection: Connection) -> dict[str, dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            "SELECT rolname, rolcanlogin, rolconfig, rolsuper, rolbypassrls, rolcreaterole,"
            " rolcreatedb, rolreplication FROM pg_roles WHERE rolname = ANY(%s)",
            [list(ROLES)],
        )
        return {row["rolname"]: row for row in cursor}


def _create(connection: Connection, name: str, role: Role, passwords: Mapping[str, str]) -> None:
    with connection.transaction():
        login = sql.SQL("LOGIN" if role.login else "NOLOGIN")
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), login))
        if role.login:
            set_password(connection, name, passwords[name])


def _alter(connection: Connection, name: str, login: sql.SQL) -> None:
    statement = sql.SQL("ALTER ROLE {} {} {}")
    connection.execute(statement.format(sql.Identifier(name), login, _WITHOUT_POWERS))


def _configure(connection: Connection, name: str, role: Role, present: list[str]) -> None:
    for setting, value in role.settings.items():
        if f"{setting}={value}" not in present:
            statement = sql.SQL("ALTER ROLE {} SET {} = {}")
            connection.execute(
                statement.format(sql.Identifier(name), sql.Identifier(setting), sql.Literal(value))
            )


def _let_api_become_compiler(connection: Connection) -> None:
    """Only by SET ROLE, for the one statement that writes grants; never by itself."""
    right = connection.execute(
        "SELECT 1 FROM pg_auth_members WHERE member = %s::regrole AND roleid = %s::regrole"
        " AND set_option AND NOT inherit_option AND NOT admin_option",
        [API, COMPILER],
    ).fetchone()
    if right is None:
        connection.execute(
            sql.SQL("GRANT {} TO {} WITH ADMIN FALSE, INHERIT FALSE, SET TRUE").format(
                sql.Identifier(COMPILER), sql.Identifier(API)
            )
        )


def _refuse_other_memberships(connection: Connection) -> None:
    """A membership can bring any power that the role itself does not have."""
    rows = connection.execute(
        "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
        " WHERE member = ANY(%s::text[]::regrole[])"
        " AND (member, roleid) <> (%s::regrole, %s::regrole)",
        [list(ROLES), API, COMPILER],
    ).fetchall()
    if rows:
        listed = ", ".join(f"{member} in {group}" for member, group in rows)
        raise PostgresError(f"Revoke these memberships first: {listed}")
