"""Trajectory H1 after the start conversation: at work, reviews, the end."""

from typing import Any

from app.demo import conversing, deeds
from app.demo.script import Scene, Script

AT_WORK = Script()


@AT_WORK.on(
    "2025-06-02", "Coach-A1 places Alfa at Houtplaats Fictief, two times four hours (P1, K4)."
)
async def work_experience(scene: Scene) -> None:
    placement = {
        "kind": "work_experience",
        "title": "Medewerker houtwerkplaats",
        "workplaceOrganisationId": scene.organisation("employer"),
        "hoursPerWeek": 8,
        "schedule": "maandag en donderdag, 9.00 tot 13.00 uur",
        "startsOn": "2025-06-02",
    }
    await deeds.add(scene, "p1", scene.part("coach"), "placements", placement)
    adjusted = {
        "placementId": scene["p1"],
        "kind": "communication",
        "what": "Eén taak tegelijk, uitleg onder vier ogen.",
        "requestedBy": "client",
        "requestedOn": "2025-06-02",
        "agreedOn": "2025-06-02",
    }
    await deeds.add(scene, "adjustment", scene.part("coach"), "accommodations", adjusted)
    # The sender is Alfa: an employer must not even learn that there is a GGZ provider (gate 7).
    employer = deeds.recipient(scene, "employer")
    await deeds.consent(scene, "k4", employer, ["identity", "accommodation"], sender=None)


@AT_WORK.on("2025-06-19", "Coach-A1 to Behandelaar-A1: a third day is too much (feedback F1).")
async def feedback_to_care(scene: Scene) -> None:
    audience = ["clinician", "reintegration_coach"]
    body = {"audience": audience, "text": "Een derde dag is te veel; we praten over het tempo."}
    await deeds.add(scene, "f1", scene.part("coach"), "feedback", body)


@AT_WORK.on("2025-06-24", "Behandelaar-A1 agrees: two days until August (feedback F2).")
async def feedback_to_coach(scene: Scene) -> None:
    text = "Mee eens: houd twee dagen aan tot augustus."
    audience = ["clinician", "reintegration_coach"]
    body = {"audience": audience, "text": text, "replyTo": scene["f1"]}
    await deeds.add(scene, "f2", scene.part("clinician"), "feedback", body)


@AT_WORK.on("2025-07-03", "Review: Coach-A1 measures ladder 4, and Alfa agrees.")
async def review(scene: Scene) -> None:
    await talk(scene, "review", "review", "2025-07-03", {"points": ["Twee dagen gaat goed."]})
    criteria = {"responsibilityToOthers": True, "weekly": True, "inPerson": True}
    words = "Twee dagen met hout, dat past bij mij."
    notes = {"criteria": {"hasContract": False, **criteria}, "clientWords": words}
    await deeds.measure(scene, "ladder2", 4, "2025-07-03", "six_monthly", **notes)


async def talk(scene: Scene, key: str, kind: str, on: str, minutes: dict[str, Any]) -> None:
    """A review from the invitation to the confirmation; the coach writes it down."""
    await conversing.arrange(scene, key, kind, "coach", f"{on}T12:30:00+02:00")
    await conversing.open_to_all(scene, key)
    await conversing.hold(scene, key, "coach", on, minutes)
    await conversing.confirm(scene, key)


@AT_WORK.on(
    "2025-09-11", "Coach-A1 and Alfa talk about what to tell at work; Alfa keeps the content."
)
async def disclosure_talk(scene: Scene) -> None:
    contact = {
        "kind": "disclosure_talk",
        "happenedOn": "2025-09-11",
        "mode": "face_to_face",
        "place": "coach_office",
        "minutes": 45,
    }
    await deeds.add(scene, "talk-on-telling", scene.part("coach"), "contacts", contact)
    choice = {"discussedOn": ["2025-09-11"], "choice": "tell", "toWhom": ["mijn leidinggevende"]}
    await deeds.add(scene, "choice", scene.client, "disclosure-decisions", choice)


@AT_WORK.on("2025-11-03", "Trial placement at Meubelmaker Testhuis; Deskundige-A1 agrees (P2).")
async def trial(scene: Scene) -> None:
    ended = {"endedOn": "2025-10-31", "reason": "moved_to_other_work"}
    await deeds.act(scene, scene.part("coach"), "placements/p1", "ends", ended)
    placement = {
        "kind": "trial",
        "title": "Medewerker meubelmakerij",
        "workplaceOrganisationId": scene.cast.organisations["testhuis"],
        "hoursPerWeek": 16,
        "startsOn": "2025-11-03",
        "plannedEndOn": "2026-01-02",
        "trial": {"months": 2, "intentMonths": 7, "intentSameHours": True},
    }
    await deeds.add(scene, "p2", scene.part("coach"), "placements", placement)
    agreed = {"agreedOn": "2025-11-03"}
    await deeds.act(scene, scene.part(scene.seat), "placements/p2", "agreements", agreed)


@AT_WORK.on("2026-01-05", "A contract for seven months, 16 hours a week, with a job coach (P3).")
async def contract(scene: Scene) -> None:
    ended = {"endedOn": "2026-01-02", "reason": "goal_reached"}
    await deeds.act(scene, scene.part("coach"), "placements/p2", "ends", ended)
    placement = {
        "kind": "supported_paid",
        "title": "Medewerker meubelmakerij",
        "workplaceOrganisationId": scene.cast.organisations["testhuis"],
        "hoursPerWeek": 16,
        "startsOn": "2026-01-05",
        "plannedEndOn": "2026-08-05",
        "jobCoach": "external",
    }
    await deeds.add(scene, "p3", scene.part("coach"), "placements", placement)


IN_PAID_WORK = {"criteria": {"hasContract": True, "supportInstruments": ["job_coach"]}}


@AT_WORK.on("2026-01-12", "Coach-A1 measures ladder 5: paid work, with a job coach.")
async def paid_work(scene: Scene) -> None:
    await deeds.measure(scene, "ladder3", 5, "2026-01-12", "change", **IN_PAID_WORK)


@AT_WORK.on("2026-04-01", "Final review with all four: ladder 5; Alfa: 'gelukt'.")
async def final_review(scene: Scene) -> None:
    measured = {**IN_PAID_WORK, "clientWords": "Gelukt."}
    await deeds.measure(scene, "ladder4", 5, "2026-04-01", "month_12", **measured)
    final = {
        "ladderMeasurementId": scene["ladder4"],
        "goalMet": True,
        "clientVerdict": "Gelukt.",
        "nextStep": "Verder bij de meubelmaker, met jobcoach.",
    }
    await talk(scene, "final", "final_review", "2026-04-01", {"finalReview": final})


@AT_WORK.on("2026-04-03", "Deskundige-A1 ends the trajectory: goal reached; treatment goes on.")
async def ended(scene: Scene) -> None:
    await deeds.move(scene, scene.part(scene.seat), "ended", "2026-04-03", reason="goal_reached")
