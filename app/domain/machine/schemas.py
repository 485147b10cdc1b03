"""What goes in and out about client systems."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.domain.machine.rules import Algorithm, Profile, Scope
from app.platform.http.schemas import In, Moment, Out, ShortText, Text, refuse

_KEY = {
    "kty": "EC",
    "crv": "P-384",
    "kid": "2026-1",
    "alg": "ES384",
    "x": "1CYItf8ijxd4rSGrLaZ4gaJSudx6YN7SdPTNdL1SWAyUaO-0s_7jsh9-bwBnvCRh",
    "y": "ELlQWOTRBxjlCk8nqLehsWPiSmV3Dmv5fzeJPCsd-FIirPhN_CmtO7snGGnd2_W2",
}
_EXAMPLE: dict[str, Any] = {
    "name": "Record system",
    "jwks": {"keys": [_KEY]},
    "scope": ["trede.read", "trede.write"],
}
USUAL = (Algorithm.ES384, Algorithm.RS384, Algorithm.PS256)
Algorithms = Annotated[list[Algorithm], Field(min_length=1, max_length=len(Algorithm))]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]


class _Keys(In):
    """Either the keys themselves or the address where they are published."""

    jwks: dict[str, Any] | None = None
    jwks_url: Text | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.jwks is None) == (self.jwks_url is None):
            raise refuse("wrong_combination", "Give either jwks or jwksUrl.")
        return self


class MachineIn(_Keys):
    """A client system of your organisation; its keys replace a shared secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: ShortText
    algorithms: Algorithms = Field(
        default_factory=lambda: list(USUAL),
        description="How it may sign; without it ES384, RS384 and PS256.",
    )
    scope: Scopes = Field(
        default_factory=lambda: list(Scope),
        description="What it may do at most, whoever it acts for; without it everything.",
    )
    certificate_bound: bool = Field(
        default=False,
        description="Whether it gets a token only with a client certificate, and each of its tokens"
        " is good together with that certificate only (RFC 8705).",
    )
    profile: Profile = Field(
        default=Profile.SMART,
        description="By which rules it proves itself: those of SMART Backend Services, where `iat`"
        " may be absent, or of the NL GOV profile for OAuth, where an assertion needs `iat` and a"
        " `jti` of 128 bits.",
    )


class KeysIn(_Keys):
    """New keys in place of all that were registered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"jwksUrl": "https://records.example.org/.well-known/jwks.json"}]
        }
    )

    algorithms: Annotated[
        Algorithms | None, Field(description="How it may sign; without it as it might before.")
    ] = None


class MachineOut(Out):
    """`id` is the `client_id`; a disabled one gets no token, and its live tokens stop."""

    id: UUID
    organisation_id: UUID
    name: str
    jwks: dict[str, Any] | None = None
    jwks_url: str | None = None
    algorithms: list[Algorithm]
    scope: list[Scope]
    certificate_bound: bool
    profile: Profile
    created_at: Moment
    disabled_at: Moment | None = None
