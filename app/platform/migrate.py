"""Bringing the database to the newest revision, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.platform.postgres.addresses import for_sync_engine, parse

_ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = _ROOT / "migrations"
_ONE_MIGRATES = 0x74726D67  # key of the advisory lock


def configuration() -> Config:
    """Alembic's settings; the address of the database is never among them."""
    config = Config(_ROOT / "alembic.ini")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(owner_url: str) -> None:
    """Run every revision that is missing; a process that starts at the same time waits.

    Each revision is a transaction of its own: a kill halfway leaves whole revisions behind.
    """
    engine = create_engine(for_sync_engine(parse(owner_url)), poolclass=NullPool)
    with engine.connect() as connection:
        # waiting for another process that migrates is no reason to give up
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ONE_MIGRATES})
        connection.commit()
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
