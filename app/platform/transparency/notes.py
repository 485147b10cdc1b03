"""Signed checkpoints: C2SP `signed-note` and `tlog-checkpoint`, with Ed25519."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.platform.security.secrets import UnsafeSecretError, load_or_create, read_private
from app.platform.transparency.tree import HASH_BYTES

ED25519 = b"\x01"
ID_BYTES = 4
LONGEST_NOTE = 1_000_000
NAME = re.compile(r"[^\s+]{1,255}")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
SIGNATURE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)")


class NoteError(Exception):
    """A note or key is malformed, or no signature of the trusted key is on it."""


@dataclass(frozen=True)
class VerifierKey:
    """A name and a public key, in C2SP's one-line form `name+id+key`."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Raises NoteError for anything but an Ed25519 key whose id fits."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        content = _decoded(encoded)
        if not NAME.fullmatch(name) or len(content) != HASH_BYTES + 1 or content[:1] != ED25519:
            raise NoteError("this is no Ed25519 verifier key")
        found = cls(name, content[1:])
        if found.key_id.hex() != key_id:
            raise NoteError("the id of the verifier key does not fit")
        return found

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def open(self, note: str) -> str:
        """The text of a note that this key signed. Raises NoteError.

        Signatures of others (witnesses) are left alone; a wrong one of this key is an error.
        """
        text, _, lines = note.rpartition("\n\n")
        if not text or not lines.endswith("\n") or len(note) > LONGEST_NOTE:
            raise NoteError("this is no signed note")
        text, signed = f"{text}\n", False
        for line in lines[:-1].split("\n"):
            found = SIGNATURE.fullmatch(line)
            if found is None:
                raise NoteError("this is no signed note")
            content = _decoded(found[2])
            if found[1] == self.name and content[:ID_BYTES] == self.key_id:
                self._check(text, content[ID_BYTES:])
                signed = True
        if not signed:
            raise NoteError("the note is not signed by this key")
        return text

    def _check(self, text: str, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            raise NoteError("the signature does not hold") from None


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: who it is, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """From the text of a note; extension lines are left alone. Raises NoteError."""
        origin, size, root, *_ = [*text.split("\n"), "", ""]
        if not origin or not SIZE.fullmatch(size) or len(_decoded(root)) != HASH_BYTES:
            raise NoteError("this is no checkpoint")
        return cls(origin, int(size), _decoded(root))

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


class NoteKey:
    """The private key of the log and the name under which it signs: the origin."""

    def __init__(self, origin: str, pem: bytes) -> None:
        """From PEM. Raises UnsafeSecretError for another key, NoteError for another origin."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError):
            raise UnsafeSecretError("the log key is not an unencrypted PEM private key") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise UnsafeSecretError("the log key must be Ed25519")
        if not NAME.fullmatch(origin):
            raise NoteError("the origin has no space and no plus")
        self._private = private
        self.verifier = VerifierKey(origin, private.public_key().public_bytes_raw())

    @classmethod
    def load(cls, origin: str, path: Path) -> "NoteKey":
        """From a file named in the settings. Raises UnsafeSecretError, FileNotFoundError."""
        return cls(origin, read_private(path))

    @classmethod
    def load_or_create(cls, origin: str, path: Path) -> "NoteKey":
        """From a file of our own, made at the first start and readable by its owner only."""
        return cls(origin, load_or_create(path, new_note_key))

    @property
    def origin(self) -> str:
        return self.verifier.name

    def signed(self, size: int, root: bytes) -> str:
        """A checkpoint as a signed note."""
        text = str(Checkpoint(self.origin, size, root))
        signature = self.verifier.key_id + self._private.sign(text.encode())
        return f"{text}\n\u2014 {self.origin} {b64encode(signature).decode()}\n"


def new_note_key() -> bytes:
    """A fresh Ed25519 key in PEM."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _decoded(text: str) -> bytes:
    """Standard base64 in its one spelling; empty bytes for anything else."""
    try:
        content = b64decode(text, validate=True)
    except ValueError:
        return b""
    return content if b64encode(content).decode() == text else b""
