"""Trajectory H5 until the early-warning plan: the way to the start conversation, as in H1."""

from app.demo import conversing, deeds
from app.demo.alfa_start import let_tell, start
from app.demo.script import Scene, Script

BEGINNING = Script()


@BEGINNING.on("2025-01-07", "Behandelaar-E1 asks Echo about work; Gemachtigde-E1 may read along.")
async def work_question(scene: Scene) -> None:
    await deeds.register(scene, "1984-11-02")
    question = {
        "askedOn": "2025-01-07",
        "workStatus": "on_sick_leave",
        "benefitStatus": "zw",
        "wantsWork": "yes",
        "wish": "Buiten werken, met planten.",
    }
    by, path = scene.part("clinician"), f"{scene.of_client}/work-questions"
    scene.keep("question", await scene.player.made(by, path, question))
    mandate = {
        "name": "Gemachtigde-E1",
        "kind": "written_authorisation",
        "scope": ["identity", "existence", "early_warning_plan"],
        "evidence": "Schriftelijke machtiging, gezien door de behandelaar.",
        "validUntil": "2026-12-31",
    }
    made = await scene.player.made(by, f"{scene.of_client}/representatives", mandate)
    person, client = scene.keep("representative", made), scene["client"]
    await deeds.link(scene, "representative", "representative-echo", client, person)


@BEGINNING.on("2025-01-14", "Echo lets GGZ Fictie tell UWV (K1); Behandelaar-E1 refers.")
async def referred(scene: Scene) -> None:
    await start(scene, "ziektewet", 18)
    await let_tell(scene)
    physician, few = deeds.recipient(scene, "physician"), ["identity", "existence"]
    await deeds.consent(scene, "k1-physician", physician, few, sender="clinician")
    await deeds.refer(scene, "expert", "Buiten werken, met planten.", "2025-01-14")


@BEGINNING.on("2025-01-20", "Deskundige-E1 accepts; Arts-E1 takes part.")
async def referral_accepted(scene: Scene) -> None:
    await deeds.accept(scene, "expert", "ziektewet", "physician")


@BEGINNING.on("2025-01-27", "Arts-E1 talks with Echo and releases the conditions for work.")
async def medical_talk(scene: Scene) -> None:
    conditions = {
        "talkOn": "2025-01-27",
        "hoursPerDay": 4,
        "workplace": "Buiten, in een kleine groep.",
        "release": True,
    }
    by = scene.part("physician")
    await deeds.add(scene, "conditions", by, "work-capacity", conditions)


@BEGINNING.on("2025-02-03", "Deskundige-E1 and Echo make plan v1 and choose Coach-E1.")
async def work_talk(scene: Scene) -> None:
    await deeds.move(scene, scene.part("expert"), "work_talk", "2025-02-03")
    jobs = [{"title": "Hovenier", "fromYear": 2008, "untilYear": 2023}]
    history = {"takenOn": "2025-02-03", "jobs": jobs}
    await deeds.add(scene, "history", scene.part("expert"), "work-history", history)
    goal = ("Een rustige plek buiten vinden.", "client", "2025-05-01")
    await deeds.plan(scene, "plan1", "expert", "2025-02-03", goal)
    await deeds.link_coach(scene, "expert", "2025-02-03", "TEST-0005")
    await deeds.move(scene, scene.part("coach"), "assignment_accepted", "2025-02-03")


@BEGINNING.on("2025-02-10", "Echo gives the consents K2 and K3; Coach-E1 refines the plan: v2.")
async def consents_and_plan(scene: Scene) -> None:
    coach, clinician = (deeds.recipient(scene, role) for role in ("coach", "clinician"))
    await deeds.consent(scene, "k2", coach, ["work_capacity"], sender="expert")
    shared = ["work_advice", "feedback", "start_conversation"]
    await deeds.consent(scene, "k3", coach, shared, sender="clinician")
    back = ["action_plan", "feedback"]
    await deeds.consent(scene, "k3-back", clinician, back, sender="coach")
    goals = [
        ("Drie ochtenden in de tuin.", "client", "2025-05-01"),
        ("Weten wat er nodig is op slechte dagen.", "coach", "2025-05-01"),
    ]
    await deeds.plan(scene, "plan2", "coach", "2025-02-10", *goals)


@BEGINNING.on("2025-02-17", "Psycholoog-E1 talks with Echo; the four parties choose a date.")
async def anamnesis(scene: Scene) -> None:
    talk = {
        "talkOn": "2025-02-17",
        "coping": "Gaat door tot het op is.",
        "interpersonalRelations": "Werkt graag alleen.",
    }
    by = scene.part("psychologist")
    await deeds.add(scene, "anamnesis", by, "psychological-anamneses", talk)
    at = "2025-03-03T10:00:00+01:00"
    await conversing.arrange(scene, "talk", "four_party", "clinician", at)


@BEGINNING.on("2025-03-03", "Start conversation with all four; ladder 3; 18 months from today.")
async def start_conversation(scene: Scene) -> None:
    await conversing.open_to_all(scene, "talk")
    what = "Rustig opbouwen naar drie ochtenden."
    minutes = {
        "successDefinition": "Drie ochtenden per week buiten bezig, zonder haast.",
        "agreements": [{"what": what, "owner": "client", "byWhen": "2025-05-01"}],
        "reviewDates": ["2025-09-01", "2026-03-02", "2026-09-01"],
        "durationMonths": 18,
    }
    await conversing.hold(scene, "talk", "clinician", "2025-03-03", minutes)
    await conversing.confirm(scene, "talk")
    criteria = {"criteria": {"organised": True, "weekly": True}}
    await deeds.measure(scene, "ladder1", 3, "2025-03-03", "start", **criteria)


@BEGINNING.on(
    "2025-03-06", "Echo and Behandelaar-E1 make an early-warning plan; an excerpt for work."
)
async def early_warning(scene: Scene) -> None:
    phases = {
        "green": ("Slaapt goed.", "Zo doorgaan."),
        "orange": ("Slaapt kort.", "Eerder naar bed, pauzes nemen."),
        "red": ("Slaapt twee nachten niet.", "Bel de behandelaar."),
    }
    signal_plan = {
        "kind": "signal_plan",
        "phases": [
            {"colour": colour, "signals": [signal], "actions": [action]}
            for colour, (signal, action) in phases.items()
        ],
    }
    excerpt = {
        "kind": "work_excerpt",
        "signalsAtWork": ["Kort geslapen.", "Pauzes overslaan."],
        "whatHelps": ["Even naar buiten."],
    }
    path, by = f"{scene.of_client}/early-warning-plans", scene.part("clinician")
    for key, content in (("signal-plan", signal_plan), ("excerpt", excerpt)):
        body = {"madeOn": "2025-03-06", "content": content}
        scene.keep(key, await scene.player.made(by, path, body))
    coach, named = deeds.recipient(scene, "coach"), ["early_warning_plan"]
    record = scene["excerpt"]
    await deeds.consent(scene, "k5", coach, named, sender="clinician", record=record)
