"""What a coach does: talks, profile and search, employers, placements, and what comes after."""

from datetime import date, timedelta

from app.demo import deeds
from app.demo.caseload.course import Course, deed, spoken
from app.demo.script import Scene

EMPLOYERS = {
    "korst": ("Bakkerij Proefkorst", "voeding", "Voorbeeldstad"),
    "magazijn": ("Magazijn Voorbeeld BV", "logistiek", "Voorbeeldstad"),
    "kantine": ("Kantine Fictie", "horeca", "Proefdorp"),
    "fiets": ("Fietsenmaker Testrijk", "reparatie", "Proefdorp"),
    "kas": ("Kwekerij Bedacht", "tuinbouw", "Testbroek"),
}
_HAS = {"hasContract": True, "supportInstruments": ["ips_coaching"]}
CRITERIA = {
    1: {},
    2: {"weekly": True},
    3: {"organised": True, "weekly": True},
    4: {"responsibilityToOthers": True, "weekly": True, "inPerson": True},
    5: _HAS,
}


@deed("directory", "the coach enters employers that he knows")
async def directory(scene: Scene, _: Course, on: str) -> None:
    """What the organisation of the coach keeps of employers, about no client at all."""
    by = scene.part("coach")
    for key, (name, sector, town) in EMPLOYERS.items():
        made = await scene.player.made(by, "/v1/employers", {"name": name, "sector": sector})
        scene.cast.directory[key] = made["id"]
        path = f"/v1/employers/{made['id']}"
        await scene.player.made(by, f"{path}/sites", {"name": name, "town": town})
        person = {"name": f"Contact {name}", "position": "leidinggevende"}
        await scene.player.made(by, f"{path}/people", person)
        visit = {"happenedOn": on, "mode": "face_to_face", "purpose": "acquaintance"}
        outcome = {"outcome": "keep_in_touch"}
        await scene.player.made(by, f"{path}/contacts", visit | outcome)
    note = {"text": "Zoekt voor het najaar mensen met ochtenduren."}
    path = f"/v1/employers/{scene.cast.directory['korst']}/notes"
    await scene.player.made(by, path, note)


@deed("scan", "the workplace of {0} is looked at")
async def scan(scene: Scene, _: Course, on: str, employer: str, worst: str = "green") -> None:
    found = dict.fromkeys(("teamCohesion", "colleagues", "supervisor", "customer"), "green")
    why = {} if worst == "green" else {"stimuliWhy": "Veel geluid in de ochtend."}
    body = {"scannedOn": on, "stimuli": worst, **found, **why}
    path = f"/v1/employers/{scene.cast.directory[employer]}/workplace-scans"
    scene.keep("scan", await scene.player.made(scene.part("coach"), path, body))


@deed("visit", "{0} is visited about this client")
async def visit(
    scene: Scene, _: Course, on: str, employer: str, outcome: str = "keep_in_touch"
) -> None:
    body = {
        "employerId": scene.cast.directory[employer],
        "happenedOn": on,
        "mode": "face_to_face",
        "purpose": "vacancy",
        "spokenBy": "together",
        "matchesPlan": "yes",
        "outcome": outcome,
    }
    if outcome.startswith("declined"):
        body["declinedReason"] = "distance"
    await deeds.add(scene, f"visit {on}", scene.part("coach"), "employer-contacts", body)


@deed("talk", "{0}")
async def talk(scene: Scene, _: Course, on: str, kind: str, by: str = "coach") -> None:
    """One line of the coach's log."""
    body = {"kind": kind, "happenedOn": on, "mode": "face_to_face", "minutes": 45}
    place = "workplace" if kind in {"follow_along", "employer_visit"} else "coach_office"
    paid = {"funding": "zvw"} if kind == "motivational_talk" else {}
    key = f"{kind} {on}"
    await deeds.add(scene, key, scene.part(by), "contacts", body | {"place": place} | paid)


