"""The same questions over HTTP: records, lists, and the overview in which the client reads why."""

from typing import Any
from uuid import UUID

from app.access.vocabulary import Category, Purpose
from tests.access.test_agreement import Eyes, Seen
from tests.build.stage import Stage
from tests.build.worlds import RandomWorld
from tests.oracle.deciding import Decisions
from tests.oracle.facts import MACHINE

OF_TRAJECTORY = {
    "insurance_physician_note": "insurance-physician-notes",
    "psychological_anamnesis": "psychological-anamneses",
    "work_advice": "work-advice",
    "work_capacity": "work-capacity",
    "work_history": "work-history",
}
"""Tables whose random rows are fit to be answered over HTTP, with their lists."""
NOBODY = 403
"""The hat is not in force, or the purpose is not one of this role."""
NO_LOGIN = 401
"""A client system that was disabled."""


def purpose_of(eyes: Eyes) -> str:
    return next((p.value for p in Purpose if p.bit == eyes.purpose), "none")


async def asked(stage: Stage, eyes: Eyes, path: str) -> tuple[int, dict[str, Any]]:
    """As this viewer; an answer that was not found holds nothing."""
    purpose = purpose_of(eyes)
    token = token_of(stage, eyes, None if purpose == "none" else purpose)
    answer = await stage.http.get(path, headers={"Authorization": f"Bearer {token}"})
    status = NOBODY if answer.status_code == NO_LOGIN else answer.status_code
    assert status in {200, 404, NOBODY}, answer.text
    return status, dict(answer.json()) if status == 200 else {}


def token_of(stage: Stage, eyes: Eyes, purpose: str | None) -> str:
    """A client system has its token from the product itself, and wears no other hat."""
    issuer, named, hat = stage.issuer, "trede-demo", eyes.hat
    if eyes.name == MACHINE:
        return stage.app.state.services.issuer.mint(  # type: ignore[no-any-return]
            eyes.subject,
            audience=stage.audience,
            client_id=eyes.subject,
            purpose=purpose,
            scope=("trede.read", "trede.write"),
        )
    return issuer.mint(
        eyes.subject, audience=stage.audience, client_id=named, membership=hat, purpose=purpose
    )


async def found_over_http(stage: Stage, world: RandomWorld, eyes: Eyes) -> Seen | None:
    """What this viewer finds when asking the API itself; None where it is not let in at all."""
    found: Seen = set()
    status, _ = await asked(stage, eyes, f"/v1/clients/{world.client}")
    if status == NOBODY:
        return None
    if status != 404:
        found.add(("client", world.client))
    for trajectory in world.trajectories:
        for table, path in OF_TRAJECTORY.items():
            status, page = await asked(
                stage, eyes, f"/v1/trajectories/{trajectory}/{path}?pageSize=100"
            )
            if status != 404:
                found |= {(table, UUID(item["id"])) for item in page["items"]}
                found.add(("trajectory", trajectory))
    return found


def expected_over_http(decided: Decisions, eyes: Eyes) -> Seen:
    """Of what the oracle allows: the roots, and what hangs under a root that is seen."""
    allowed = decided.seen_by(eyes.hat, purpose_of(eyes))
    under = {
        (place, record)
        for place, record in allowed
        if place in OF_TRAJECTORY
        and ("trajectory", decided.trajectory_of(place, record)) in allowed
    }
    return under | {(p, r) for p, r in allowed if p in {"client", "trajectory"}}


async def decided_over_http(
    stage: Stage, world: RandomWorld, eyes: Eyes
) -> dict[tuple[str, UUID, str, str], bool] | None:
    """Each decision of this viewer about itself: by kind of resource, its id, category and wish."""
    purpose = purpose_of(eyes)
    token = token_of(stage, eyes, None if purpose == "none" else purpose)
    kind = "machine" if eyes.name == MACHINE else ("membership" if eyes.grantees[1:] else "link")
    subject = {"type": kind.replace("link", "account_link"), "id": str(eyes.hat)}
    found: dict[tuple[str, UUID, str, str], bool] = {}
    resources = [("client", world.client), *(("trajectory", each) for each in world.trajectories)]
    for resource, key in resources:
        about = [(c.value, wish) for c in Category for wish in ("read", "read_any")]
        asked = [
            {
                "action": {"name": wish},
                "resource": {
                    "type": resource,
                    "id": str(key),
                    "properties": {"category": category},
                },
            }
            for category, wish in about
        ]
        answer = await stage.http.post(
            "/access/v1/evaluations",
            json={"subject": subject, "evaluations": asked},
            headers={"Authorization": f"Bearer {token}"},
        )
        if answer.status_code in {NO_LOGIN, NOBODY}:
            return None
        for (category, wish), one in zip(about, answer.json()["evaluations"], strict=True):
            found[resource, key, category, wish] = one["decision"]
    return found


Told = set[tuple[str | None, str, str, str]]
"""Organisation, role, category and ground."""


async def told_over_http(stage: Stage, client: UUID, eyes: Eyes) -> Told:
    """The overview, as lines of one category and one ground."""
    status, overview = await asked(stage, eyes, f"/v1/clients/{client}/access-overview")
    assert status == 200
    return {
        (party.get("organisationId"), party["role"], seen["category"], why["basis"])
        for party in overview["parties"]
        for why in party["reasons"]
        for seen in why["categories"]
    }


def expected_in_overview(decided: Decisions) -> Told:
    """All that anybody but the client may see, of whichever record.

    A client system is told as what it is logged as: a clinician of its organisation.
    """
    return {
        (organisation, "clinician" if role == MACHINE else role, category, ground)
        for organisation, role, category, ground in decided.sights
        if ground != "self"
    }
