"""Who sent a file is kept as one flat object: an import may wait while another version comes."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.bulk.actions.sender import Sender, sender_of
from app.platform.security.tokens import Claims

MEMBERSHIP = "6f0b1f9e-8c64-4b7b-9a3c-0f3f0f0f0f01"
KEPT = {
    "issuer": "https://login.example.org",
    "subject": "records",
    "client_id": "records",
    "purpose": "reintegration",
    "membership": None,
    "scope": ["trede.read", "trede.write"],
    "on_behalf_of": MEMBERSHIP,
    "purpose_of_use": None,
}
SENDER = Sender(
    Claims(
        issuer="https://login.example.org",
        subject="records",
        client_id="records",
        membership=None,
        purpose="reintegration",
        scope=frozenset({"trede.read", "trede.write"}),
        jti="7d1c",
        expires_at=datetime(2025, 1, 14, 9, 5, tzinfo=UTC),
        certificate="x" * 43,
    ),
    on_behalf_of=MEMBERSHIP,
    purpose_of_use=None,
)


@pytest.mark.parametrize("membership", [None, MEMBERSHIP])
def test_what_waits_is_read_as_it_was_always_kept(membership: str | None) -> None:
    wish = None if membership is None else UUID(membership)
    sender = replace(SENDER, claims=replace(SENDER.claims, membership=wish))
    kept = json.loads(sender.kept())
    kept["scope"].sort()
    assert kept.pop("registration") is None, "what an earlier version does not write"
    assert kept == {**KEPT, "membership": membership}
    found = sender_of(json.dumps(kept))
    once, claims = sender.claims, found.claims
    bound = replace(claims, jti=once.jti, expires_at=once.expires_at, certificate=once.certificate)
    assert replace(found, claims=bound) == sender


def test_a_sender_is_not_bound_to_the_token_that_ends_before_the_work() -> None:
    claims = sender_of(SENDER.kept()).claims
    assert (claims.certificate, claims.jti) == (None, "import")
    assert claims.expires_at == datetime.max.replace(tzinfo=UTC)
