"""Where an embedded cluster lives and as which system user it runs.

An ordinary user keeps everything in the folder that was asked for. PostgreSQL refuses to run as
root: then an unprivileged system user runs it, from a system folder which that user can reach, so
that the permissions of a home or checkout folder never have to be widened.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.platform.postgres.errors import PostgresError
from app.platform.postgres.passwords import write_private

SYSTEM_FOLDER = Path("/var/lib/trede")
MEMORY = Path("/dev/shm")  # noqa: S108 - owner checked
"""Every user can reach it: what is asked for there, as a cluster for tests, stays there."""
SYSTEM_USERS = ("trede", "postgres", "nobody")
"""The first that exists runs the server of root."""

LONGEST_SOCKET_PATH = 107  # bytes; sockaddr_un.sun_path on Linux, with its closing zero byte
SOCKET_NAME = ".s.PGSQL.5432"
NOTE = "location.txt"


@dataclass(frozen=True)
class Place:
    """`home` holds locks, log and passwords; `data` the cluster; `user` runs it (None: we do)."""

    home: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def making(self) -> Path:
        """Where a cluster is made before it is renamed to `data`."""
        return self.home / "making"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def passwords(self) -> Path:
        return self.home / "passwords.json"

    def open_log(self) -> IO[bytes]:
        """To append to; only we can read it."""
        return open(self.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600))

    def lock(self, name: str) -> Path:
        return self.home / f"{name}.lock"

    def give(self, path: Path) -> None:
        """Hand a folder or file to the user that runs the server."""
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def private_folder(self, path: Path) -> Path:
        """A folder that only the user that runs the server can enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        self.give(path)
        path.chmod(0o700)
        return path


def place_of(folder: Path) -> Place:
    """The place of the cluster that was asked for at `folder`; makes the folders."""
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _place_of_root(folder) if os.geteuid() == 0 else _place_of_user(folder)


def system_home(folder: Path) -> Path:
    """Where root's cluster of this folder is kept."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return _system_folder(folder) / digest


def _system_folder(folder: Path) -> Path:
    return MEMORY / "trede" if folder.is_relative_to(MEMORY) else SYSTEM_FOLDER


def _place_of_user(folder: Path) -> Place:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise PostgresError(
            f"PostgreSQL needs a user name, and user id {os.geteuid()} has none in the password "
            "database: run as a user that has one, or set TREDE_DATABASE_URL"
        ) from None
    if (folder / NOTE).exists():
        raise PostgresError(f"The cluster of {folder} was made by root: start as root again")
    return Place(folder, None)


def _place_of_root(folder: Path) -> Place:
    if (folder / "data").exists():
        owner = (folder / "data").stat().st_uid
        raise PostgresError(f"The cluster in {folder} is of user id {owner}: start as that user")
    home = system_home(folder)
    for parent, mode in ((home.parent, 0o755), (home, 0o711)):
        parent.parent.mkdir(parents=True, exist_ok=True)
        _owned(parent, mode)
    note = folder / NOTE
    if not note.exists():
        write_private(note, f"PostgreSQL does not run as root: this cluster is in {home}\n")
    return Place(home, _system_user(home / "data"))


def _system_user(data: Path) -> pwd.struct_passwd:
    """Who owns the cluster already, otherwise the first system user that exists."""
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL does not run as root and there is no system user to run it "
        f"({', '.join(SYSTEM_USERS)}): start as an ordinary user, or set TREDE_DATABASE_URL"
    )


def socket_folder(place: Place) -> Path:
    """A short private folder for the socket, the same for every process that asks."""
    if place.user is not None:
        return place.private_folder(place.home / "socket")
    digest = hashlib.sha256(os.fsencode(place.home)).hexdigest()[:12]
    for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - private folder, owner checked
        folder = Path(parent, f"trede-{os.geteuid()}-{digest}")
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return _owned(folder)
    raise PostgresError("No temporary folder with a path short enough for a socket: set TMPDIR")


def _owned(folder: Path, mode: int = 0o700) -> Path:
    """The folder, made or found; anyone may write in a temporary folder, so trust only our own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PostgresError(f"{folder} is of someone else: remove it, or set TMPDIR")
    folder.chmod(mode)
    return folder


def remove_place(place: Place, folder: Path) -> None:
    """Delete everything of a stopped cluster, outside its folder too."""
    for left in (socket_folder(place), place.home, folder):
        shutil.rmtree(left, ignore_errors=True)
