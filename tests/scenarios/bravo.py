"""Trajectory H2 as a play: IPS at UWV with two jobs, day by day over HTTP."""

from typing import Any

from app.demo import deeds
from app.demo.cast import BSN
from app.demo.script import Act, Scene, Script

BRAVO = Script()
IPS_JOB = {"criteria": {"hasContract": True, "supportInstruments": ["ips_coaching"]}}

COMPETITIVE = {
    "openToAnyone": True,
    "paidByEmployer": True,
    "wageAtLeastMinimum": True,
    "setAside": False,
    "normalSupervision": True,
}
"""The five answers of which it is made that anybody could have had the job."""


async def contact(scene: Scene, kind: str, on: str, **more: Any) -> None:
    """One line of the coach's log; with a client at the office unless told otherwise."""
    body = {"kind": kind, "happenedOn": on, "mode": "face_to_face", "place": "coach_office"}
    key = f"{kind} {on}"
    await deeds.add(scene, key, scene.part("coach"), "contacts", body | {"minutes": 45} | more)


@BRAVO.on("2024-09-03", "Bravo: 'ik wil weer ritme en collega's'; Behandelaar-B1 writes it down.")
async def work_wish(scene: Scene) -> None:
    clinician = scene.part("clinician")
    name = {"givenName": "Testclient", "familyName": "Bravo", "birthDate": "1995-02-11"}
    made = await scene.player.made(clinician, "/v1/clients", {"bsn": BSN["bravo"], **name})
    await deeds.link(scene, "client", scene.client, scene.keep("client", made))
    colleague = {"membershipId": scene.member("coach")}
    await scene.player.made(clinician, f"{scene.of_client}/treatment-team", colleague)
    question = {
        "askedOn": "2024-09-03",
        "occasion": "intake",
        "workStatus": "no_work",
        "benefitStatus": "wajong",
        "wantsWork": "yes",
        "wish": "Ik wil weer ritme en collega's.",
    }
    made = await scene.player.made(clinician, f"{scene.of_client}/work-questions", question)
    scene.keep("question", made)
    body = {"clientId": scene["client"], "kind": "ips", "legalFrame": "wajong", "funding": "uwv"}
    scene.keep("trajectory", await scene.player.made(clinician, "/v1/trajectories", body))
    await deeds.add(scene, "coach", clinician, "participants", colleague)


@BRAVO.on("2024-09-10", "A first motivational talk, paid by the Zvw.")
async def first_talk(scene: Scene) -> None:
    await contact(scene, "motivational_talk", "2024-09-10", funding="zvw")


@BRAVO.on("2024-09-17", "A second one.")
async def second_talk(scene: Scene) -> None:
    await contact(scene, "motivational_talk", "2024-09-17", funding="zvw")


@BRAVO.on("2024-09-24", "Bravo lets UWV know; IPS-coach-B1 applies.")
async def application(scene: Scene) -> None:
    to = deeds.recipient(scene, "expert")
    shared = ["identity", "existence", "action_plan"]
    await deeds.consent(scene, "k1", to, shared, sender="clinician")
    coach = deeds.recipient(scene, "coach")
    own = ["work_history", "disclosure_choice"]
    await deeds.consent(scene, "k2", coach, own, sender=None)
    await deeds.consent(scene, "k3", coach, ["benefit"], sender="expert")
    await deeds.refer(scene, "expert", "Weer ritme en collega's.", "2024-09-24")
    body = {"scheme": "uwv_36_months", "appliedOn": "2024-09-24", "signedOn": "2024-09-24"}
    await deeds.add(scene, "application", scene.part("coach"), "applications", body)


@BRAVO.on("2024-09-26", "Deskundige-B1 accepts the referral; the costs are asked for.")
async def accepted(scene: Scene) -> None:
    await deeds.accept(scene, "expert", "wajong")
    dated = {"datedOn": "2024-09-26"}
    by = scene.part("coach")
    await deeds.act(scene, by, "applications/application", "cost-requests", dated)


@BRAVO.on("2024-10-08", "UWV approves for 36 months.")
async def approved(scene: Scene) -> None:
    body = {"datedOn": "2024-10-08", "outcome": "approved"}
    await deeds.act(scene, scene.part("expert"), "applications/application", "decisions", body)


