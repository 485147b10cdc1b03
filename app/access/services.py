"""What is put together once and every session may use."""

from dataclasses import dataclass
from pathlib import Path

from app.access.erasure.ledger import Ledger
from app.access.processing.spans import Telling
from app.platform.db import Engines
from app.platform.http.etag import Etags
from app.platform.http.limits import Limiter
from app.platform.http.paging import Cursors
from app.platform.security.crypto import Vault
from app.platform.security.issuer import Issuer
from app.platform.security.keyring import KeyKeeper
from app.platform.security.tokens import Verifier
from app.platform.transparency.notes import NoteKey


@dataclass(frozen=True)
class Services:
    """Keys, logins and settings of this process; see `app/wiring.py`."""

    engines: Engines
    verifier: Verifier
    own_issuer: str
    issuer: Issuer
    audience: str
    etags: Etags
    cursors: Cursors
    vault: Vault
    limiter: Limiter
    batches: Limiter
    log_key: NoteKey
    key_keeper: KeyKeeper
    ledger: Ledger
    telling: Telling
    event_source: str = "urn:nld:oin:00000000000000000000:systeem:trede"
    """Who says what happened, to subscribers."""
    certificates: bool = False
    """Whether a proxy of ours tells of the certificates of clients."""
    reading_days_after_end: int = 30
    checkpoint_seconds: int = 3600
    emergency_hours: float = 4
    retention: Path | None = None
    """The file with retention classes; without one those of the house count."""
    practices: Path | None = None
    """The file with how it goes in regions; the same."""
