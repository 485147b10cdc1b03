"""One embedded server per folder, shared by every process that starts it."""

import atexit
import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg

from app.platform.postgres import passwords, postmaster
from app.platform.postgres.addresses import for_asyncpg, for_libpq, socket_url
from app.platform.postgres.binaries import check_server_version
from app.platform.postgres.cluster import SUPERUSER, make_when_missing
from app.platform.postgres.errors import PostgresError
from app.platform.postgres.locks import join, only_one, try_alone
from app.platform.postgres.places import Place, place_of, remove_place
from app.platform.postgres.roles import LOGINS

# Three locks in the home of a cluster:
#   start    one process at a time starts or stops
#   running  held by the server and its children themselves, so free means: nothing runs
#   users    joined by every process that uses the server; the last that leaves stops it

_servers: dict[Path, "Server"] = {}
_turn = threading.RLock()


class Server:
    """A running embedded server; it is stopped by the last process that uses it."""

    def __init__(self, place: Place, socket: Path, child: subprocess.Popen[bytes] | None) -> None:
        self._place = place
        self._child = child
        self._process = os.getpid()
        self._open = True
        self._membership = join(place.lock("users"))
        self.socket = socket
        self.passwords = passwords.read_or_generate(place.passwords, (SUPERUSER, *LOGINS))
        atexit.register(self.stop)

    @property
    def started_here(self) -> bool:
        """True when this process started the server, False when it found it running."""
        return self._child is not None

    def superuser_dsn(self, dbname: str) -> str:
        """For psycopg; for making databases and roles only."""
        return for_libpq(socket_url(self.socket, SUPERUSER, self.passwords[SUPERUSER], dbname))

    def dsn(self, role: str, dbname: str) -> str:
        """For SQLAlchemy with asyncpg, through the Unix socket."""
        return for_asyncpg(socket_url(self.socket, role, self.passwords[role], dbname))

    @property
    def in_use(self) -> bool:
        """True until `stop`; a forked child has to start for itself."""
        return self._open and self._process == os.getpid()

    def answers(self) -> bool:
        """True when this process can still use the server: not after `stop`, a kill or a fork."""
        return self.in_use and _reach(self.superuser_dsn) is None

    def stop(self) -> None:
        """Leave; fast shutdown when no other process uses the server. Safe to call twice.

        Call it at the end of the service: at a signal Python does not get to `atexit`. Nothing is
        lost without it: the server then runs on and the next start attaches to it.
        """
        with _turn:
            if self.in_use:
                with only_one(self._place.lock("start")):
                    self.leave()
                    _end_when_unused(self._place)

    def leave(self) -> None:
        """No longer use the server, and do not wait for it: others may."""
        self._open = False
        atexit.unregister(self.stop)
        os.close(self._membership)
        if self._child is not None and self._child.poll() is None:
            self._child.returncode = 0


def start(folder: Path, *, durable: bool = True) -> Server:
    """The server of the cluster at `folder`: made, started or found running.

    `durable=False` is for tests: nothing survives a crash of the machine.
    Raises PostgresError with what to do about it.
    """
    folder = folder.resolve()
    with _turn:
        known = _servers.get(folder)
        if known is not None and known.answers():
            return known
        place = place_of(folder)
        with only_one(place.lock("start")):
            if known is not None and known.in_use:
                known.leave()
            _servers[folder] = _attach_or_begin(place, durable=durable)
            return _servers[folder]


def remove(folder: Path) -> bool:
    """Delete the cluster of `folder` with all its data; False when a process still uses it."""
    place = place_of(folder)
    with _turn, only_one(place.lock("start")):
        if not _end_when_unused(place):
            return False
        remove_place(place, folder)
        return True


def _attach_or_begin(place: Place, *, durable: bool) -> Server:
    """One of three is true each time we look: nothing runs, it answers, or it is changing."""
    found: list[Server] = []

    def settled() -> bool:
        holding = try_alone(place.lock("running"))
        if holding is None:
            server = _attach(place)
        else:
            try:
                server = _begin(place, holding=holding, durable=durable)
            finally:
                os.close(holding)
        found.extend([server] if server else [])
        return bool(found)

    postmaster.wait_until(settled, "The embedded PostgreSQL neither ended nor answered")
    return found[0]


def _begin(place: Place, *, holding: int, durable: bool) -> Server:
    make_when_missing(place, holding=holding, durable=durable)
    child = postmaster.begin(place, holding=holding, durable=durable)
    found = postmaster.read(place)
    if found is None:
        raise PostgresError("PostgreSQL ended right after its start")
    server = Server(place, found.socket, child)
    refusal = _reach(server.superuser_dsn)
    if refusal is not None:
        server.leave()
        raise PostgresError(f"PostgreSQL started but refuses us: {refusal}")
    return server


def _attach(place: Place) -> Server | None:
    """The live server; None while it starts, stops, or was killed and its children still end."""
    found = postmaster.read(place)
    if found is None or not found.ready:
        return None
    if not found.socket.exists():  # swept from the temporary folder: start anew
        postmaster.ask_to_end(place)
        return None
    server = Server(place, found.socket, None)
    refusal = _reach(server.superuser_dsn)
    if refusal is None:
        return server
    server.leave()
    if "password authentication failed" in refusal:  # waiting will not help
        raise PostgresError(f"{place.passwords} is not of the server that runs: {refusal}")
    return None


def _reach(dsn: Callable[[str], str]) -> str | None:
    """Why the server cannot be used now, or None when it can."""
    try:
        with psycopg.connect(dsn(SUPERUSER), connect_timeout=10) as connection:
            check_server_version(connection.info.server_version)
    except psycopg.OperationalError as error:
        return str(error)
    return None


def _end_when_unused(place: Place) -> bool:
    """Stop the server and wait for all its processes; False when someone uses it."""
    alone = try_alone(place.lock("users"))
    if alone is None:
        return False
    os.close(alone)
    postmaster.ask_to_end(place)

    def ended() -> bool:
        running = try_alone(place.lock("running"))
        if running is None:
            return False
        os.close(running)
        return True

    postmaster.wait_until(ended, "PostgreSQL did not stop")
    return True
