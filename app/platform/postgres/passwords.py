"""Generated passwords, kept in one file that only its owner can read."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from app.platform.postgres.errors import PostgresError


def read(path: Path) -> dict[str, str]:
    """The passwords by role; nothing when the file is not there yet."""
    try:
        content = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise PostgresError(f"{path} is damaged: it should hold the passwords by role") from error
    return {str(role): str(password) for role, password in content.items()}


def read_or_generate(path: Path, roles: Iterable[str]) -> dict[str, str]:
    """The passwords of these roles; what is missing is generated and on disk before it is used."""
    known = read(path)
    missing = [role for role in roles if role not in known]
    if missing:
        known |= {role: secrets.token_urlsafe(24) for role in missing}
        write_private(path, json.dumps(known, indent=1))
    return known


def write_private(path: Path, text: str) -> None:
    """Write whole or not at all, readable by its owner only."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)
    draft.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
