"""A worked OAD trajectory and the green job that follows it, as a play of our own (part B3 and B4).

Foxtrot comes from care, under the Participation Act: half-days that grow, a conclusion with the
municipality, then a vacancy, a trial, a contract in the green group and a job in another sector.
"""

from typing import Any

from app.demo import deeds
from app.demo.cast import BSN
from app.demo.script import Scene, Script

FOXTROT = Script()


async def begin(scene: Scene, kind: str, **more: Any) -> None:
    """The clinician starts it and tells the municipality, on Foxtrot's yes."""
    body = {
        "clientId": scene["client"],
        "kind": kind,
        "legalFrame": "participatiewet",
        "funding": "wmo" if kind == "oad" else "participatiewet",
    }
    clinician = scene.part("clinician")
    made = await scene.player.made(clinician, "/v1/trajectories", body | more)
    scene.keep("trajectory", made)
    shared = ["identity", "existence", "action_plan", "start_conversation"]
    await deeds.consent(scene, "k1", deeds.recipient(scene, "manager"), shared, sender="clinician")


async def talk(scene: Scene, on: str) -> None:
    body = {"kind": "introduction_talk", "happenedOn": on, "mode": "face_to_face"}
    more = {"place": "workplace", "minutes": 60}
    await deeds.add(scene, f"talk {on}", scene.part("coach"), "contacts", body | more)


async def come(scene: Scene, key: str, since: str, half_days: float, **more: Any) -> None:
    body = {
        "form": "work_experience",
        "setting": "group",
        "since": since,
        "halfDaysPerWeek": half_days,
    }
    await deeds.add(scene, key, scene.part("coach"), "day-activities", body | more)


@FOXTROT.on("2025-01-13", "Behandelaar-F1 starts an OAD trajectory and refers Foxtrot.")
async def referred(scene: Scene) -> None:
    clinician = scene.part("clinician")
    name = {"givenName": "Testclient", "familyName": "Foxtrot", "birthDate": "1979-04-02"}
    made = await scene.player.made(clinician, "/v1/clients", {"bsn": BSN["foxtrot"], **name})
    await deeds.link(scene, "client", scene.client, scene.keep("client", made))
    await begin(scene, "oad")
    await deeds.refer(scene, "manager", "Overdag iets om handen.", "2025-01-13")


@FOXTROT.on("2025-01-20", "Klantmanager-F1 accepts, and asks Tuin Voorbeeld.")
async def accepted(scene: Scene) -> None:
    await deeds.accept(scene, "manager", "participatiewet")
    await deeds.link_coach(scene, "manager", "2025-01-20", "TEST-0005")
    await deeds.move(scene, scene.part("coach"), "assignment_accepted", "2025-01-20")


@FOXTROT.on("2025-01-27", "A first introduction talk.")
async def introduced(scene: Scene) -> None:
    await talk(scene, "2025-01-27")


@FOXTROT.on("2025-02-03", "A second one.")
async def introduced_again(scene: Scene) -> None:
    await talk(scene, "2025-02-03")


@FOXTROT.on("2025-02-10", "The integral plan, to which Foxtrot says yes.")
async def planned(scene: Scene) -> None:
    goals = [
        ("Vier dagdelen per week in de kas werken.", "client", "2025-05-19"),
        ("Leren werken met een planning.", "coach", "2025-08-11"),
    ]
    await deeds.plan(scene, "plan", "coach", "2025-02-10", *goals)


@FOXTROT.on("2025-02-17", "Foxtrot begins: four half-days a week; ladder 3.")
async def active(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "activated", "2025-02-17")
    skills = [{"name": "planning volgen", "growth": "practising"}]
    await come(scene, "kas1", "2025-02-17", 4, skills=skills, wageValuePercent=30)
    criteria = {"organised": True, "weekly": True}
    await deeds.measure(scene, "ladder1", 3, "2025-02-17", "start", criteria=criteria)


