"""Who acts for a client or is trusted by one, with a login of their own."""

from typing import Any

from app.access.vocabulary import Role
from tests.build.stage import Party, Stage

MANDATE: dict[str, Any] = {
    "name": "Gemachtigde-E1",
    "kind": "written_authorisation",
    "scope": ["identity", "existence"],
    "evidence": "Machtiging getekend op 3 januari",
}
TRUST: dict[str, Any] = {"name": "Naaste-E1", "scope": ["existence", "status"]}


async def acts_for(stage: Stage, of_client: str, key: str, by: str = "clinician") -> None:
    """A mandate to act for this client, with the login of this party."""
    made = await stage.made(by, f"{of_client}/representatives", MANDATE)
    await stage.made(by, "/v1/account-links", _login(stage, of_client, key, made["id"]))
    stage.parties[key] = Party(key, f"subject-{key}", role=Role.REPRESENTATIVE)


async def is_trusted(stage: Stage, of_client: str, key: str, by: str) -> None:
    """What this client lets the party see, with a login of its own."""
    made = await stage.made(by, f"{of_client}/supporters", TRUST)
    login = _login(stage, of_client, key, made["id"])
    await stage.made(by, "/v1/account-links", {**login, "role": Role.SUPPORTER})
    stage.parties[key] = Party(key, f"subject-{key}", role=Role.SUPPORTER)


def _login(stage: Stage, of_client: str, key: str, person: str) -> dict[str, str]:
    return {
        "clientId": of_client.rpartition("/")[2],
        "role": Role.REPRESENTATIVE,
        "personId": person,
        "issuer": stage.issuer.url,
        "subject": f"subject-{key}",
    }
