"""The running server: starting it, finding it again, and ending it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.platform.postgres.cluster import launch, tail
from app.platform.postgres.errors import PostgresError
from app.platform.postgres.places import Place, socket_folder

PATIENCE = 300.0
"""Seconds; long, as recovery after a crash reads back what was written since the checkpoint."""

# On the command line, so that no ALTER SYSTEM can loosen it. The last three keep personal data
# out of the log: no statement, no "Key (name)=(value)".
_FIXED = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
_DURABLE = {"fsync": "on", "full_page_writes": "on"}
_FOR_TESTS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "scram_iterations": "1",  # the passwords are random, and each of thousands of tests logs in
}
_LONGEST_LOG = 8 * 1024 * 1024


@dataclass(frozen=True)
class Postmaster:
    """What the server says of itself in `postmaster.pid`."""

    pid: int
    socket: Path
    ready: bool


def read(place: Place) -> Postmaster | None:
    """The server that wrote the pid file, running or not; None when there is nothing (whole)."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), Path(lines[4]), lines[7].strip() == "ready")
    except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
        return None


def is_running(place: Place, pid: int) -> bool:
    """Is this process the server of this cluster? Ids are used again, after a reboot above all."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    said = Path("/proc", str(pid), "cmdline")
    if not said.exists():  # no /proc on this system: the id is all there is
        return not Path("/proc/self").exists()
    return os.fsencode(place.data) in said.read_bytes().split(b"\0")


def begin(place: Place, *, holding: int, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; only for who holds the lock `running`."""
    socket = socket_folder(place)
    _forget_dead_server(place, socket)
    if place.log.exists() and place.log.stat().st_size > _LONGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    quoted = str(socket).replace('"', '""')
    settings = _FIXED | (_DURABLE if durable else _FOR_TESTS)
    settings["unix_socket_directories"] = f'"{quoted}"'
    arguments = [f"--{name}={value}" for name, value in settings.items()]
    with place.open_log() as log:
        server = launch(
            place, "postgres", "-D", str(place.data), *arguments, holding=holding, output=log
        )

    def answers() -> bool:
        if server.poll() is not None:
            raise PostgresError(f"PostgreSQL ended at its start:\n{tail(place.log)}")
        found = read(place)
        return found is not None and found.pid == server.pid and found.ready

    wait_until(answers, "PostgreSQL did not start")
    return server


def _forget_dead_server(place: Place, socket: Path) -> None:
    """Clear the marks of a server that was killed: its id may now be of another process.

    PostgreSQL would then refuse to start. Whoever holds the lock `running` knows that no process
    of the cluster lives, unless someone started it by hand: that one is left alone.
    """
    pid_file = place.data / "postmaster.pid"
    if pid_file.exists():
        first = pid_file.read_text().partition("\n")[0]
        if first.isdigit() and is_running(place, int(first)):
            raise PostgresError(f"Process {first} serves {place.data} and was not started by us")
        pid_file.unlink()
    for left in socket.glob(".s.PGSQL.*"):
        left.unlink()


def ask_to_end(place: Place) -> None:
    """Fast shutdown: running transactions are rolled back, what was committed is written."""
    found = read(place)
    if found is not None and is_running(place, found.pid):
        os.kill(found.pid, signal.SIGINT)


def wait_until(done: Callable[[], bool], otherwise: str) -> None:
    """Wait for something that has no event to wait on; give up after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise PostgresError(f"{otherwise} within {PATIENCE:.0f} seconds")
        time.sleep(0.01)