@FOXTROT.on("2025-05-19", "Six half-days; the first report, which Foxtrot reads first.")
async def grown(scene: Scene) -> None:
    skills = [{"name": "planning volgen", "growth": "alone"}]
    more = {"skills": skills, "wageValuePercent": 45, "supersedes": scene["kas1"]}
    await come(scene, "kas2", "2025-05-19", 6, **more)
    report = {
        "periodFrom": "2025-02-17",
        "periodUntil": "2025-05-18",
        "activities": "Werken in de kas.",
        "progress": "Van vier naar zes dagdelen.",
    }
    await deeds.add(scene, "report", scene.part("coach"), "progress-reports", report)
    await deeds.act(scene, scene.client, "progress-reports/report", "readings", {})


@FOXTROT.on("2025-08-11", "The conclusion with the municipality: on to green work with a contract.")
async def concluded(scene: Scene) -> None:
    by = scene.part("manager")
    await deeds.move(scene, by, "concluded", "2025-08-11", outcome="other_trajectory")
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    await deeds.measure(scene, "ladder2", 4, "2025-08-11", "end", criteria=criteria)


@FOXTROT.on("2025-08-15", "OAD ends: it goes on in another trajectory.")
async def ended(scene: Scene) -> None:
    reason = {"reason": "moved_to_other_trajectory", "successorKind": "green_job"}
    await deeds.move(scene, scene.part("manager"), "ended", "2025-08-15", **reason)
    scene.kept["oad"] = scene["trajectory"]


@FOXTROT.on("2025-08-18", "Behandelaar-F1 starts the green job as its successor.")
async def chained(scene: Scene) -> None:
    await begin(scene, "green_job", previousTrajectoryId=scene["oad"])
    await deeds.refer(scene, "manager", "Betaald werk buiten.", "2025-08-18")
    await deeds.accept(scene, "manager", "participatiewet")
    await deeds.link_coach(scene, "manager", "2025-08-18", "TEST-0006")


@FOXTROT.on("2025-09-01", "A vacancy at Tuin Voorbeeld.")
async def vacancy(scene: Scene) -> None:
    await deeds.move(scene, scene.part("manager"), "vacancy_found", "2025-09-01")


@FOXTROT.on("2025-09-08", "Foxtrot is selected.")
async def selected(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "selected", "2025-09-08")


@FOXTROT.on("2025-09-15", "A trial of three months.")
async def trial(scene: Scene) -> None:
    placement = {
        "kind": "trial",
        "title": "Medewerker groenploeg",
        "employerName": "Tuin Voorbeeld",
        "hoursPerWeek": 28,
        "startsOn": "2025-09-15",
        "plannedEndOn": "2025-12-14",
        "trial": {"months": 3, "intentMonths": 6, "intentSameHours": True},
    }
    await deeds.add(scene, "trial", scene.part("coach"), "placements", placement)


@FOXTROT.on("2025-12-15", "A contract of six months, four days a week, with a foreman.")
async def contract(scene: Scene) -> None:
    ended = {"endedOn": "2025-12-14", "reason": "goal_reached"}
    await deeds.act(scene, scene.part("coach"), "placements/trial", "ends", ended)
    signed = {
        "startsOn": "2025-12-15",
        "endsOn": "2026-06-14",
        "daysPerWeek": 4,
        "hoursPerWeek": 28,
        "foreman": "Voorman-F1",
        "internalJobCoach": "Jobcoach-F1",
    }
    await deeds.add(scene, "contract", scene.part("coach"), "green-contracts", signed)


@FOXTROT.on("2026-03-02", "Extra skills: driving the small tractor.")
async def extra(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "extra_skills", "2026-03-02")


@FOXTROT.on("2026-06-15", "A paid job in another sector.")
async def job(scene: Scene) -> None:
    placement = {
        "kind": "regular_paid",
        "title": "Medewerker logistiek",
        "employerName": "Magazijn Voorbeeld BV",
        "hoursPerWeek": 28,
        "startsOn": "2026-06-15",
    }
    await deeds.add(scene, "job", scene.part("coach"), "placements", placement)
    await deeds.move(scene, scene.part("manager"), "ended", "2026-06-15", reason="goal_reached")
