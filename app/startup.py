"""From settings to a prepared, migrated database: embedded unless an address is given."""

from dataclasses import dataclass

from app.main import Logins
from app.platform import migrate
from app.platform.postgres import API, OWNER, READER, WORKER, Database, Server, prepare, start
from app.platform.settings import Settings


@dataclass(frozen=True)
class Ready:
    """A database that serves: its logins, and the embedded server if it is ours."""

    database: Database
    server: Server | None

    @property
    def logins(self) -> Logins:
        dsn = self.database.dsn
        return Logins(reader=dsn(READER), writer=dsn(API), worker=dsn(WORKER))

    @property
    def owner(self) -> str:
        return self.database.dsn(OWNER)

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()


def make_ready(settings: Settings) -> Ready:
    """Start or reach the database, make roles, run the missing migrations. Safe to repeat."""
    server = None
    if settings.database_url is None:
        server = start(settings.var / "postgres")
        database = prepare(server, settings.database_name)
    else:
        address = settings.database_url.get_secret_value()
        database = prepare(address, settings.database_name, folder=settings.var / "postgres")
    ready = Ready(database, server)
    migrate.upgrade(ready.owner)
    return ready
