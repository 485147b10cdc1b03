"""Private files, and the keys that one root secret yields."""

import binascii
import os
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes, token_hex

from app.platform.security.crypto import KEY_BYTES, derive_key


class UnsafeSecretError(Exception):
    """A secret is readable by others, or is not what it should be; starting is refused."""


class Secrets:
    """Every symmetric key of the application, each derived for one use."""

    __slots__ = (
        "csrf_key",
        "cursor_key",
        "draft_key",
        "etag_key",
        "idempotency_key",
        "login_key",
        "master_key",
        "page_key",
        "pseudonym_key",
        "ring_root",
    )

    def __init__(self, root: bytes) -> None:
        self.master_key = derive_key(root, "master")
        self.ring_root = derive_key(root, "ring")
        self.etag_key = derive_key(root, "etag")
        self.cursor_key = derive_key(root, "cursor")
        self.idempotency_key = derive_key(root, "idempotency")
        self.csrf_key = derive_key(root, "csrf")
        self.draft_key = derive_key(root, "draft")
        self.page_key = derive_key(root, "page")
        self.pseudonym_key = derive_key(root, "pseudonym")
        self.login_key = derive_key(root, "login")

    @classmethod
    def from_text(cls, text: str) -> "Secrets":
        """From a setting: 32 bytes in URL-safe base64. Raises UnsafeSecretError."""
        try:
            root = urlsafe_b64decode(text.strip())
        except (ValueError, binascii.Error):
            raise UnsafeSecretError("the root secret is not base64") from None
        if len(root) != KEY_BYTES:
            raise UnsafeSecretError("the root secret must have 32 bytes")
        return cls(root)

    @classmethod
    def load_or_create(cls, path: Path) -> "Secrets":
        """From a private file, made at the first start. Losing it loses all that is sealed."""
        content = load_or_create(path, new_root_secret)
        try:
            return cls.from_text(content.decode())
        except UnicodeDecodeError:
            raise UnsafeSecretError("the root secret is not base64") from None


def new_root_secret() -> bytes:
    """A random root secret in the form that the setting and the file take."""
    return urlsafe_b64encode(token_bytes(KEY_BYTES)) + b"\n"


def load_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a private file; the first of several starting processes makes it.

    The name appears with its full content on disk or not at all, so a crash leaves no half key.
    """
    try:
        return read_private(path)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{token_hex(8)}")
    _write_private(draft, make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first: its content counts.
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return read_private(path)


def replace_private(path: Path, content: bytes) -> None:
    """Another content under the same name, at once and whole."""
    draft = path.with_name(f".{path.name}.{token_hex(8)}")
    _write_private(draft, content)
    draft.replace(path)
    _sync_folder(path.parent)


def read_private(path: Path) -> bytes:
    """Read a file that only its owner may read. Raises UnsafeSecretError, FileNotFoundError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        _check_private(path.name, os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def _check_private(name: str, about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode) or about.st_mode & 0o077:
        raise UnsafeSecretError(f"{name} must be a file with mode 0600")
    if about.st_uid not in (os.geteuid(), 0):
        raise UnsafeSecretError(f"{name} belongs to another user")


def _write_private(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """A new name survives a power cut only when its folder is on disk too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