@BRAVO.on("2024-10-10", "The first talk with the coach: program entry, ladder 3.")
async def entry(scene: Scene) -> None:
    await deeds.move(scene, scene.part("coach"), "program_entered", "2024-10-10")
    await contact(scene, "client_contact", "2024-10-10")
    notes = {"criteria": {"organised": True, "weekly": True}}
    await deeds.measure(scene, "ladder1", 3, "2024-10-10", "start", **notes)


@BRAVO.on(
    "2024-10-24",
    "The career profile after three talks; benefit and work; first talk about telling.",
)
async def profile(scene: Scene) -> None:
    body = {
        "sessions": ["2024-10-10", "2024-10-17", "2024-10-24"],
        "preferences": ["Bakken.", "Logistiek."],
        "skills": ["Nauwkeurig."],
        "strengths": ["Werkt graag met anderen."],
    }
    await deeds.add(scene, "profile1", scene.part("coach"), "career-profiles", body)
    await contact(scene, "disclosure_talk", "2024-10-24")
    told = {"heldOn": "2024-10-24", "heldBy": "uwv", "beforeFirstJob": True, "fallbackRight": True}
    await deeds.add(scene, "counselling", scene.part("expert"), "benefits-counselling", told)


@BRAVO.on("2024-10-29", "The job search plan: baking or logistics, half an hour by bike.")
async def search_plan(scene: Scene) -> None:
    body = {
        "madeOn": "2024-10-29",
        "profileId": scene["profile1"],
        "kindsOfWork": ["bakkerij", "logistiek"],
        "travelsBy": "bike",
        "travelMinutes": 30,
    }
    await deeds.add(scene, "search1", scene.part("coach"), "job-search-plans", body)
    await deeds.act(scene, scene.client, "job-search-plans/search1", "agreements")


def logged(kind: str, on: str) -> Act:
    """A line of the log at a workplace."""

    async def write(scene: Scene) -> None:
        await contact(scene, kind, on, place="workplace")

    return write


def spoken(on: str, employer: str, outcome: str, *, matches: str, **more: str) -> Act:
    """An employer is met face to face for Bravo."""

    async def meet(scene: Scene) -> None:
        body = {"happenedOn": on, "employerName": employer, "mode": "face_to_face"}
        told = {"purpose": "vacancy", "spokenBy": "coach", "matchesPlan": matches}
        body |= told | {"outcome": outcome} | more
        await deeds.add(scene, f"met {on}", scene.part("coach"), "employer-contacts", body)

    return meet


MET = (
    spoken("2024-11-05", "Bakkerij Proefkorst", "interview", matches="yes"),
    spoken("2024-11-12", "Bakkerij Testbrood", "no_opening", matches="yes"),
    spoken(
        "2024-11-19",
        "Kantoor Voorbeeld BV",
        "declined_by_client",
        matches="no",
        declinedReason="bad_match",
    ),
    spoken("2024-11-26", "Bakkerij Proefkorst", "work_offered", matches="yes"),
)
for day, meet in zip(("2024-11-05", "2024-11-12", "2024-11-19", "2024-11-26"), MET, strict=True):
    BRAVO.on(day, "IPS-coach-B1 visits an employer.")(meet)


@BRAVO.on("2024-11-28", "A talk before the first day.")
async def before_j1(scene: Scene) -> None:
    await contact(scene, "client_contact", "2024-11-28")


@BRAVO.on("2024-12-02", "J1: baker's assistant, 16 hours, seven months; ladder 5.")
async def first_job(scene: Scene) -> None:
    placement = {
        "kind": "regular_paid",
        "title": "Bakkershulp",
        "employerName": "Bakkerij Proefkorst",
        "contractKind": "fixed_term",
        "hoursPerWeek": 16,
        "startsOn": "2024-12-02",
        "plannedEndOn": "2025-07-02",
        **COMPETITIVE,
    }
    await deeds.add(scene, "j1", scene.part("coach"), "placements", placement)
    await deeds.measure(scene, "ladder2", 5, "2024-12-02", "change", **IPS_JOB)


FOLLOWED = ("2024-12-04", "2024-12-11", "2024-12-18", "2024-12-27", "2025-01-27")
AGAIN = ("2025-04-03", "2025-04-10", "2025-04-17", "2025-04-24", "2025-05-01")
MONTHLY = tuple(f"{month}-01" for month in (
    "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12",
    "2026-01", "2026-02", "2026-03", "2026-04",
))  # fmt: skip
for day in FOLLOWED:
    BRAVO.on(day, "Support at work.")(logged("follow_along", day))


