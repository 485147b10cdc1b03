"""Tokens bound to a client certificate (RFC 8705): good with that one, told by our proxy only."""

import json
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.platform.http.certificates import Proxy
from tests.build.machines import System, system_of
from tests.build.stage import Stage

SECRET = "a-secret-of-the-proxy-and-of-nobody-else"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def certificate(name: str) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(called, called, key.public_key(), 7)
    dated = made.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=30))
    return dated.sign(key, hashes.SHA256())


ONE, OTHER = certificate("records"), certificate("other")


def rfc9440(held: x509.Certificate) -> str:
    return f":{b64encode(held.public_bytes(Encoding.DER)).decode()}:"


def escaped(held: x509.Certificate) -> str:
    return quote(held.public_bytes(Encoding.PEM))


def by_proxy(held: x509.Certificate, secret: str = SECRET, form: Any = rfc9440) -> dict[str, str]:
    return {"Client-Cert": form(held), "X-Trede-Proxy": secret}


@pytest.fixture
def proxied(stage: Stage) -> Iterator[Stage]:
    """As if the application was started with the secret of a proxy."""
    shell: Any = stage.app.middleware_stack
    before, shell.proxy = shell.proxy, Proxy(SECRET)
    yield stage
    shell.proxy = before


async def bound(stage: Stage, system: System, **headers: str) -> Any:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": system.assertion(),
    }
    return await stage.http.post("/oauth2/token", data=form, headers=headers)


async def me(stage: Stage, token: str, **headers: str) -> int:
    sent = {"Authorization": f"Bearer {token}", **headers}
    return (await stage.http.get("/v1/me", headers=sent)).status_code


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


@pytest.mark.parametrize("form", [rfc9440, escaped])
async def test_a_token_asked_with_a_certificate_is_good_with_that_one_only(
    proxied: Stage, form: Any
) -> None:
    system = await system_of(proxied)
    answer = await bound(proxied, system, **by_proxy(ONE, form=form))
    token = answer.json()["access_token"]
    digest = sha256(ONE.public_bytes(Encoding.DER)).digest()
    assert urlsafe_b64decode(claims(token)["cnf"]["x5t#S256"] + "=") == digest
    assert await me(proxied, token, **by_proxy(ONE)) == 200
    assert await me(proxied, token, **by_proxy(ONE, form=escaped)) == 200
    assert await me(proxied, token) == 401
    assert await me(proxied, token, **by_proxy(OTHER)) == 401
    assert await me(proxied, token, **by_proxy(ONE)) == 200  # also when it was refused between


async def test_nobody_but_the_proxy_tells_of_a_certificate(proxied: Stage) -> None:
    system = await system_of(proxied)
    token = (await bound(proxied, system, **by_proxy(ONE))).json()["access_token"]
    for told in (
        {"Client-Cert": rfc9440(ONE)},
        by_proxy(ONE, secret=SECRET[:-1]),
        by_proxy(ONE, secret=""),
        {"Client-Cert": "::", "X-Trede-Proxy": SECRET},
        {"Client-Cert": rfc9440(ONE)[:-2] + ":", "X-Trede-Proxy": SECRET},
        {"Client-Cert": escaped(ONE) + escaped(OTHER), "X-Trede-Proxy": SECRET},
        {"X-Client-Cert": rfc9440(ONE), "X-Trede-Proxy": SECRET},
        {"X-SSL-Client-Cert": escaped(ONE), "X-Trede-Proxy": SECRET},
    ):
        assert await me(proxied, token, **told) == 401, told.keys()
    twice = [
        ("Authorization", f"Bearer {token}"),
        *by_proxy(ONE).items(),
        ("Client-Cert", rfc9440(OTHER)),
    ]
    assert (await proxied.http.get("/v1/me", headers=twice)).status_code == 401


async def test_without_a_secret_no_certificate_counts_from_anybody(stage: Stage) -> None:
    system = await system_of(stage)
    answer = await bound(stage, system, **by_proxy(ONE))
    assert "cnf" not in claims(answer.json()["access_token"])
    document = (await stage.http.get("/.well-known/oauth-authorization-server")).json()
    assert document["tls_client_certificate_bound_access_tokens"] is False


async def test_who_is_registered_as_bound_gets_no_token_without_a_certificate(
    proxied: Stage,
) -> None:
    system = await system_of(proxied, certificateBound=True)
    shown = await proxied.seen("ggz_admin", f"/v1/machines/{system.id}")
    assert shown["certificateBound"] is True
    refused = await bound(proxied, system)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    stranger = System(proxied, system.id, system.key, kid="k2")
    assert (await bound(proxied, stranger)).content == refused.content
    assert (await bound(proxied, system, **by_proxy(ONE))).status_code == 200


async def test_a_facade_takes_a_bound_token_with_its_certificate_only(proxied: Stage) -> None:
    system = await system_of(proxied)
    token = (await bound(proxied, system, **by_proxy(ONE))).json()["access_token"]
    question = {
        "subject": {"type": "machine", "id": system.id},
        "action": {"name": "read"},
        "resource": {"type": "client", "id": system.id, "properties": {"category": "ladder"}},
    }
    for headers, status in ((by_proxy(ONE), 200), (by_proxy(OTHER), 401), ({}, 401)):
        sent = {"Authorization": f"Bearer {token}", **headers}
        answer = await proxied.http.post("/access/v1/evaluation", json=question, headers=sent)
        assert answer.status_code == status
