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
from sqlalchemy import event, make_url

from app.facades.contract import contract_of
from app.main import create_app
from app.platform.db import Engines
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.demo_login import Persona
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.security.secrets import Secrets
from app.platform.settings import Settings
from app.wiring import Logins, own_issuer, services_of
from tests.databases import TestDatabase


@dataclass
class Lent:
    """An application with the engines it was put together with, and whose turn it is.

    `state` is what the application kept when it was built.
    """

    app: FastAPI
    state: dict[str, Any]
    engines: Engines
    issuer: Issuer
    demo: DemoIssuer
    settings: Settings
    database: TestDatabase


PERSONAS: dict[str, Persona] = {}
"""Whom the demo issuer of each application can play; a test puts in whom it needs."""
_IDLE: list[Lent] = []
_KEYS: dict[str, bytes] = {}
"""The private files of the first application, put into the folder of every stage after it."""


def application(database: TestDatabase, folder: Path) -> tuple[FastAPI, Settings, Issuer]:
    """The application on this database, with a demo issuer; its keys are put into this folder."""
    _unlock(folder)
    settings = _settings(folder)
    issuer = Issuer(f"{settings.url}/demo-issuer", SigningKey.load_or_create(folder / "demo.pem"))
    own_issuer(settings)
    demo = DemoIssuer(issuer, settings.audience, PERSONAS)
    app = create_app(settings, _logins(database), demo)
    if not _KEYS:
        private = [folder / "demo.pem", *(folder / "secrets").glob("*.pem")]
        for path in (*private, folder / "secrets" / "root"):
            _KEYS[str(path.relative_to(folder))] = path.read_bytes()
    return app, settings, issuer


@asynccontextmanager
async def lent(database: TestDatabase, folder: Path) -> AsyncIterator[Lent]:
    """An application on this database with its keys in this folder; nobody else has it now.

    Its services are new, as they remember callers; what a test put in the place of anything else
    that the application keeps goes with its stage.
    """
    _unlock(folder)
    one = _IDLE.pop() if _IDLE else _built(database, folder)
    one.database = database
    one.settings = _settings(folder)
    secrets = Secrets.load_or_create(folder / "secrets" / "root")
    services = services_of(one.settings, _logins(database), secrets, one.demo)
    one.app.state.services = replace(services, engines=one.engines)
    try:
        yield one
    finally:
        await one.engines.dispose()
        for name, value in one.state.items():
            setattr(one.app.state, name, value)
        _IDLE.append(one)


def _settings(folder: Path) -> Settings:
    return Settings(
        var=folder,
        requests_per_second=100_000,
        burst=100_000,
        batches_per_minute=1e9,
        attribution_seconds=3600,
    )


def _logins(database: TestDatabase) -> Logins:
    return Logins(database.reader, database.api, database.worker)


def _built(database: TestDatabase, folder: Path) -> Lent:
    app, settings, issuer = application(database, folder)
    engines: Engines = app.state.services.engines
    demo = DemoIssuer(issuer, settings.audience, PERSONAS)
    app.middleware_stack = app.build_middleware_stack()
    contract_of(app)
    state = dict(app.state._state)
    one = Lent(app, state, engines, issuer, demo, settings, database)
    event.listen(engines.reader.sync_engine, "do_connect", partial(_lead, one, "reader"))
    event.listen(engines.writer.sync_engine, "do_connect", partial(_lead, one, "api"))
    return one


def _lead(one: Lent, login: str, dialect: Any, _: Any, __: Any, parameters: dict[str, Any]) -> None:
    """To the database whose turn it is."""
    address = make_url(getattr(one.database, login))
    parameters.update(dialect.create_connect_args(address)[1])


def _unlock(folder: Path) -> None:
    """Making a key is slow, and no test is about its being another."""
    for name, content in _KEYS.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                new.write(content)
