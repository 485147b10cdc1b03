"""What the tests of consent have in common: one shared record, and the bodies of the acts."""

from typing import Any

from app.access.vocabulary import Role
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Party, Stage

QUESTION: dict[str, Any] = {
    "askedOn": "2025-01-14",
    "workStatus": "no_work",
    "benefitStatus": "wia",
    "wantsWork": "yes",
    "wish": "Iets met hout.",
}
ABSENT = "11111111-2222-4333-8444-555555555555"


async def with_question(stage: Stage) -> tuple[Situation, str]:
    """Alfa's trajectory, and the address of a work question that the clinician wrote."""
    alfa = await wgb_at_uwv(stage)
    made = await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    return alfa, f"{alfa.of_client}/work-questions/{made['id']}"


def party(stage: Stage, key: str) -> dict[str, str]:
    who = stage.parties[key]
    return {"organisationId": str(who.organisation), "role": str(who.role)}


def consent(alfa: Situation, sender: str | None, to: str, *categories: str) -> dict[str, Any]:
    """Given in the portal, for reintegration, in this trajectory."""
    organisations = alfa.stage.organisations
    return {
        "kind": "secrecy_waiver",
        "trajectoryId": str(alfa.trajectory),
        "senderOrganisationId": None if sender is None else str(organisations[sender]),
        "recipient": party(alfa.stage, to),
        "categories": list(categories),
        "purposes": ["reintegration"],
        "textVersion": "2025-01",
        "givenHow": "portal",
    }


def seen_by_sender(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "givenHow": "paper", "evidence": "Formulier getekend op 14 januari"}


async def linked(alfa: Situation, by: str, role: Role, person: str, name: str) -> None:
    """From now on `name` logs in as this representative or supporter of the client."""
    stage = alfa.stage
    link = {
        "clientId": str(alfa.client),
        "role": role.value,
        "personId": person,
        "issuer": stage.issuer.url,
        "subject": f"subject-{name}",
    }
    assert (await stage.made(by, "/v1/account-links", link))["id"] == person
    stage.parties[name] = Party(name, f"subject-{name}", role=role)
