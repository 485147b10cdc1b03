"""Every table in one place: for migrations, and for checks that none is forgotten."""

import importlib
import pkgutil

from app import access, domain
from app.access.records import ClientRecord, loaded_records

SYSTEM_RIGHTS = {
    "idempotency_key": {
        "trede_api": "SELECT, INSERT, UPDATE (created_id, status)",
        "trede_worker": "SELECT (created_at), DELETE",
    },
    "spent_assertion": {
        "trede_api": "SELECT, INSERT",
        "trede_worker": "SELECT (expires_at), DELETE",
    },
    "outbox_event": {"trede_api": "INSERT", "trede_worker": "SELECT, DELETE"},
    "event_subscription": {
        "trede_reader, trede_api": "SELECT",
        "trede_api": "INSERT, UPDATE (all but whose it is)",
        "trede_worker": "SELECT (all but secrets), UPDATE (state and pace)",
    },
    "log_node": {"trede_reader, trede_api": "SELECT", "trede_worker": "SELECT, INSERT"},
    "log_export": {"trede_worker": "SELECT, INSERT, UPDATE (next_leaf)"},
    "log_checkpoint": {"trede_reader, trede_api": "SELECT", "trede_worker": "SELECT, INSERT"},
    "compilation_due": {
        "trede_api": "SELECT, DELETE, UPDATE (since)",
        "trede_compiler": "SELECT (client_id), INSERT",
    },
    "reminder_due": {
        "trede_api": "SELECT, INSERT, DELETE, UPDATE (since)",
        "trede_worker": "INSERT",
    },
    "caseload_look": {
        "trede_reader, trede_api": "SELECT",
        "trede_api": "INSERT, UPDATE (looked_at)",
    },
    "browser_session": {
        "trede_reader": "SELECT",
        "trede_api": "SELECT, INSERT, DELETE, UPDATE (id, hat, purpose, seen_at)",
        "trede_worker": "SELECT (began_at), DELETE",
    },
    "turn": {"trede_api": "SELECT, INSERT, DELETE, UPDATE (holder, until)"},
    "draft": {
        "trede_reader": "SELECT",
        "trede_api": "SELECT, INSERT, DELETE, UPDATE (content, saved_at)",
        "trede_worker": "SELECT (saved_at), DELETE",
    },
}
"""Tables with opaque ids, hashes or what is sealed as a whole, and what each login may do there."""

DIRECTORY = frozenset(
    {
        "organisation",
        "practitioner",
        "account",
        "inbox",
        "membership",
        "supervision",
        "substitution",
        "machine",
        "team",
        "team_member",
        "team_meeting",
        "working_time",
    }
)
"""Who works where, without a word about clients."""

OPEN = DIRECTORY | SYSTEM_RIGHTS.keys() | {"clock_offset", "alembic_version"}
"""The only tables without row security; a start on a database with another one is refused."""


def load() -> None:
    """Import every module that declares tables."""
    for name in (
        "caseload",
        "deliveries",
        "due",
        "envelope.keys",
        "tombstones",
        "facts",
        "grants",
        "log",
        "parties",
        "processing.exporting",
        "refusals",
        "safeguards",
        "sealed.tables",
        "sources",
        "switching",
    ):
        importlib.import_module(f"{access.__name__}.{name}")
    for module in (
        "app.platform.http.idempotency",
        "app.platform.security.browser_sessions",
        "app.platform.security.drafts",
        "app.platform.security.replay",
        "app.platform.outbox",
        "app.platform.turns",
    ):
        importlib.import_module(module)
    for noun in pkgutil.iter_modules(domain.__path__):
        if pkgutil.resolve_name(f"{domain.__name__}.{noun.name}").__path__:
            names = {m.name for m in pkgutil.iter_modules([f"{domain.__path__[0]}/{noun.name}"])}
            if "tables" in names:
                importlib.import_module(f"{domain.__name__}.{noun.name}.tables")


def client_records() -> list[type[ClientRecord]]:
    """Every mapped class that holds client data, in the order of their names."""
    load()
    return loaded_records()
