"""Applications for stages: built once per process, then lent from database to database.

Building one (routes, response models, keys) costs more than most tests that need it.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from app.access.session import Services
from app.main import Logins, create_app, own_issuer
from app.platform.http.limits import Limiter
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.settings import Settings
from tests.databases import TestDatabase

_BURST = 100_000


@dataclass
class Lent:
    """An application with the services it was put together with, and whose turn it is."""

    app: FastAPI
    services: Services
    issuer: Issuer
    settings: Settings
    database: str


_IDLE: list[Lent] = []
_KEYS: dict[str, bytes] = {}
"""The private files of the first application, put into the folder of every stage after it."""


@asynccontextmanager
async def lent(database: TestDatabase, folder: Path) -> AsyncIterator[Lent]:
    """An application on this database with its keys in this folder; nobody else has it now."""
    _unlock(folder)
    one = _IDLE.pop() if _IDLE else _built(database, folder)
    one.database = database.name
    # What remembers callers begins anew, and so does what a test put in the place of a service.
    one.app.state.services = replace(one.services, limiter=Limiter(_BURST, _BURST))
    try:
        yield one
    finally:
        await one.services.engines.dispose()
        _IDLE.append(one)


def _unlock(folder: Path) -> None:
    for name, content in _KEYS.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                new.write(content)


def _built(database: TestDatabase, folder: Path) -> Lent:
    settings = Settings(
        var=folder, requests_per_second=_BURST, burst=_BURST, attribution_seconds=3600
    )
    issuer = Issuer(f"{settings.url}/demo-issuer", SigningKey.load_or_create(folder / "demo.pem"))
    own_issuer(settings)
    demo = DemoIssuer(issuer, settings.audience, {})
    app = create_app(settings, Logins(database.reader, database.api, database.worker), demo)
    services: Services = app.state.services
    one = Lent(app, services, issuer, settings, database.name)
    for engine in (services.engines.reader, services.engines.writer):
        event.listen(engine.sync_engine, "do_connect", partial(_lead, one))
    secrets = sorted(path for path in (folder / "secrets").iterdir() if path.is_file())
    for path in (folder / "demo.pem", *secrets):
        _KEYS.setdefault(str(path.relative_to(folder)), path.read_bytes())
    return one


def _lead(one: Lent, *about: Any) -> None:
    """To the database whose turn it is: the last of what SQLAlchemy tells are the parameters."""
    about[-1]["database"] = one.database
