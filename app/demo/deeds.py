"""What parties do in more than one play, each a few requests."""

from typing import Any

from app.access.vocabulary import GGZ_TEAM
from app.demo.cast import BSN, PEOPLE, subject
from app.demo.script import Scene

TEXT = "2025-01"
"""The version of the texts that a client reads before saying yes."""
SEE = ["reintegration"]
SEE_IN_CARE = ["treatment", "reintegration"]


async def register(scene: Scene, birth_date: str) -> None:
    """The clinician registers the client, links the client's login, and brings the psychologist."""
    name = scene.client.capitalize()
    body = {"bsn": BSN[scene.client], "givenName": "Testclient", "familyName": name}
    clinician = scene.part("clinician")
    made = await scene.player.made(clinician, "/v1/clients", {**body, "birthDate": birth_date})
    await link(scene, "client", scene.client, scene.keep("client", made))
    colleague = {"membershipId": scene.member("psychologist")}
    await scene.player.made(clinician, f"{scene.of_client}/treatment-team", colleague)


async def link(
    scene: Scene, role: str, persona: str, client: str, person: str | None = None
) -> None:
    """This login is, or acts for, the client."""
    login = {"issuer": scene.cast.issuer, "subject": subject(persona), "personId": person}
    body = {"clientId": client, "role": role, **login}
    await scene.player.made(scene.part("clinician"), "/v1/account-links", body)


def recipient(scene: Scene, role: str, *, person: bool = False) -> dict[str, str]:
    """The organisation and role of a party, or that one person."""
    found = {"organisationId": scene.organisation(role), "role": PEOPLE[scene.part(role)][1]}
    return {**found, "membershipId": scene.member(role)} if person else found


async def consent(
    scene: Scene,
    key: str,
    to: dict[str, str],
    categories: list[str],
    *,
    sender: str | None,
    record: str | None = None,
) -> None:
    """The client says yes in the portal; `sender` is a role, or None for the client himself."""
    body = {
        "kind": "secrecy_waiver" if sender == "clinician" else "gdpr_consent",
        "trajectoryId": scene["trajectory"],
        "senderOrganisationId": None if sender is None else scene.organisation(sender),
        "recipient": to,
        "categories": categories,
        "purposes": SEE_IN_CARE if to["role"] in GGZ_TEAM else SEE,
        "recordId": record,
        "textVersion": TEXT,
        "givenHow": "portal",
    }
    made = await scene.player.made(scene.client, f"{scene.of_client}/consents", body)
    scene.keep(key, made)


async def refer(scene: Scene, to: str, goal: str, agreed_on: str) -> None:
    """The clinician tells the body what the client agreed to; it waits in the inbox."""
    body = {
        "trajectoryId": scene["trajectory"],
        "toOrganisationId": scene.organisation(to),
        "role": PEOPLE[scene.part(to)][1],
        "goal": goal,
        "clientAgreedOn": agreed_on,
        "consentId": scene["k1"],
        "uwvBenefitConfirmed": to == "expert",
    }
    scene.keep("referral", await scene.player.made(scene.part("clinician"), "/v1/referrals", body))


async def accept(scene: Scene, by: str, legal_frame: str, *colleagues: str) -> None:
    """The body becomes responsible, and whoever accepts takes part with these colleagues."""
    members = [scene.member(role) for role in colleagues]
    body = {"participants": members, "legalFrame": legal_frame}
    resource = f"/v1/referrals/{scene['referral']}"
    await scene.player.act(scene.part(by), resource, "acceptances", body)


async def move(scene: Scene, by: str, to: str, on: str, **more: str) -> None:
    """A step of the process without a record of its own."""
    body = {"to": to, "on": on, **more}
    await scene.player.act(by, scene.of_trajectory, "transitions", body)


async def add(scene: Scene, key: str, by: str, collection: str, body: dict[str, Any]) -> None:
    """A record of this trajectory."""
    path = f"{scene.of_trajectory}/{collection}"
    scene.keep(key, await scene.player.made(by, path, body))


async def act(scene: Scene, by: str, record: str, act: str, body: Any = None) -> None:
    """An act on a record of this trajectory, named as `action-plans/plan1`."""
    collection, key = record.split("/")
    resource = f"{scene.of_trajectory}/{collection}/{scene[key]}"
    await scene.player.act(by, resource, act, body)


async def link_coach(scene: Scene, by: str, on: str, number: str) -> None:
    """The body gives a coach the assignment, after the client's yes to this party."""
    agreed = {"agreedOn": on, "how": "spoken"}
    body = {
        "membershipId": scene.member("coach"),
        "assignmentNumber": number,
        "clientAgreement": agreed,
    }
    await add(scene, "coach", scene.part(by), "participants", body)


async def plan(scene: Scene, key: str, by: str, on: str, *goals: tuple[str, str, str]) -> None:
    """A version of the action plan (what, whose, by when), to which the client says yes."""
    told = [{"goal": what, "owner": owner, "dueOn": due} for what, owner, due in goals]
    await add(scene, key, scene.part(by), "action-plans", {"madeOn": on, "goals": told})
    await act(scene, scene.client, f"action-plans/{key}", "agreements")


async def measure(scene: Scene, key: str, rung: int, on: str, occasion: str, **notes: Any) -> None:
    """A rung, by the coach once there is one, before that by the body; the client agrees."""
    by = "coach" if "coach" in scene.kept else scene.seat
    body = {"rung": rung, "measuredOn": on, "occasion": occasion, **notes}
    await add(scene, key, scene.part(by), "ladder-measurements", body)
    agrees = {"agrees": "yes"}
    await act(scene, scene.client, f"ladder-measurements/{key}", "agreements", agrees)
