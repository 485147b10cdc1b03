"""Trajectory H4 as a play: green activation under the Participation Act, without any care in it."""

from typing import Any
from uuid import UUID

from app.demo import conversing, deeds
from app.demo.cast import BSN
from app.demo.script import Scene, Script
from tests.build.stage import Stage

DELTA = Script()
THROUGH = {
    "phase": "plan",
    "startsOn": "2025-09-22",
    "endsOn": "2025-12-22",
    "contactsPerMonth": 4,
    "areas": ["housing", "money", "social_network"],
}
"""Support through the move (CTI, phase 1), in at most three areas of life."""
FOUR = ("biological", "psychological", "mental_recovery", "social")


async def linked(scene: Scene) -> None:
    """The login of the client, put into the tables as the stage does; nobody of care is there."""
    if not isinstance(scene.player, Stage):
        raise TypeError("played on the stage of the tests only")
    await scene.player.link(scene.client, UUID(scene["client"]))


async def mark(scene: Scene, key: str, on: str, *scores: int) -> None:
    """The four mechanisms, by the client."""
    told = [{"subject": s, "score": n} for s, n in zip(FOUR, scores, strict=True)]
    body = {"kind": "green_mechanisms", "measuredOn": on, "scores": told}
    await deeds.add(scene, key, scene.client, "wellbeing", body)


async def come(scene: Scene, key: str, since: str, half_days: float, **more: Any) -> None:
    """So many half-days a week from this day on."""
    body = {
        "form": "activation_recovery",
        "setting": "group",
        "mixed": True,
        "since": since,
        "halfDaysPerWeek": half_days,
    }
    await deeds.add(scene, key, scene.part("coach"), "day-activities", body | more)


async def serve(scene: Scene, key: str, by: str | None, to: str) -> None:
    """Agreeing with the help offered: these two may tell each other what it takes."""
    body = {
        "kind": "service_agreement",
        "trajectoryId": scene["trajectory"],
        "senderOrganisationId": None if by is None else scene.organisation(by),
        "recipient": deeds.recipient(scene, to),
        "categories": ["existence", "identity", "start_conversation"],
        "purposes": deeds.SEE,
        "textVersion": deeds.TEXT,
        "givenHow": "portal",
    }
    made = await scene.player.made(scene.client, f"{scene.of_client}/consents", body)
    scene.keep(key, made)


@DELTA.on("2025-03-10", "Klantmanager-D1 registers Delta and asks Tuin Voorbeeld; ladder 1.")
async def referred(scene: Scene) -> None:
    scene.care = ()
    manager = scene.part("manager")
    name = {"givenName": "Testclient", "familyName": "Delta", "birthDate": "1982-09-30"}
    body = {
        "newClient": {"bsn": BSN["delta"], **name},
        "kind": "green_activation",
        "legalFrame": "participatiewet",
        "funding": "participatiewet",
    }
    made = await scene.player.made(manager, "/v1/trajectories", body)
    scene.keep("trajectory", made)
    scene.kept["client"] = made["clientId"]
    await linked(scene)
    await deeds.measure(scene, "ladder1", 1, "2025-03-10", "start")
    goal = ("Vaker de deur uit, in de tuin.", "client", "2025-09-01")
    await deeds.plan(scene, "plan1", "manager", "2025-03-10", goal)
    await deeds.link_coach(scene, "manager", "2025-03-10", "TEST-0004")
    await deeds.move(scene, scene.part("coach"), "assignment_accepted", "2025-03-10")
    await serve(scene, "agreed", "manager", "coach")
    await serve(scene, "agreed-back", "coach", "manager")


@DELTA.on("2025-03-17", "The three talk: success is twice a week out of the house.")
async def start_conversation(scene: Scene) -> None:
    at = "2025-03-17T10:00:00+01:00"
    await conversing.arrange(scene, "talk", "three_way", "manager", at)
    await conversing.open_to_all(scene, "talk")
    minutes = {
        "successDefinition": "Twee keer per week de deur uit.",
        "reviewDates": ["2026-03-16"],
    }
    await conversing.hold(scene, "talk", "manager", "2025-03-17", minutes)
    await conversing.confirm(scene, "talk")


@DELTA.on("2025-03-24", "The first of three trial mornings.")
async def try_out(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "try_out_started", "2025-03-24")
    await morning(scene, "2025-03-24")


async def morning(scene: Scene, on: str) -> None:
    body = {"kind": "client_contact", "happenedOn": on, "mode": "face_to_face"}
    more = {"place": "workplace", "minutes": 180}
    await deeds.add(scene, f"morning {on}", scene.part("coach"), "contacts", body | more)


@DELTA.on("2025-04-07", "The third.")
async def third_morning(scene: Scene) -> None:
    await morning(scene, "2025-03-31")
    await morning(scene, "2025-04-07")


@DELTA.on("2025-04-14", "Delta comes one half-day a week, in a mixed group; first marks.")
async def active(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "activated", "2025-04-14")
    await come(scene, "garden1", "2025-04-14", 1)
    await mark(scene, "marks1", "2025-04-14", 4, 3, 3, 2)


@DELTA.on("2025-06-30", "Two half-days; ladder 2.")
async def more_often(scene: Scene) -> None:
    await come(scene, "garden2", "2025-06-30", 2, supersedes=scene["garden1"])
    await deeds.measure(scene, "ladder2", 2, "2025-06-30", "change", criteria={"weekly": True})


@DELTA.on("2025-07-07", "Delta lets Behandelaar-D1 see that there is a trajectory, and the marks.")
async def own_choice(scene: Scene) -> None:
    body = {
        "kind": "gdpr_consent",
        "trajectoryId": scene["trajectory"],
        "senderOrganisationId": None,
        "recipient": deeds.recipient(scene, "clinician"),
        "categories": ["existence", "wellbeing"],
        "purposes": deeds.SEE_IN_CARE,
        "textVersion": deeds.TEXT,
        "givenHow": "portal",
    }
    path = f"{scene.of_client}/consents"
    scene.keep("d1", await scene.player.made(scene.client, path, body))


@DELTA.on("2025-09-22", "Delta moves to a flat of one's own: happy, and vulnerable.")
async def moving(scene: Scene) -> None:
    body = {
        "kind": "moving",
        "happensOn": "2025-09-22",
        "extraSupportFrom": "2025-09-22",
        "extraSupportUntil": "2025-12-22",
    }
    await deeds.add(scene, "flat", scene.client, "life-events", body)
    await deeds.add(scene, "through", scene.client, "transition-support", THROUGH)


@DELTA.on("2025-10-13", "Ladder 3; second marks.")
async def organised(scene: Scene) -> None:
    criteria = {"organised": True, "weekly": True}
    await deeds.measure(scene, "ladder3", 3, "2025-10-13", "six_monthly", criteria=criteria)
    await mark(scene, "marks2", "2025-10-13", 6, 5, 5, 6)


@DELTA.on("2026-03-16", "Review: Delta stays, waters and opens the garden now; ladder 4.")
async def stays(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "reviewed", "2026-03-16", outcome="stays")
    tasks = ["Water geven.", "De tuin openen."]
    await come(scene, "garden3", "2026-03-16", 2, tasks=tasks, supersedes=scene["garden2"])
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    notes = {"criteria": criteria, "reason": "Opent zelf de tuin: anderen rekenen daarop."}
    await deeds.measure(scene, "ladder4", 4, "2026-03-16", "change", **notes)


@DELTA.on("2026-03-23", "Third marks.")
async def marks(scene: Scene) -> None:
    await mark(scene, "marks3", "2026-03-23", 7, 6, 6, 7)
