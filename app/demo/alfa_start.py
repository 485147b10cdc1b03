"""Trajectory H1 until the start conversation counts; `seat` is who sits in UWV's place."""

from app.demo import conversing, deeds
from app.demo.script import Scene, Script

BEGINNING = Script()


@BEGINNING.on("2025-01-14", "Behandelaar-A1 asks Alfa about work at intake: 'iets met hout'.")
async def work_question(scene: Scene) -> None:
    await deeds.register(scene, "1990-05-17")
    question = {
        "askedOn": "2025-01-14",
        "occasion": "intake",
        "workStatus": "no_work",
        "withoutWorkSince": "2022-06-01",
        "benefitStatus": "wia",
        "wantsWork": "yes",
        "wish": "Iets met hout.",
    }
    by, path = scene.part("clinician"), f"{scene.of_client}/work-questions"
    scene.keep("question", await scene.player.made(by, path, question))


@BEGINNING.on("2025-01-28", "Alfa lets GGZ Voorbeeldland tell UWV Testdistrict (consent K1).")
async def consent_to_refer(scene: Scene) -> None:
    await start(scene, "wia", 12)
    await let_tell(scene)
    physician, few = deeds.recipient(scene, "physician"), ["identity", "existence"]
    await deeds.consent(scene, "k1-physician", physician, few, sender="clinician")


async def start(scene: Scene, legal_frame: str, months: int) -> None:
    """The clinician starts the trajectory; which body is responsible is not known yet."""
    body = {
        "clientId": scene["client"],
        "kind": "wgb",
        "legalFrame": legal_frame,
        "funding": "participatiewet" if legal_frame == "participatiewet" else "uwv",
        "durationMonths": months,
    }
    made = await scene.player.made(scene.part("clinician"), "/v1/trajectories", body)
    scene.keep("trajectory", made)


async def let_tell(scene: Scene) -> None:
    """The client's yes to what the body may know (K1)."""
    shared = ["identity", "existence", "action_plan", "start_conversation"]
    body = deeds.recipient(scene, scene.seat)
    await deeds.consent(scene, "k1", body, shared, sender="clinician")


@BEGINNING.on("2025-01-30", "Behandelaar-A1 refers Alfa to UWV; it waits in the inbox there.")
async def referred(scene: Scene) -> None:
    await deeds.refer(scene, scene.seat, "Weer iets met hout doen.", "2025-01-28")


@BEGINNING.on("2025-02-04", "Deskundige-A1 accepts: UWV is responsible, Arts-A1 takes part.")
async def referral_accepted(scene: Scene) -> None:
    await deeds.accept(scene, "expert", "wia", "physician")


@BEGINNING.on("2025-02-18", "Arts-A1 and Deskundige-A1 talk with Alfa; Arts-A1 drafts conditions.")
async def medical_talk(scene: Scene) -> None:
    physician = scene.part("physician")
    notes = {"talkOn": "2025-02-18", "notes": "Verslag van het gesprek, voor het eigen dossier."}
    await deeds.add(scene, "notes", physician, "insurance-physician-notes", notes)
    conditions = {
        "talkOn": "2025-02-18",
        "hoursPerDay": 4,
        "nights": "not_suitable",
        "workplace": "Een rustige plek.",
        "instructions": "Duidelijke opdrachten.",
    }
    await deeds.add(scene, "conditions", physician, "work-capacity", conditions)


@BEGINNING.on("2025-02-20", "Arts-A1 releases the conditions to Deskundige-A1.")
async def conditions_released(scene: Scene) -> None:
    await deeds.act(scene, scene.part("physician"), "work-capacity/conditions", "releases")


@BEGINNING.on("2025-03-04", "Deskundige-A1 and Alfa talk about work: history, plan v1, ladder 2.")
async def work_talk(scene: Scene) -> None:
    by = scene.seat
    await deeds.move(scene, scene.part(by), "work_talk", "2025-03-04")
    jobs = [
        {"title": "Timmermansknecht", "fromYear": 2012, "untilYear": 2018},
        {"title": "Winkelmedewerker", "fromYear": 2019, "untilYear": 2022},
    ]
    history = {"takenOn": "2025-03-04", "jobs": jobs}
    await deeds.add(scene, "history", scene.part(by), "work-history", history)
    goal = ("Uitzoeken welk werk met hout past.", "client", "2025-06-01")
    await deeds.plan(scene, "plan1", by, "2025-03-04", goal)
    growth = {"rung": 4, "horizonMonths": 12}
    criteria = {"hasContract": False, "weekly": True}
    notes = {"growthPotential": growth, "criteria": criteria}
    await deeds.measure(scene, "ladder1", 2, "2025-03-04", "start", **notes)


