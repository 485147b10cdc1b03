"""A client system for tests: its key, its registration over HTTP, and its way to a token."""

import time
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import httpx

from app.platform.security.client_assertions import ASSERTION_TYPE
from tests.build.stage import Stage
from tests.platform.forging import ABSENT, ec_key, forged, public_jwk

TOKEN = "/oauth2/token"


@dataclass
class System:
    """A record system that holds a private key, and what the application knows of it."""

    stage: Stage
    id: str
    key: Any
    kid: str = "k1"

    def assertion(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A proof that holds, apart from what is changed."""
        body = {
            "iss": self.id,
            "sub": self.id,
            "aud": f"{self.stage.http.base_url}{TOKEN}",
            "jti": token_urlsafe(16),
            "exp": int(time.time()) + 120,
            "client_id": ABSENT,
        }
        head = {"alg": "ES384", "kid": self.kid, "typ": "JWT"}
        return forged(head | (header or {}), body | claims, key=self.key)

    async def ask(self, assertion: str | None = None, **form: str) -> httpx.Response:
        """What the token endpoint answers."""
        sent = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion() if assertion is None else assertion,
        }
        return await self.stage.http.post(TOKEN, data=sent | form)

    async def token(self, **form: str) -> str:
        answer = await self.ask(**form)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    async def call(
        self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str
    ) -> httpx.Response:
        """As this system; with `on_behalf_of=` for a member."""
        sent = {"Authorization": f"Bearer {token or await self.token()}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.stage.http.request(method, path, json=body, headers=sent)


async def system_of(
    stage: Stage, admin: str = "ggz_admin", key: str = "records", **more: Any
) -> System:
    """Registered by the administrator of an organisation."""
    private = ec_key(key)
    document = {"keys": [public_jwk(private, kid="k1", use="sig", alg="ES384")]}
    body = {"name": "Record system", "jwks": document, **more}
    made = await stage.made(admin, "/v1/machines", body)
    return System(stage, made["id"], private)