@BRAVO.on("2025-02-21", "J1 ends: the hours did not fit.")
async def first_job_ended(scene: Scene) -> None:
    ended = {"endedOn": "2025-02-21", "reason": "mismatch_hours"}
    await deeds.act(scene, scene.part("coach"), "placements/j1", "ends", ended)


@BRAVO.on("2025-02-24", "On the third day after the loss: a next job is offered.")
async def after_loss(scene: Scene) -> None:
    await contact(scene, "client_contact", "2025-02-24")
    await deeds.move(scene, scene.part("coach"), "next_job_offered", "2025-02-24")


@BRAVO.on("2025-02-27", "Career profile v2 with the lesson of J1; the second talk about telling.")
async def profile_again(scene: Scene) -> None:
    body = {
        "sessions": ["2025-02-27"],
        "preferences": ["Logistiek."],
        "lessons": ["Vroege uren passen niet."],
    }
    await deeds.add(scene, "profile2", scene.part("coach"), "career-profiles", body)
    await contact(scene, "disclosure_talk", "2025-02-27")


@BRAVO.on("2025-02-28", "Ladder 3: only a measurement.")
async def lower(scene: Scene) -> None:
    notes = {"criteria": {"organised": True, "weekly": True}}
    await deeds.measure(scene, "ladder3", 3, "2025-02-28", "change", **notes)


BRAVO.on("2025-03-06", "A visit to Magazijn Voorbeeld BV.")(
    spoken("2025-03-06", "Magazijn Voorbeeld BV", "work_offered", matches="yes")
)


@BRAVO.on("2025-03-27", "A talk before the first day.")
async def before_j2(scene: Scene) -> None:
    await contact(scene, "client_contact", "2025-03-27")


@BRAVO.on("2025-04-01", "J2: logistics assistant, 24 hours, one year; ladder 5.")
async def second_job(scene: Scene) -> None:
    placement = {
        "kind": "regular_paid",
        "title": "Logistiek medewerker",
        "employerName": "Magazijn Voorbeeld BV",
        "contractKind": "fixed_term",
        "hoursPerWeek": 24,
        "startsOn": "2025-04-01",
        "plannedEndOn": "2026-04-01",
        **COMPETITIVE,
    }
    await deeds.add(scene, "j2", scene.part("coach"), "placements", placement)
    await deeds.measure(scene, "ladder4", 5, "2025-04-01", "change", **IPS_JOB)


for day in (*AGAIN, *MONTHLY):
    BRAVO.on(day, "Support at work.")(logged("follow_along", day))


@BRAVO.on("2026-04-14", "Stepping down: Behandelaar-B1 takes over, Bravo agrees.")
async def transfer(scene: Scene) -> None:
    body = {
        "toRole": "clinician",
        "toMembershipId": scene.member("clinician"),
        "stepsDownOn": "2026-04-14",
    }
    await deeds.add(scene, "transfer", scene.part("coach"), "transfers", body)
    await deeds.act(scene, scene.client, "transfers/transfer", "agreements")


@BRAVO.on("2026-05-01", "The benefit ended, as UWV confirms.")
async def benefit_ended(scene: Scene) -> None:
    body = {"kind": "wajong", "confirmedOn": "2026-05-01", "endsOn": "2026-05-01"}
    await deeds.add(scene, "benefit", scene.part("expert"), "benefit", body)


@BRAVO.on("2026-05-12", "Ladder 6, and the end: paid work goes on without support.")
async def ended(scene: Scene) -> None:
    criteria = {"hasContract": True, "supportInstruments": [], "supplementaryBenefit": False}
    await deeds.measure(scene, "ladder5", 6, "2026-05-12", "end", criteria=criteria)
    reason = {"reason": "paid_work_continues_without_support"}
    await deeds.move(scene, scene.part("coach"), "ended", "2026-05-12", **reason)
    stop = {"datedOn": "2026-05-12", "reason": "goal_reached"}
    await deeds.act(scene, scene.part("coach"), "applications/application", "stop-notices", stop)


@BRAVO.on("2026-05-20", "UWV settles the funding.")
async def determined(scene: Scene) -> None:
    dated = {"datedOn": "2026-05-20"}
    by = scene.part("expert")
    await deeds.act(scene, by, "applications/application", "final-determinations", dated)
