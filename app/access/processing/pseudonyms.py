"""What a client is called in a processing log: another name in that of each organisation."""

import hmac
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

NAME = "urn:trede:pseudonym"
"""The type of these names. They are sealed and always the same (AES-SIV, RFC 5297), so a line can
be found by them, and whoever has no key can neither read one nor make one up."""
NOBODYS = UUID(int=0)


class Pseudonyms:
    """Two organisations cannot tell from their logs that they are about the same person."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(hmac.digest(key, b"pseudonym", "sha512"))

    def of(self, client_id: UUID, organisation_id: UUID | None) -> str:
        bound = [(organisation_id or NOBODYS).bytes]
        return self._cipher.encrypt(client_id.bytes, bound).hex()

    def read(self, name: str, organisation_id: UUID | None) -> UUID | None:
        """Whom it names; None for a name that was not made for this organisation."""
        try:
            found = self._cipher.decrypt(bytes.fromhex(name), [(organisation_id or NOBODYS).bytes])
            return UUID(bytes=found)
        except (InvalidTag, ValueError):
            return None
