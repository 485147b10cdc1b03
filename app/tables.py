"""Every table in one place: for migrations, and for checks that none is forgotten."""

import importlib
import pkgutil

from app import access, domain
from app.access.records import ClientRecord

SYSTEM_RIGHTS = {
    "idempotency_key": "SELECT, INSERT, UPDATE (created_id, status)",
    "spent_assertion": "SELECT, INSERT, DELETE",
    "outbox_event": "INSERT",
}
"""Tables without client data or with opaque ids only, and what the app logins may do there."""


def load() -> None:
    """Import every module that declares tables."""
    for name in ("facts", "grants", "log", "parties", "refusals"):
        importlib.import_module(f"{access.__name__}.{name}")
    for module in ("app.platform.http.idempotency", "app.platform.security.replay", "app.platform.outbox"):
        importlib.import_module(module)
    for noun in pkgutil.iter_modules(domain.__path__):
        if pkgutil.resolve_name(f"{domain.__name__}.{noun.name}").__path__:
            names = {m.name for m in pkgutil.iter_modules([f"{domain.__path__[0]}/{noun.name}"])}
            if "tables" in names:
                importlib.import_module(f"{domain.__name__}.{noun.name}.tables")


def client_records() -> list[type[ClientRecord]]:
    """Every mapped class that holds client data, in the order of their names."""
    load()
    found: dict[str, type[ClientRecord]] = {}
    waiting = list(ClientRecord.__subclasses__())
    while waiting:
        table = waiting.pop()
        waiting += table.__subclasses__()
        if hasattr(table, "__table__"):
            found[table.__tablename__] = table
    return [found[name] for name in sorted(found)]


def system_rights() -> dict[str, str]:
    return dict(SYSTEM_RIGHTS)
