"""A worked green-recovery trajectory as a play of our own (part B4): three phases, back to work.

Golf has a job and is ill (Sickness Benefits Act); hours are built up phase by phase, and what Golf
writes down stays Golf's own.
"""

from app.demo import deeds
from app.demo.cast import BSN
from app.demo.script import Scene, Script
from tests.scenarios.delta import mark

GOLF = Script()


async def hours(scene: Scene, key: str, since: str, half_days: float, each: float) -> None:
    """So many hours a week from this day on."""
    body = {
        "form": "activation_recovery",
        "setting": "group",
        "since": since,
        "halfDaysPerWeek": half_days,
        "hoursPerWeek": each,
    }
    await deeds.add(scene, key, scene.part("coach"), "day-activities", body)


async def reflect(scene: Scene, key: str, on: str, words: str) -> None:
    body = {"kind": "reflection", "measuredOn": on, "ownWords": words}
    await deeds.add(scene, key, scene.client, "wellbeing", body)


@GOLF.on("2025-02-10", "Behandelaar-G1 starts green recovery and refers Golf to UWV.")
async def referred(scene: Scene) -> None:
    clinician = scene.part("clinician")
    name = {"givenName": "Testclient", "familyName": "Golf", "birthDate": "1984-12-05"}
    made = await scene.player.made(clinician, "/v1/clients", {"bsn": BSN["golf"], **name})
    await deeds.link(scene, "client", scene.client, scene.keep("client", made))
    body = {
        "clientId": scene["client"],
        "kind": "green_recovery",
        "legalFrame": "ziektewet",
        "funding": "uwv",
    }
    scene.keep("trajectory", await scene.player.made(clinician, "/v1/trajectories", body))
    shared = ["identity", "existence", "action_plan"]
    await deeds.consent(scene, "k1", deeds.recipient(scene, "expert"), shared, sender="clinician")
    await deeds.refer(scene, "expert", "Buiten weer op krachten komen.", "2025-02-10")


@GOLF.on("2025-02-17", "Deskundige-G1 accepts, and asks Tuin Voorbeeld.")
async def accepted(scene: Scene) -> None:
    await deeds.accept(scene, "expert", "ziektewet")
    await deeds.link_coach(scene, "expert", "2025-02-17", "TEST-0007")


@GOLF.on("2025-03-03", "The intake at the garden.")
async def intake(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "intake_held", "2025-03-03")


@GOLF.on("2025-03-10", "Phase 1, rest: two half-days outside; the first marks.")
async def rest(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "rest_phase", "2025-03-10")
    await hours(scene, "hours1", "2025-03-10", 1, 3)
    await mark(scene, "marks1", "2025-03-10", 3, 2, 2, 4)


@GOLF.on("2025-03-24", "Golf writes a reflection.")
async def reflection(scene: Scene) -> None:
    await reflect(scene, "reflection1", "2025-03-24", "Niets hoeven is wennen.")


@GOLF.on("2025-04-21", "Phase 2, energy and the rhythm of work: three half-days.")
async def energy(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "energy_phase", "2025-04-21")
    await hours(scene, "hours2", "2025-04-21", 3, 9)
    await reflect(scene, "reflection2", "2025-04-21", "Ik slaap weer door.")


@GOLF.on("2025-05-12", "A pause of two weeks.")
async def paused(scene: Scene) -> None:
    body = {"pausedOn": "2025-05-12", "reason": "illness"}
    await deeds.add(scene, "pause", scene.part("clinician"), "pauses", body)


@GOLF.on("2025-05-26", "Golf goes on.")
async def resumed(scene: Scene) -> None:
    again = {"resumedOn": "2025-05-26"}
    await deeds.act(scene, scene.part("clinician"), "pauses/pause", "resumptions", again)


@GOLF.on("2025-06-16", "Phase 3, orientation: four half-days, and talks about the own job.")
async def orientation(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "orientation_phase", "2025-06-16")
    await hours(scene, "hours3", "2025-06-16", 4, 16)


@GOLF.on("2025-08-11", "Back to work; the last marks.")
async def back(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "back_to_work", "2025-08-11")
    await mark(scene, "marks2", "2025-08-11", 7, 6, 7, 6)
    await reflect(scene, "reflection3", "2025-08-11", "Ik ken mijn grens.")


@GOLF.on("2025-08-25", "Deskundige-G1 ends it: the goal was reached.")
async def ended(scene: Scene) -> None:
    by = scene.part("expert")
    await deeds.move(scene, by, "ended", "2025-08-25", reason="goal_reached")
