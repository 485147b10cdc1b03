"""What was sent, closed for its one place under the key of its import."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.vocabulary import Category
from app.platform.security.crypto import Context, Vault


@dataclass(frozen=True)
class Sealing:
    """The key goes with its import, and with it whatever was left in a backup."""

    vault: Vault
    wrapped_key: bytes
    import_id: UUID

    def closed(self, number: int, column: str, content: Mapping[str, Any]) -> bytes:
        plain = json.dumps(content, ensure_ascii=False).encode()
        return self.vault.seal(self.wrapped_key, plain, self._place(number, column))

    def opened(self, number: int, column: str, sealed: bytes) -> dict[str, Any]:
        plain = self.vault.open(self.wrapped_key, sealed, self._place(number, column))
        found: dict[str, Any] = json.loads(plain)
        return found

    def _place(self, number: int, column: str) -> Context:
        return Context(self.import_id, Category.BSN, "bulk_row", f"{column} {number}")
