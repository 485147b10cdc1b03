"""From settings to what every request leans on: keys, logins and the services of a session."""

import importlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.access.erasure.ledger import Ledger
from app.access.processing.exporting import Send
from app.access.processing.pseudonyms import Pseudonyms
from app.access.processing.spans import Register, Telling
from app.access.services import Services
from app.domain.privacy.rules.retention import retention
from app.domain.trajectory.rules.practice import practices
from app.platform.db import Engines, engine
from app.platform.http.certificates import Proxy
from app.platform.http.etag import Etags
from app.platform.http.limits import Limiter
from app.platform.http.paging import Cursors
from app.platform.security.browser_sessions import BrowserSessions
from app.platform.security.crypto import Vault
from app.platform.security.demo_issuer import DemoIssuer
from app.platform.security.fetching import check_url
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.security.keyring import KeyRing
from app.platform.security.keys import DiscoveredKeys, StaticKeys
from app.platform.security.openid import OpenIdProvider, Registration
from app.platform.security.secrets import Secrets
from app.platform.security.tokens import Provider, Verifier
from app.platform.settings import Settings
from app.platform.transparency.notes import NoteKey

SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Logins:
    """The addresses of one prepared database, by what the login may do."""

    reader: str
    writer: str
    worker: str


def services_of(
    settings: Settings, logins: Logins, secrets: Secrets, demo: DemoIssuer | None
) -> Services:
    """What every session may use. Raises ValueError for a file of the operator that is wrong."""
    issuer = own_issuer(settings)
    return Services(
        engines=Engines(
            reader=engine(logins.reader, pool_size=settings.pool_size),
            writer=engine(logins.writer, pool_size=settings.pool_size),
        ),
        verifier=Verifier(settings.audience, _providers(settings, issuer, demo)),
        own_issuer=issuer.url,
        issuer=issuer,
        audience=settings.audience,
        etags=Etags(secrets.etag_key),
        cursors=Cursors(secrets.cursor_key),
        vault=Vault(secrets.master_key),
        limiter=Limiter(settings.requests_per_second, settings.burst),
        batches=Limiter(settings.batches_per_minute / 60, settings.batches_per_minute),
        reading_days_after_end=settings.reading_days_after_end,
        log_key=log_key(settings),
        key_keeper=ring_of(settings),
        ledger=ledger_of(settings),
        certificates=settings.proxy_secret is not None,
        event_source=settings.event_source,
        telling=Telling(Register(issuer.url), Pseudonyms(secrets.pseudonym_key)),
        checkpoint_seconds=settings.checkpoint_seconds,
        emergency_hours=settings.emergency_hours,
        retention=_checked_retention(settings),
        practices=_checked_practices(settings),
    )


def _providers(settings: Settings, issuer: Issuer, demo: DemoIssuer | None) -> list[Provider]:
    """Whose tokens count: our own, those of the demo and those of the operator's provider."""
    found = [Provider(issuer.url, StaticKeys(issuer.jwks()), longest=issuer.longest)]
    if demo is not None:
        found.append(demo.provider())
    if settings.issuer_url is not None:
        keys = DiscoveredKeys(settings.issuer_url)
        found.append(Provider(settings.issuer_url, keys, plain_jwt=settings.issuer_plain_jwt))
    return found


def sessions_of(settings: Settings, secrets: Secrets) -> BrowserSessions:
    """Who is logged in with a browser, and for how long."""
    return BrowserSessions(
        secrets.csrf_key,
        idle=timedelta(seconds=settings.session_idle_seconds),
        longest=timedelta(seconds=settings.session_longest_seconds),
    )


def login_of(settings: Settings, demo: DemoIssuer | None) -> OpenIdProvider | None:
    """Where people log in to the pages; None where that is not set up. Raises ValueError."""
    issuer = settings.login_issuer or (demo.url if demo is not None else settings.issuer_url)
    if issuer is None:
        return None
    secret = settings.login_client_secret
    agreed = Registration(
        issuer=issuer,
        client_id=settings.login_client_id,
        redirect_uri=f"{settings.url}/login/return",
        secret=None if secret is None else secret.get_secret_value(),
        acr=tuple((settings.login_acr or "").split()),
        always_asks=settings.login_always_asks,
    )
    return OpenIdProvider(agreed)


def _checked_retention(settings: Settings) -> Path | None:
    """Raises RetentionError for a file that leaves something open."""
    retention(settings.retention)
    return settings.retention


def _checked_practices(settings: Settings) -> Path | None:
    """Raises ValueError for a word that is none, or a step that cannot be left out."""
    practices(settings.practices)
    return settings.practices


def secrets_of(settings: Settings) -> Secrets:
    """Every key that follows from the root secret."""
    if settings.root_secret is not None:
        return Secrets.from_text(settings.root_secret.get_secret_value())
    return Secrets.load_or_create(settings.var / "secrets" / "root")


def own_issuer(settings: Settings) -> Issuer:
    """Who signs the tokens of client systems."""
    path = settings.signing_key
    made = settings.var / "secrets" / "signing.pem"
    key = SigningKey.load(path) if path else SigningKey.load_or_create(made)
    return Issuer(settings.url, key)


def log_key(settings: Settings) -> NoteKey:
    """Who signs the checkpoints of the access log."""
    path, origin = settings.log_key, settings.log_origin
    made = settings.var / "secrets" / "log.pem"
    return NoteKey.load(origin, path) if path else NoteKey.load_or_create(origin, made)


def key_ring(settings: Settings) -> Path:
    """Where the keys are that wrap the data keys of clients."""
    return settings.key_ring or settings.var / "secrets" / "keyring.json"


def ring_of(settings: Settings) -> KeyRing:
    """Who wraps data keys; another keeper is put here (see `KeyKeeper`)."""
    return KeyRing.load_or_create(key_ring(settings), secrets_of(settings).ring_root)


def ledger_of(settings: Settings) -> Ledger:
    """Where it is kept what was destroyed, for when an older database is restored."""
    return Ledger(settings.tombstones or settings.var / "secrets" / "tombstones.jsonl")


def proxy_of(settings: Settings) -> Proxy:
    """Who may tell of the certificates of clients. Raises ValueError for a secret that is none."""
    held = settings.proxy_secret
    if held is not None and len(held.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"PROXY_SECRET must have {SHORTEST_SECRET} characters or more")
    return Proxy(None if held is None else held.get_secret_value())


def collector_of(settings: Settings, version: str) -> Send | None:
    """Who is told the processing log; None where nobody was set. Raises ValueError."""
    if settings.otlp_endpoint is None:
        return None
    try:
        otlp = importlib.import_module("app.access.processing.otlp")
    except ImportError:
        raise ValueError("OTLP_ENDPOINT needs the extra `otlp` of this package") from None
    url = check_url(settings.otlp_endpoint, allow_loopback=True)
    held = "" if settings.otlp_headers is None else settings.otlp_headers.get_secret_value()
    pairs = (pair.partition("=") for pair in held.split(",") if pair.strip())
    headers = {name.strip(): value.strip() for name, _, value in pairs}
    send: Send = otlp.Collector(url, headers, version=version).send
    return send
