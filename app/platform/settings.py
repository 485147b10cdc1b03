"""What can be set from outside, each as an environment variable that starts with TREDE_."""

from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Without any of these the application runs on its own database, on this machine only."""

    model_config = SettingsConfigDict(env_prefix="TREDE_", extra="ignore")

    database_url: SecretStr | None = None
    """An external PostgreSQL 16 or newer, with a login that may make roles and databases."""
    database_name: str = "trede"
    var: Path = Path("var")
    """Where the embedded database, keys and generated passwords live."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """The address by which clients know us; it names us as issuer and audience."""
    issuer_url: str | None = None
    """An OpenID provider whose access tokens are accepted; its keys are discovered."""
    issuer_plain_jwt: bool = False
    """Whether that provider writes `typ: JWT` instead of `at+jwt`."""
    audience: str = "trede"
    event_source: str = Field(
        "urn:nld:oin:00000000000000000000:systeem:trede", pattern=r"^urn:nld:[a-z]+:[!-~]+$"
    )
    """Who says what happened: a URN with the number of the organisation and the system."""
    event_seconds: float = 1
    """How often is looked whether there is something to tell."""
    root_secret: SecretStr | None = None
    """32 bytes in base64; without it one is made under `var`."""
    signing_key: Path | None = None
    log_key: Path | None = None
    """An Ed25519 key in PEM that signs the checkpoints of the access log; made under `var`."""
    key_ring: Path | None = None
    """The file with the keys that wrap the data keys of clients; made under `var`."""
    retention: Path | None = None
    """A file with retention classes in the place of those of the house."""
    practices: Path | None = None
    """A file with how it goes in regions and at providers, in the place of that of the house."""
    tombstones: Path | None = None
    """The list of what was destroyed; keep it out of the backups that it guards."""
    checkpoint_seconds: int = 3600
    """How often a checkpoint becomes public: a finer grain would tell when someone looked."""
    session_idle_seconds: int = Field(900, ge=60, le=86_400)
    """After how long without a sign of life somebody is logged out of the pages."""
    session_longest_seconds: int = Field(36_000, ge=60, le=86_400)
    """After how long everybody logs in anew."""
    login_issuer: str | None = None
    """The OpenID provider where people log in to the pages; without it `issuer_url`."""
    login_client_id: str = "trede-web"
    login_client_secret: SecretStr | None = None
    login_acr: str | None = None
    """The levels of assurance that are asked, best first; the provider must name one of them."""
    login_always_asks: bool = True
    """Whether the provider must ask who it is at each login, also of who is logged in there."""
    pool_size: int = 12
    requests_per_second: float = 100
    burst: float = 400
    batches_per_minute: float = Field(6, gt=0)
    """Of one client system or member: questions about many persons at once. Counted per process, as
    all limits of requests are: a count that processes share would be a write for each question."""
    reading_days_after_end: int = 30
    """How long those assigned keep reading after a trajectory ended."""
    attribution_seconds: float = 5
    proxy_secret: SecretStr | None = None
    """What the proxy sends in `X-Trede-Proxy` where it tells of a client's certificate."""
    proxy_addresses: str = "127.0.0.1"
    """The proxies in front of us, as addresses or networks with commas between. What they say in
    `X-Forwarded-For` is who the client is; from anybody else it is not believed."""
    otlp_endpoint: str | None = None
    """Where the processing log is told as OTLP over HTTP; without one nothing leaves."""
    otlp_headers: SecretStr | None = None
    """Headers for it, as `name=value` with commas between."""
    emergency_hours: float = 4
    """How long a broken glass stays open; the policy allows a day at most."""

    @field_validator("proxy_addresses")
    @classmethod
    def _are_addresses(cls, said: str) -> str:
        """The server would take a name or a slip for a literal that nobody ever has."""
        for each in filter(None, map(str.strip, said.split(","))):
            ip_network(each)
        return said

    @property
    def url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def log_origin(self) -> str:
        """The name of this access log in its checkpoints: an address without its scheme."""
        place = (self.public_url or "http://trede.local").rstrip("/").partition("://")[2]
        return f"{place}/access-log"

    @property
    def embedded(self) -> bool:
        return self.database_url is None
