"""The secrets that sign for one subscription: sealed where they lie, shown when they are made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.platform.security.crypto import Context, Vault
from app.platform.security.webhooks import new_secret

TABLE = "event_subscription"


def made(vault: Vault, subscription_id: UUID, wrapped: bytes | None) -> tuple[str, dict[str, Any]]:
    """A new secret, and the columns that hold it."""
    secret = new_secret()
    key = wrapped or vault.new_data_key()
    sealed = vault.seal(key, secret.encode(), _place(subscription_id))
    return secret, {"wrapped_key": key, "secret": sealed}


def valid_secrets(vault: Vault, row: Row[Any], now: datetime) -> tuple[str, ...]:
    """The newest first; for a while after a rotation the one before it too."""
    sealed = [row.secret]
    if row.previous_until is not None and now < row.previous_until:
        sealed.append(row.previous_secret)
    place = _place(row.id)
    return tuple(vault.open(row.wrapped_key, one, place).decode() for one in sealed)


def _place(subscription_id: UUID) -> Context:
    return Context(subscription_id, "event", TABLE, "secret", row=subscription_id)
