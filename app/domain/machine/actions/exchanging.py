"""Giving client systems tokens against a proof of who they are."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.services import Services
from app.access.viewers import is_machine
from app.domain.machine import queries, rules
from app.platform.http.schemas import UUID_TEXT
from app.platform.security import replay
from app.platform.security.client_assertions import (
    SHORTEST_JTI,
    RegisteredClient,
    claimed_client,
    verify_assertion,
)
from app.platform.security.keys import KeySource, PublishedKeys, StaticKeys
from app.platform.security.outward import PublicTransport
from app.platform.security.signed import RefusedError
from app.platform.security.tokens import Claims


@dataclass(frozen=True)
class Issued:
    """A token for a client system: the words of its scope, and how many seconds it lives."""

    token: str
    scope: frozenset[str]
    seconds: int


class ScopeRefused(Exception):
    """Nothing of what was asked is within what the client system may do."""


async def exchange(
    services: Services,
    assertion: str,
    token_endpoint: str,
    asked: frozenset[str] | None,
    certificate: str | None = None,
) -> Issued:
    """A proof becomes a token, once. Raises RefusedError for every proof that does not hold.

    With a certificate the token is bound to it; who is registered as bound gets no other token.
    Unknown, disabled and badly signed take the same way. Keys may have to be fetched, so no
    connection is held until the proof is to be spent.
    """
    named = claimed_client(assertion)
    async with services.engines.reader.begin() as db:
        machine = await queries.enabled(db, UUID(named)) if UUID_TEXT.fullmatch(named) else None
    proof = await verify_assertion(assertion, _client(named, machine), token_endpoint)
    if machine is None:
        raise RefusedError("client")
    if machine.certificate_bound and certificate is None:
        raise RefusedError("certificate")
    scope = frozenset(machine.scope.split())
    granted = scope if asked is None else scope & asked
    if not granted:
        raise ScopeRefused
    async with services.engines.writer.begin() as db:
        if not await replay.spend(db, proof.client_id, proof.jti, proof.remember_until):
            raise RefusedError("replay")
    issuer = services.issuer
    token = issuer.mint(
        named,
        audience=services.audience,
        client_id=named,
        scope=granted,
        certificate=certificate,
    )
    return Issued(token, granted, issuer.longest)


async def registration(db: AsyncConnection, claims: Claims) -> str | None:
    """A digest of what the tokens of this client system rest on.

    None for a person, whose login and hat are looked up each time, and for one that was disabled.
    """
    found = await queries.enabled(db, UUID(claims.subject)) if is_machine(claims) else None
    if found is None:
        return None
    keys = (found.jwks, found.jwks_url, found.keys_renewed_at)
    return sha256(repr((*keys, found.algorithms, found.scope)).encode()).hexdigest()


def _client(named: str, machine: Row[Any] | None) -> RegisteredClient:
    """What was registered; for an unknown one a registration without keys."""
    if machine is None:
        return RegisteredClient(named, StaticKeys({"keys": []}))
    keys: KeySource
    if machine.jwks is None:
        keys = _published(machine.id, machine.jwks_url, machine.keys_renewed_at)
    else:
        keys = StaticKeys(json.loads(machine.jwks))
    strict = machine.profile == rules.Profile.OAUTH_NL
    return RegisteredClient(
        str(machine.id),
        keys,
        frozenset(machine.algorithms.split()),
        jwks_url=machine.jwks_url,
        iat_required=strict,
        shortest_jti=rules.JTI_OF_128_BITS if strict else SHORTEST_JTI,
    )


@lru_cache(maxsize=1000)
def _published(_machine_id: UUID, url: str, _renewed_at: datetime | None) -> PublishedKeys:
    """Kept per machine until its keys are renewed, so that they are not fetched for every token."""
    return PublishedKeys(url, transport=PublicTransport())