@deed("apply", "the funding is applied for")
async def apply(scene: Scene, _: Course, on: str) -> None:
    scheme = "uwv_36_months" if scene.seat == "expert" else "municipal_24_months"
    body = {"scheme": scheme, "appliedOn": on, "signedOn": on}
    await deeds.add(scene, "application", scene.part("coach"), "applications", body)


@deed("approve", "approved")
async def approve(scene: Scene, _: Course, on: str) -> None:
    by, dated = scene.part(scene.seat), {"datedOn": on}
    await deeds.act(scene, scene.part("coach"), "applications/application", "cost-requests", dated)
    decided = {**dated, "outcome": "approved"}
    await deeds.act(scene, by, "applications/application", "decisions", decided)


@deed("profile", "a career profile")
async def profile(scene: Scene, course: Course, on: str) -> None:
    body = {"sessions": [on], "preferences": [course.wish], "skills": ["Nauwkeurig."]}
    await deeds.add(scene, "profile", scene.part("coach"), "career-profiles", body)


@deed("search", "a job search plan, agreed")
async def search(scene: Scene, course: Course, on: str) -> None:
    body = {"madeOn": on, "profileId": scene["profile"], "kindsOfWork": [course.wish]}
    travel = {"travelsBy": "bike", "travelMinutes": 30}
    await deeds.add(scene, "search", scene.part("coach"), "job-search-plans", body | travel)
    await deeds.act(scene, scene.client, "job-search-plans/search", "agreements")


@deed("job", "begins as {1} ({0}, {2} hours)")
async def job(scene: Scene, _: Course, on: str, kind: str, *terms: str) -> None:
    """At an employer of the directory, or at one that is only named."""
    title, hours, *known = terms
    where = {"employerName": "Werkplaats Bedacht"}
    if known:
        seen = {"scanReason": "Bekend van eerdere bezoeken."}
        if "scan" in scene.kept:
            seen = {"workplaceScanId": scene["scan"]}
        where = {"employerId": scene.cast.directory[known[0]], **seen}
    told = {"kind": kind, "title": spoken(title).capitalize(), "startsOn": on}
    body = {**told, "hoursPerWeek": int(hours), **where}
    if kind == "trial":
        last = date.fromisoformat(on) + timedelta(55)
        trial = {"months": 2, "intentMonths": 6, "intentSameHours": True}
        body |= {"plannedEndOn": last.isoformat(), "trial": trial}
    await deeds.add(scene, "job", scene.part("coach"), "placements", body)


@deed("lost", "this work ends")
async def lost(scene: Scene, _: Course, on: str, reason: str) -> None:
    ended = {"endedOn": on, "reason": reason}
    await deeds.act(scene, scene.part("coach"), "placements/job", "ends", ended)


@deed("measure", "ladder {0}")
async def measure(scene: Scene, _: Course, on: str, rung: str, occasion: str = "change") -> None:
    notes = {"criteria": CRITERIA[int(rung)]}
    await deeds.measure(scene, f"ladder {on}", int(rung), on, occasion, **notes)


@deed("stepdown", "the coach steps down, the client agrees")
async def step_down(scene: Scene, _: Course, on: str) -> None:
    to = {"toRole": "clinician", "toMembershipId": scene.member("clinician")}
    body = {**to, "stepsDownOn": on, "hoursPerMonth": 2}
    await deeds.add(scene, "transfer", scene.part("coach"), "transfers", body)
    await deeds.act(scene, scene.client, "transfers/transfer", "agreements")


@deed("terms", "a contract in the green group")
async def terms(scene: Scene, _: Course, on: str, until: str) -> None:
    body = {"startsOn": on, "endsOn": until, "daysPerWeek": 3, "hoursPerWeek": 24}
    await deeds.add(scene, "contract", scene.part("coach"), "green-contracts", body)


@deed("comes", "{0} half-days a week")
async def comes(scene: Scene, _: Course, on: str, half_days: str) -> None:
    now = {"setting": "group", "since": on, "halfDaysPerWeek": float(half_days)}
    body = {"form": "activation_recovery", **now}
    if "activity" in scene.kept:
        body["supersedes"] = scene["activity"]
    await deeds.add(scene, "activity", scene.part("coach"), "day-activities", body)
