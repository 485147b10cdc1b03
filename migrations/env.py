"""How Alembic runs the revisions: as the owner, with short waits for locks."""

import importlib
import importlib.util
import os

from alembic import context
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.platform.db import Base
from app.platform.postgres.addresses import for_sync_engine, parse
from app.platform.postgres.roles import OWNER

LOCK_TIMEOUT = "5s"
"""A revision that cannot get its lock gives up, so that requests do not queue behind it."""
STATEMENT_TIMEOUT = "10min"


def run(connection: Connection) -> None:
    """Each revision in a transaction of its own, owned by the owner whoever logged in."""
    if importlib.util.find_spec("app.tables") is not None:
        importlib.import_module("app.tables")  # so that Base knows every table
    for setting, value in (
        ("lock_timeout", LOCK_TIMEOUT),
        ("statement_timeout", STATEMENT_TIMEOUT),
    ):
        connection.execute(
            text("SELECT set_config(:name, :value, false)"), {"name": setting, "value": value}
        )
    connection.execute(text(f"SET ROLE {OWNER}"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_from_command_line() -> None:
    """For `alembic revision` and the like, by a person."""
    address = os.environ.get("TREDE_OWNER_URL")
    if address is None:
        message = "Set TREDE_OWNER_URL to the address of a database, as its owner"
        raise SystemExit(message)
    with create_engine(for_sync_engine(parse(address)), poolclass=NullPool).connect() as connection:
        run(connection)


given = context.config.attributes.get("connection")
if context.is_offline_mode():
    raise SystemExit("Revisions run on a database only: some look at what is there")
if given is None:
    run_from_command_line()
else:
    run(given)
