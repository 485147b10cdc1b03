"""The site on an address of its own, for a browser: real sockets, real login, the same database."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import uvicorn

from app.main import create_app
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.demo_login import Persona
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.settings import Settings
from app.wiring import Logins
from tests.databases import TestDatabase

PATIENCE = 60.0


@dataclass(frozen=True)
class Site:
    """Where it is served, and the database under it."""

    address: str
    database: TestDatabase

    def tell(self, statement: str) -> None:
        """A change past every wall, such as time that went by."""
        with self.database.connect_as_superuser() as db:
            db.execute(statement.encode())


@contextmanager
def serving(database: TestDatabase, folder: Path, people: Mapping[str, str]) -> Iterator[Site]:
    """`people` are the subjects by the name under which the demo's provider plays them."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        settings = Settings(
            var=folder,
            port=listening.getsockname()[1],
            requests_per_second=100_000,
            burst=100_000,
            attribution_seconds=3600,
        )
        server = uvicorn.Server(_config(settings, database, people))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        _wait(server)
        try:
            yield Site(settings.url, database)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def _config(
    settings: Settings, database: TestDatabase, people: Mapping[str, str]
) -> uvicorn.Config:
    key = SigningKey.load_or_create(settings.var / "demo.pem")
    issuer = Issuer(f"{settings.url}/demo-issuer", key)
    personas = {name: Persona(subject, name=name) for name, subject in people.items()}
    with database.connect_as_superuser() as db:
        _known_here(db, issuer.url)
    logins = Logins(database.reader, database.api, database.worker)
    app = create_app(settings, logins, DemoIssuer(issuer, settings.audience, personas))
    return uvicorn.Config(app, log_level="critical", access_log=False, server_header=False)


def _known_here(db: psycopg.Connection, issuer: str) -> None:
    """Logins were made for another address of the same provider."""
    db.execute("UPDATE account SET issuer = %s", [issuer])


def _wait(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        assert time.monotonic() < deadline, "the site did not start"
        time.sleep(0.05)
