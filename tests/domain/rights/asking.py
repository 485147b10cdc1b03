"""A client with words of three organisations on record, and a privacy desk at two of them."""

from dataclasses import dataclass
from typing import Any

from app.access.vocabulary import Role
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

WISH = "Iets met paarden en Zonnebloemweg zestien."
GOALS = "Weer slapen zonder oxazepamgebruik."
WORKPLACE = "Een rustige Kraaienhoek bij het raam."
WORDS = "Mijn eigen Wolkenwoorden van vandaag."
QUESTION: dict[str, Any] = {
    "askedOn": "2025-01-14",
    "occasion": "intake",
    "workStatus": "on_sick_leave",
    "benefitStatus": "wia",
    "wantsWork": "yes",
    "wish": WISH,
}
PLAN: dict[str, Any] = {"madeOn": "2025-01-14", "goals": [{"goal": GOALS}], "interventions": []}
CONDITIONS: dict[str, Any] = {"talkOn": "2025-01-14", "hoursPerDay": 4, "workplace": WORKPLACE}
FEELING: dict[str, Any] = {"kind": "own_words", "measuredOn": "2025-01-14", "ownWords": WORDS}


@dataclass
class File:
    """Where the words are."""

    alfa: Situation
    question: str
    plan: str
    conditions: str
    feeling: str


async def with_file(stage: Stage) -> File:
    stage.member("desk", Role.PRIVACY_DESK, "ggz", "Loket-A1")
    stage.member("uwv_desk", Role.PRIVACY_DESK, "uwv", "Loket-U1")
    alfa = await wgb_at_uwv(stage)
    of_client, of_trajectory = alfa.of_client, alfa.of_trajectory
    made = [
        ("clinician", f"{of_client}/work-questions", QUESTION),
        ("clinician", f"{of_client}/treatment-plans", PLAN),
        ("physician", f"{of_trajectory}/work-capacity", CONDITIONS),
        ("alfa", f"{of_trajectory}/wellbeing", FEELING),
    ]
    paths = [f"{path}/{(await stage.made(by, path, body))['id']}" for by, path, body in made]
    return File(alfa, *paths)


async def asked(stage: Stage, file: File, organisation: str = "ggz", kind: str = "erasure") -> str:
    """A request of the client; its path."""
    body = {"kind": kind, "organisationId": str(stage.organisations[organisation])}
    made = await stage.made("alfa", f"{file.alfa.of_client}/data-subject-requests", body)
    return f"/v1/data-subject-requests/{made['id']}"


def destroying(category: str, **more: Any) -> dict[str, Any]:
    return {"category": category, "outcome": "destroy", "ground": "on_request", **more}


def refusing(category: str, **more: Any) -> dict[str, Any]:
    return {"category": category, "outcome": "refuse", "ground": "interest_of_another", **more}


async def held(stage: Stage, request: str, desk: str = "desk") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await stage.made(desk, f"{request}/records/_search"))["items"]
    return items
