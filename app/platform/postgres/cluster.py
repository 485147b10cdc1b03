"""Making a cluster (whole or not at all) and running a PostgreSQL program as the right user."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import IO, Any

from app.platform.postgres import passwords
from app.platform.postgres.binaries import EMBEDDED_VERSION, server_files
from app.platform.postgres.errors import PostgresError
from app.platform.postgres.places import Place
from app.platform.postgres.roles import LOGINS

SUPERUSER = "postgres"
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_INITDB = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--auth=scram-sha-256",
    "--data-checksums",
    f"--username={SUPERUSER}",
)


def launch(
    place: Place, program: str, *arguments: str, holding: int, output: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Run a server program in a session of its own (Ctrl-C is for us), holding our lock.

    The lock stays taken until the program and all its children have ended, also when this process
    is killed. The environment is clean: no PG* settings of the caller, no secrets of the service.
    """
    who: dict[str, Any] = {}
    if place.user is not None:
        who = {"user": place.user.pw_uid, "group": place.user.pw_gid, "extra_groups": []}
    return subprocess.Popen(
        [server_files(place) / program, *arguments],
        cwd=place.home,
        env=_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=(holding,),
        start_new_session=True,
        umask=0o077,
        **who,
    )


def make_when_missing(place: Place, *, holding: int, durable: bool) -> None:
    """A complete cluster at `place.data`; what an interrupted start left behind is redone."""
    shutil.rmtree(place.making, ignore_errors=True)
    if (place.data / "global" / "pg_control").exists():
        _check_made_by_us(place)
        return
    if place.data.exists():
        # we only ever rename a whole cluster to this name, so keep what someone else put here
        place.data.rename(place.home / f"data.incomplete-{time.time_ns()}")
    secret = passwords.read_or_generate(place.passwords, (SUPERUSER, *LOGINS))[SUPERUSER]
    place.private_folder(place.making)
    word = place.making / "word"
    passwords.write_private(word, secret)
    place.give(word)
    made = place.private_folder(place.making / "data")
    _initdb(place, made, word, holding=holding, durable=durable)
    made.rename(place.data)
    passwords.sync_folder(place.home)
    shutil.rmtree(place.making)


def _check_made_by_us(place: Place) -> None:
    version = (place.data / "PG_VERSION").read_text().strip()
    if version != str(EMBEDDED_VERSION):
        raise PostgresError(
            f"The cluster in {place.data} is of PostgreSQL {version}, the server files are of "
            f"{EMBEDDED_VERSION}: upgrade it with pg_upgrade, or dump and restore"
        )
    if SUPERUSER not in passwords.read(place.passwords):
        raise PostgresError(f"{place.passwords} is gone: put it back from a backup")


def _initdb(place: Place, made: Path, word: Path, *, holding: int, durable: bool) -> None:
    arguments = [*_INITDB, f"--pwfile={word}", f"--pgdata={made}"]
    if not durable:
        arguments += ["--no-sync", "--set=scram_iterations=1"]
    with place.open_log() as log:
        outcome = launch(place, "initdb", *arguments, holding=holding, output=log).wait()
    if outcome != 0:
        raise PostgresError(f"initdb failed with {outcome}:\n{tail(place.log)}")


def tail(log: Path) -> str:
    """The last lines of the server's log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
