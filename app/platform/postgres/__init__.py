"""The embedded PostgreSQL 18 and the preparation of any PostgreSQL (16 or newer) for Trede."""

from app.platform.postgres.errors import PostgresError
from app.platform.postgres.prepare import Database, prepare
from app.platform.postgres.roles import API, COMPILER, LOGINS, OWNER, READER, WORKER
from app.platform.postgres.server import Server, remove, start

__all__ = [
    "API",
    "COMPILER",
    "LOGINS",
    "OWNER",
    "READER",
    "WORKER",
    "Database",
    "PostgresError",
    "Server",
    "prepare",
    "remove",
    "start",
]