@BEGINNING.on("2025-03-11", "Deskundige-A1 links Coach-A1 (assignment TEST-0001).")
async def coach_linked(scene: Scene) -> None:
    await deeds.link_coach(scene, scene.seat, "2025-03-11", "TEST-0001")
    await deeds.move(scene, scene.part("coach"), "assignment_accepted", "2025-03-11")


@BEGINNING.on("2025-03-13", "Alfa lets UWV show the conditions to Coach-A1 (consent K2).")
async def consent_on_capacity(scene: Scene) -> None:
    coach = deeds.recipient(scene, "coach", person=True)
    await deeds.consent(scene, "k2", coach, ["work_capacity"], sender="expert")


@BEGINNING.on("2025-03-18", "Alfa lets GGZ and Coach-A1 tell each other what work needs (K3).")
async def consents_between_care_and_coach(scene: Scene) -> None:
    shared = ["work_advice", "feedback", "start_conversation"]
    coach, clinician = (deeds.recipient(scene, role) for role in ("coach", "clinician"))
    await deeds.consent(scene, "k3", coach, shared, sender="clinician")
    back = ["action_plan", "feedback"]
    await deeds.consent(scene, "k3-back", clinician, back, sender="coach")


@BEGINNING.on("2025-03-20", "Coach-A1 and Alfa refine the plan: v2, four goals.")
async def plan_refined(scene: Scene) -> None:
    await deeds.plan(
        scene,
        "plan2",
        "coach",
        "2025-03-20",
        ("Drie werkplaatsen bezoeken.", "coach", "2025-04-15"),
        ("Twee dagen per week met hout bezig.", "client", "2025-06-02"),
        ("Een vaste begeleider op de werkplek.", "coach", "2025-06-02"),
        ("Weten welk werk lukt.", "client", "2025-12-31"),
    )


@BEGINNING.on(
    "2025-03-25", "Psycholoog-A1 talks with Alfa, which stays in the GGZ, and writes advice."
)
async def anamnesis(scene: Scene) -> None:
    talk = {
        "talkOn": "2025-03-25",
        "coping": "Zoekt rust bij drukte.",
        "interpersonalRelations": "Werkt graag met een vaste collega.",
    }
    by = scene.part("psychologist")
    await deeds.add(scene, "anamnesis", by, "psychological-anamneses", talk)
    advice = ["Eén taak tegelijk.", "Terugkoppeling in een gesprek onder vier ogen."]
    body = {"madeOn": "2025-03-25", "advice": advice}
    await deeds.add(scene, "advice", by, "work-advice", body)


@BEGINNING.on("2025-03-27", "Alfa has read the advice for work, and releases it.")
async def advice_released(scene: Scene) -> None:
    await deeds.act(scene, scene.client, "work-advice/advice", "releases")
    await conversing.arrange(scene, "talk", "four_party", "clinician", "2025-04-03T10:00:00+02:00")


@BEGINNING.on("2025-04-03", "The four parties hold the start conversation: two days with wood.")
async def start_conversation(scene: Scene) -> None:
    await conversing.open_to_all(scene, "talk")
    minutes = {
        "successDefinition": "Twee dagen per week met hout, betaald of niet.",
        "agreements": [
            {
                "what": "Een werkervaringsplaats zoeken.",
                "owner": "reintegration_coach",
                "byWhen": "2025-06-02",
            }
        ],
        "reviewDates": ["2025-07-03", "2025-10-02", "2026-01-08"],
        "durationMonths": 12,
    }
    await conversing.hold(scene, "talk", "clinician", "2025-04-03", minutes)


@BEGINNING.on(
    "2025-04-07", "Everyone confirms the minutes, Alfa last: the clock runs from 3 April."
)
async def minutes_confirmed(scene: Scene) -> None:
    await conversing.confirm(scene, "talk")
