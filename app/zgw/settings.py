"""What an operator writes down once: both sides, and which type stands for what."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)

from app.platform.identifiers import normalise_rsin
from app.platform.security.loopback import is_loopback
from app.zgw.moments import END, MOMENTS

OUTCOMES = frozenset(
    {"stays", "training", "other_trajectory", "stops", "paid_work", "volunteering", "day_activity"}
)
"""What a trajectory may be concluded with; `ended` stands for every end without one of these."""


class Confidentiality(StrEnum):
    """Of what ZGW knows only what is as closed as this needs to be, in rising order."""

    VERTROUWELIJK = "vertrouwelijk"
    CONFIDENTIEEL = "confidentieel"
    GEHEIM = "geheim"
    ZEER_GEHEIM = "zeer_geheim"


class UnfitError(Exception):
    """The file is not there or does not fit; the words name every fault, and no value."""


def _address(value: str) -> str:
    """Only https, unless on this machine; it may well lie within the operator's network."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ValueError("must be an https address")
    if not host or parts.username or parts.query or parts.fragment:
        raise ValueError("must be an address without login, query or fragment")
    return value.rstrip("/")


def _moment(value: str) -> str:
    if value not in MOMENTS:
        raise ValueError("is not a moment that may be told")
    return value


def _outcome(value: str) -> str:
    if value != END and value not in OUTCOMES:
        raise ValueError("is not an outcome")
    return value


Address = Annotated[str, AfterValidator(_address)]
Rsin = Annotated[str, AfterValidator(normalise_rsin)]
Short = Annotated[str, Field(min_length=1, max_length=80)]


class _Part(BaseModel):
    # A fault that repeats its value would print secrets.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class TredeSettings(_Part):
    """Where Trede is, and which registered client system this is, for which case managers."""

    address: Address
    client_id: UUID
    key_file: Path
    kid: Short
    algorithm: Literal["ES384", "RS384", "PS256", "RS256"] = "ES384"
    memberships: Annotated[list[UUID], Field(min_length=1)]
    audience: Address | None = None

    @property
    def token_endpoint(self) -> str:
        return f"{self.address}/oauth2/token"


class ZgwSettings(_Part):
    """Where the case system is, and how it knows us."""

    zaken: Address
    catalogi: Address
    client_id: Short
    secret_env: Short | None = None
    secret_file: Path | None = None
    user_id: Short = "trede"
    user_representation: Short = "Trede"
    timeout_seconds: Annotated[float, Field(gt=0, le=120)] = 30.0

    @model_validator(mode="after")
    def _one_secret(self) -> Self:
        if (self.secret_env is None) == (self.secret_file is None):
            raise ValueError("give either secret_env or secret_file")
        return self

    def secret(self) -> SecretStr:
        """Read when it is needed, so a new one in the file is taken at the next start."""
        if self.secret_file is not None:
            return SecretStr(self.secret_file.read_text(encoding="utf-8").strip())
        return SecretStr(os.environ.get(self.secret_env or "", ""))


class ZaakSettings(_Part):
    """What every zaak has in common. `omschrijving` says nothing of care: nor may it."""

    zaaktype: Address
    bronorganisatie: Rsin
    verantwoordelijke_organisatie: Rsin
    vertrouwelijkheidaanduiding: Confidentiality = Confidentiality.VERTROUWELIJK
    omschrijving: Short = "Re-integratietraject"
    bron: Annotated[str, Field(min_length=1, max_length=40)] = "trede"


class RolSettings(_Part):
    """Who is told of; without a type somebody is left out. The client is never named."""

    coach: Address | None = None
    body: Address | None = None


class ZgwFile(_Part):
    """The whole file."""

    state: Path
    full_look_hours: Annotated[float, Field(gt=0)] = 24.0
    trede: TredeSettings
    zgw: ZgwSettings
    zaak: ZaakSettings
    statustypen: dict[Annotated[str, AfterValidator(_moment)], Address]
    resultaattypen: dict[Annotated[str, AfterValidator(_outcome)], Address]
    roltypen: RolSettings = RolSettings()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for name, types in (
            ("statustypen", self.statustypen),
            ("resultaattypen", self.resultaattypen),
        ):
            if END not in types:
                raise ValueError(f"{name} must name a type for `{END}`")
        within = f"{self.zgw.catalogi}/"
        if not all(url.startswith(within) for url in self.types):
            raise ValueError("every type must lie below zgw.catalogi: our token is sent there")
        return self

    @property
    def types(self) -> list[str]:
        """Every type that is named, the zaaktype first."""
        rollen = (self.roltypen.coach, self.roltypen.body)
        named = [*self.statustypen.values(), *self.resultaattypen.values(), *filter(None, rollen)]
        return list(dict.fromkeys([self.zaak.zaaktype, *named]))
