"""Trajectory H5 from the first placement: feedback, a pause, steps down and up, another way on."""

from app.demo import conversing, deeds
from app.demo.script import Scene, Script

COURSE = Script()


@COURSE.on("2025-04-14", "Echo starts at Stadstuin Fictief, three times four hours (P1): ladder 4.")
async def work_experience(scene: Scene) -> None:
    placement = {
        "kind": "work_experience",
        "title": "Medewerker tuin",
        "workplaceOrganisationId": scene.cast.organisations["tuin"],
        "hoursPerWeek": 12,
        "startsOn": "2025-04-14",
    }
    await deeds.add(scene, "p1", scene.part("coach"), "placements", placement)
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    notes = {"criteria": criteria}
    await deeds.measure(scene, "ladder2", 4, "2025-04-14", "change", **notes)


@COURSE.on("2025-08-18", "Coach-E1 to Behandelaar-E1: missed three days (feedback F1).")
async def feedback(scene: Scene) -> None:
    text = "Drie dagen gemist; ik zie signalen uit het uittreksel."
    body = {"audience": ["clinician", "reintegration_coach"], "text": text}
    await deeds.add(scene, "f1", scene.part("coach"), "feedback", body)


@COURSE.on(
    "2025-08-25", "The trajectory is paused and stays open; the place in the garden is kept."
)
async def paused(scene: Scene) -> None:
    body = {"pausedOn": "2025-08-25", "reason": "admission"}
    await deeds.add(scene, "pause", scene.part("clinician"), "pauses", body)


@COURSE.on("2025-09-15", "Coach-E1 measures ladder 2, and writes what was going on beside it.")
async def step_down(scene: Scene) -> None:
    context = "Ziek geweest; dit zegt niets over wat later lukt."
    notes = {"context": context, "criteria": {"weekly": True}}
    await deeds.measure(scene, "ladder3", 2, "2025-09-15", "change", **notes)


@COURSE.on("2025-11-10", "Resumed after 77 days with plan v3: support in two areas (CTI, phase 1).")
async def resumed(scene: Scene) -> None:
    again = {"resumedOn": "2025-11-10"}
    await deeds.act(scene, scene.part("coach"), "pauses/pause", "resumptions", again)
    goals = [
        ("Extra steun, eerste fase: een vast dagritme.", "coach", "2026-02-10"),
        ("Extra steun, eerste fase: contact met mensen dichtbij.", "client", "2026-02-10"),
    ]
    await deeds.plan(scene, "plan3", "coach", "2025-11-10", *goals)


@COURSE.on("2026-03-02", "Measurement of month 12: ladder 2, stable since the summer.")
async def month_12(scene: Scene) -> None:
    notes = {"context": "Stabiel sinds de crisis.", "criteria": {"weekly": True}}
    await deeds.measure(scene, "ladder4", 2, "2026-03-02", "month_12", **notes)


@COURSE.on("2026-04-07", "P1 ends, at Echo's own pace; volunteering two half-days begins (P2).")
async def volunteering(scene: Scene) -> None:
    ended = {"endedOn": "2026-04-07", "reason": "own_pace"}
    await deeds.act(scene, scene.part("coach"), "placements/p1", "ends", ended)
    placement = {
        "kind": "volunteering",
        "title": "Vrijwilliger buurtmoestuin",
        "employerName": "Buurtmoestuin Fictief",
        "schedule": "twee dagdelen per week",
        "startsOn": "2026-04-07",
    }
    await deeds.add(scene, "p2", scene.part("coach"), "placements", placement)


@COURSE.on("2026-04-20", "Coach-E1 measures ladder 3.")
async def step_up(scene: Scene) -> None:
    notes = {"criteria": {"organised": True, "weekly": True}}
    await deeds.measure(scene, "ladder5", 3, "2026-04-20", "change", **notes)


@COURSE.on("2026-09-01", "Final review: ladder 4; Echo is satisfied.")
async def final_review(scene: Scene) -> None:
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    notes = {"criteria": criteria, "clientWords": "Ik ben tevreden."}
    await deeds.measure(scene, "ladder6", 4, "2026-09-01", "month_18", **notes)
    at = "2026-09-01T12:30:00+02:00"
    await conversing.arrange(scene, "final", "final_review", "coach", at)
    await conversing.open_to_all(scene, "final")
    final = {
        "ladderMeasurementId": scene["ladder6"],
        "goalMet": True,
        "clientVerdict": "Ik ben tevreden.",
        "nextStep": "Verder met IPS.",
    }
    await conversing.hold(scene, "final", "coach", "2026-09-01", {"finalReview": final})
    await conversing.confirm(scene, "final")


@COURSE.on(
    "2026-09-03", "Deskundige-E1 ends this trajectory: Echo goes on with IPS, with aftercare."
)
async def ended(scene: Scene) -> None:
    reason = {"reason": "moved_to_other_trajectory", "successorKind": "ips"}
    await deeds.move(scene, scene.part("expert"), "ended", "2026-09-03", **reason)
    await deeds.move(scene, scene.part("coach"), "aftercare_agreed", "2026-09-03")
