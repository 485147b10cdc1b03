"""Envelope encryption with one data key per owner, and keyed indexes to find what is sealed."""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_ID_BYTES = 4


class SealBrokenError(Exception):
    """What was sealed cannot be opened: other key, other place, or altered. Carries no content."""


@dataclass(frozen=True, slots=True)
class Context:
    """The place a sealed value belongs to; it opens nowhere else."""

    owner: UUID
    category: str
    table: str
    column: str
    row: UUID | None = None
    key_version: int = 1
    organisation: UUID | None = None

    def bound(self) -> bytes:
        """Associated data; each part carries its length, so that parts cannot run together."""
        parts = [
            str(self.owner),
            self.category,
            self.table,
            self.column,
            str(self.row or ""),
            str(self.key_version),
        ]
        if self.organisation is not None:
            parts.append(str(self.organisation))
        encoded = (part.encode() for part in parts)
        return FORMAT + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def derive_key(root: bytes, label: str) -> bytes:
    """An independent key for one use out of a root secret (HKDF-SHA256, RFC 5869)."""
    if len(root) != KEY_BYTES:
        raise ValueError("a root key has 32 bytes")
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"trede/v1/{label}".encode()).derive(root)


class DataKey:
    """One key in the clear, for as long as a request lasts."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plaintext: bytes, context: Context) -> bytes:
        """Encrypt for one place."""
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._cipher.encrypt(nonce, plaintext, context.bound())

    def open(self, sealed: bytes, context: Context) -> bytes:
        """Decrypt what was sealed for exactly this place; raises SealBrokenError otherwise."""
        if sealed[:1] != FORMAT:
            raise SealBrokenError
        start = 1 + NONCE_BYTES
        return decrypt(self._cipher, sealed[1:start], sealed[start:], context.bound())


class Vault:
    """Seals values under data keys that only the master key can unwrap.

    Destroying an owner's wrapped key makes everything sealed under it unreadable for good.
    `previous` holds master keys that still unwrap but no longer wrap.
    """

    def __init__(self, master_key: bytes, previous: Sequence[bytes] = ()) -> None:
        self._key_id = key_id(master_key)
        self._wrapping = {
            key_id(key): AESGCM(derive_key(key, "wrap")) for key in (master_key, *previous)
        }
        self._index_key = derive_key(master_key, "blind-index")
        self._global_key = derive_key(master_key, "global-index")

    def new_data_key(self) -> bytes:
        """A fresh data key, wrapped; the wrapped form is what is stored with the owner."""
        return self._wrap(AESGCM.generate_key(KEY_BYTES * 8))

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same data key under the current master key."""
        return self._wrap(self._unwrap(wrapped))

    def seal(self, wrapped: bytes, plaintext: bytes, context: Context) -> bytes:
        """Encrypt for one place. Raises SealBrokenError when the wrapped key is not ours."""
        return DataKey(self._unwrap(wrapped)).seal(plaintext, context)

    def open(self, wrapped: bytes, sealed: bytes, context: Context) -> bytes:
        """Decrypt what was sealed for exactly this place; raises SealBrokenError otherwise."""
        return DataKey(self._unwrap(wrapped)).open(sealed, context)

    def blind_index(self, value: str, scope: UUID) -> bytes:
        """Find an equal value within one organisation; two organisations share no index value."""
        scoped = hmac.digest(self._index_key, scope.bytes, sha256)
        return hmac.digest(scoped, value.encode(), sha256)

    def global_index(self, value: str) -> bytes:
        """Find an equal value across organisations; only for workers, never for an answer."""
        return hmac.digest(self._global_key, value.encode(), sha256)

    def _wrap(self, data_key: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        head = FORMAT + self._key_id
        return head + nonce + self._wrapping[self._key_id].encrypt(nonce, data_key, head)

    def _unwrap(self, wrapped: bytes) -> bytes:
        start = 1 + KEY_ID_BYTES
        cipher = self._wrapping.get(wrapped[1:start])
        if wrapped[:1] != FORMAT or cipher is None:
            raise SealBrokenError
        rest = wrapped[start:]
        return decrypt(cipher, rest[:NONCE_BYTES], rest[NONCE_BYTES:], wrapped[:start])


def key_id(master_key: bytes) -> bytes:
    """Tells which key wrapped something, and nothing of the key."""
    return derive_key(master_key, "key-id")[:KEY_ID_BYTES]


def decrypt(cipher: AESGCM, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Raises SealBrokenError for whatever is not exactly this."""
    try:
        return cipher.decrypt(nonce, sealed, bound)
    except (InvalidTag, ValueError):
        # A short nonce or text is a ValueError: for the caller both mean "not ours".
        raise SealBrokenError from None
