"""Who wraps data keys: a ring of keys in a private file, or a key service that keeps its own."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.platform.security.crypto import (
    FORMAT,
    KEY_BYTES,
    KEY_ID_BYTES,
    NONCE_BYTES,
    SealBrokenError,
    decrypt,
    derive_key,
    key_id,
)
from app.platform.security.secrets import (
    UnsafeSecretError,
    load_or_create,
    read_private,
    replace_private,
)


class KeyKeeper(Protocol):
    """The seam for a key management service: two calls, and it may take its time over them.

    `bound` says for whom the data key is (client, organisation, category). A keeper binds it, as
    associated data or as the encryption context of a service, so that a wrapped key that was
    moved to another client is refused. What it returns is stored as it is.
    """

    async def wrap(self, data_key: bytes, bound: bytes) -> bytes: ...

    async def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """Raises SealBrokenError for a key that is not of this keeper, or was bound otherwise."""
        ...


class KeyRing:
    """The first key wraps, all of them unwrap. Losing the ring loses all that is sealed.

    A backup of the database is unreadable without the ring. A key that is taken off the ring
    takes with it every wrapped key in an old backup (see `app keys`).

    A ring from a file follows it: what runs while the keys are turned over goes on with the new
    one. Were it to wrap with a key that was taken off, what is sealed now would be lost.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._hold(keys)
        self._path: Path | None = None
        self._form: tuple[int, int, int] | None = None

    def _hold(self, keys: Sequence[bytes]) -> None:
        self._wrapping = {key_id(key): AESGCM(derive_key(key, "wrap-data-key")) for key in keys}
        self._current = key_id(keys[0])

    @classmethod
    def load_or_create(cls, path: Path, root: bytes) -> "KeyRing":
        """From its file; the first one holds a single key that follows from the root secret.

        So machines that share the root secret begin with the same ring.
        """
        form = _form(path)
        ring = cls(_read(load_or_create(path, lambda: _written([derive_key(root, "key-ring")]))))
        ring._path, ring._form = path, form
        return ring

    def _follow(self) -> None:
        """Read the file again if it is another one; an OSError when it cannot be read now."""
        if self._path is None:
            return
        form = _form(self._path)
        if form is None or form != self._form:
            self._hold(_read(read_private(self._path)))
            self._form = form

    async def wrap(self, data_key: bytes, bound: bytes) -> bytes:
        self._follow()
        nonce = os.urandom(NONCE_BYTES)
        head = FORMAT + self._current
        return head + nonce + self._wrapping[self._current].encrypt(nonce, data_key, head + bound)

    async def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        start = 1 + KEY_ID_BYTES
        if wrapped[1:start] not in self._wrapping:
            self._follow()
        cipher = self._wrapping.get(wrapped[1:start])
        if wrapped[:1] != FORMAT or cipher is None:
            raise SealBrokenError
        rest = wrapped[start:]
        head = wrapped[:start]
        return decrypt(cipher, rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + bound)

    def knows(self, wrapped: bytes) -> bool:
        """Whether the key that wrapped this is on the ring."""
        return wrapped[1 : 1 + KEY_ID_BYTES] in self._wrapping

    def wraps_with_newest(self, wrapped: bytes) -> bool:
        """Whether this would still unwrap when every other key is taken off."""
        return wrapped[: 1 + KEY_ID_BYTES] == FORMAT + self._current


def _form(path: Path) -> tuple[int, int, int] | None:
    """Another one for each file that takes the place of this one; None while there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def add_key(path: Path) -> None:
    """A new key wraps from now on; the ones before still unwrap."""
    replace_private(path, _written([os.urandom(KEY_BYTES), *_read(path.read_bytes())]))


def keep_newest(path: Path) -> None:
    """Take every key off the ring but the one that wraps; what they wrapped is lost for good."""
    replace_private(path, _written(_read(path.read_bytes())[:1]))


def _read(content: bytes) -> list[bytes]:
    try:
        keys = [urlsafe_b64decode(key) for key in json.loads(content)["keys"]]
    except (ValueError, KeyError, TypeError):
        raise UnsafeSecretError("the key ring is not a list of keys") from None
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise UnsafeSecretError("the keys of the ring must have 32 bytes")
    return keys


def _written(keys: Sequence[bytes]) -> bytes:
    named = [urlsafe_b64encode(key).decode() for key in keys]
    return json.dumps({"keys": named}).encode() + b"\n"
