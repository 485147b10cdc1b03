"""The municipal variant of H1: a case manager in UWV's seat, and no insurance physician (B1m)."""

from app.demo import alfa_start as start
from app.demo import alfa_work as work
from app.demo import deeds
from app.demo.script import Scene, Script

MUNICIPAL = Script()


MUNICIPAL.on("2025-01-14", "Behandelaar-A1 asks Alfa about work at intake.")(start.work_question)


@MUNICIPAL.on("2025-01-28", "Alfa lets GGZ Voorbeeldland tell the municipality (consent K1).")
async def consent_to_refer(scene: Scene) -> None:
    await start.start(scene, "participatiewet", 12)
    await start.let_tell(scene)


MUNICIPAL.on("2025-01-30", "Behandelaar-A1 refers Alfa to the municipality.")(start.referred)


@MUNICIPAL.on("2025-02-04", "Klantmanager-A1 accepts: the municipality is responsible.")
async def referral_accepted(scene: Scene) -> None:
    await deeds.accept(scene, "manager", "participatiewet")


# There are no conditions of a physician here, so there is nothing to consent to (K2).
for day, words, deed in (
    ("2025-03-04", "Klantmanager-A1 and Alfa talk about work; plan v1, ladder 2.", start.work_talk),
    ("2025-03-11", "Klantmanager-A1 links Coach-A1 (TEST-0001).", start.coach_linked),
    (
        "2025-03-18",
        "Alfa lets GGZ and Coach-A1 tell each other what work needs (K3).",
        start.consents_between_care_and_coach,
    ),
    ("2025-03-20", "Coach-A1 and Alfa refine the plan: v2.", start.plan_refined),
    ("2025-03-25", "Psycholoog-A1 talks with Alfa; this stays in the GGZ.", start.anamnesis),
    ("2025-03-27", "Alfa releases the advice for work.", start.advice_released),
    ("2025-04-03", "The four parties hold the start conversation.", start.start_conversation),
    ("2025-04-07", "Everyone confirms the minutes, Alfa last.", start.minutes_confirmed),
    ("2025-06-02", "Coach-A1 places Alfa at Houtplaats Fictief (P1).", work.work_experience),
    ("2025-07-03", "Review: ladder 4.", work.review),
    ("2026-04-01", "Final review with all four.", work.final_review),
    ("2026-04-03", "Klantmanager-A1 ends the trajectory: goal reached.", work.ended),
):
    MUNICIPAL.on(day, words)(deed)
