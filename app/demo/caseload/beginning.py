"""How a course begins: registered, referred, accepted, and a coach who takes it on."""

from app.demo import conversing, deeds
from app.demo.caseload.course import Course, deed
from app.demo.cast import BSN
from app.demo.script import Scene

CONFIRMED = {"ziektewet": "zw", "participatiewet": "pw"}
SHARED = ["identity", "existence", "action_plan", "start_conversation"]


@deed("start", "registered and asked about work")
async def start(scene: Scene, course: Course, on: str) -> None:
    """The clinician registers the client and starts the first trajectory."""
    by = scene.part("clinician")
    name = {"givenName": "Testclient", "familyName": scene.client.capitalize()}
    body = {"bsn": BSN[scene.client], "birthDate": course.born, **name}
    made = await scene.player.made(by, "/v1/clients", body)
    await deeds.link(scene, "client", scene.client, scene.keep("client", made))
    question = {
        "askedOn": on,
        "occasion": "intake",
        "workStatus": "on_sick_leave" if course.benefit == "ziektewet" else "no_work",
        "benefitStatus": CONFIRMED.get(course.benefit, course.benefit),
        "wantsWork": "yes",
        "wish": course.wish,
    }
    path = f"{scene.of_client}/work-questions"
    scene.keep("question", await scene.player.made(by, path, question))
    await begin(scene, course, course.kind)


@deed("next", "a trajectory of another kind follows or goes beside it ({0})")
async def follows(scene: Scene, course: Course, _: str, kind: str) -> None:
    await begin(scene, course, kind, previousTrajectoryId=scene["trajectory"])


@deed("again", "back from aftercare, without a new intake")
async def again(scene: Scene, course: Course, _: str) -> None:
    before = {"previousTrajectoryId": scene["trajectory"], "returning": True}
    await begin(scene, course, course.kind, **before)


async def begin(scene: Scene, course: Course, kind: str, **more: object) -> None:
    """Whoever coached before does not do so here by that."""
    scene.kept.pop("coach", None)
    body = {"clientId": scene["client"], "kind": kind, "legalFrame": course.benefit}
    funding = "participatiewet" if scene.seat == "manager" else "uwv"
    paid = {"funding": "wmo" if kind == "oad" else funding}
    by = scene.part("clinician")
    made = await scene.player.made(by, "/v1/trajectories", body | paid | more)
    scene.keep("trajectory", made)


@deed("refer", "referred, with consent")
async def refer(scene: Scene, course: Course, on: str) -> None:
    to = deeds.recipient(scene, scene.seat)
    await deeds.consent(scene, "k1", to, SHARED, sender="clinician")
    await deeds.refer(scene, scene.seat, course.wish, on)


@deed("accept", "accepted")
async def accept(scene: Scene, course: Course, _: str) -> None:
    medical = course.kind == "wgb" and scene.seat == "expert"
    await deeds.accept(scene, scene.seat, course.benefit, *(["physician"] if medical else []))


@deed("join", "the coach of the own team joins")
async def join(scene: Scene, _: Course, __: str) -> None:
    """A colleague of the clinician: nobody of elsewhere learns of it by this."""
    by, colleague = scene.part("clinician"), {"membershipId": scene.member("coach")}
    await scene.player.made(by, f"{scene.of_client}/treatment-team", colleague)
    await deeds.add(scene, "coach", by, "participants", colleague)


@deed("coach", "the coach takes part again")
async def takes_part(scene: Scene, _: Course, __: str) -> None:
    colleague = {"membershipId": scene.member("coach")}
    await deeds.add(scene, "coach", scene.part("clinician"), "participants", colleague)


@deed("hire", "a coach is asked")
async def hire(scene: Scene, _: Course, on: str) -> None:
    await deeds.link_coach(scene, scene.seat, on, f"TEST-{scene.client.upper()}")


@deed("move", "{0}")
async def move(scene: Scene, _: Course, on: str, to: str, by: str = "coach") -> None:
    await deeds.move(scene, scene.part(by), to, on)


@deed("medical", "the conditions for work are known")
async def medical(scene: Scene, _: Course, on: str) -> None:
    body = {"talkOn": on, "hoursPerDay": 4, "workplace": "Een rustige plek.", "release": True}
    await deeds.add(scene, "conditions", scene.part("physician"), "work-capacity", body)


@deed("worktalk", "a talk about work, and a first plan")
async def work_talk(scene: Scene, course: Course, on: str) -> None:
    await deeds.move(scene, scene.part(scene.seat), "work_talk", on)
    await deeds.plan(scene, "plan1", scene.seat, on, (course.wish, "client", "2027-01-04"))


@deed("plan", "a plan of the coach, agreed")
async def plan(scene: Scene, course: Course, on: str) -> None:
    goals = [(course.wish, "client", "2027-01-04"), ("Een vaste dag.", "coach", "2026-11-02")]
    await deeds.plan(scene, f"plan {on}", "coach", on, *goals)


@deed("advice", "the psychologist's advice, released by the client")
async def advice(scene: Scene, _: Course, on: str) -> None:
    by = scene.part("psychologist")
    colleague = {"membershipId": scene.member("psychologist")}
    team = f"{scene.of_client}/treatment-team"
    await scene.player.made(scene.part("clinician"), team, colleague)
    coping, others = "Zoekt rust bij drukte.", "Werkt graag met een vaste collega."
    talk = {"talkOn": on, "coping": coping, "interpersonalRelations": others}
    await deeds.add(scene, "anamnesis", by, "psychological-anamneses", talk)
    body = {"madeOn": on, "advice": ["Eén taak tegelijk."]}
    await deeds.add(scene, "advice", by, "work-advice", body)
    await deeds.act(scene, scene.client, "work-advice/advice", "releases")


@deed("dates", "a date is asked for the start conversation")
async def dates(scene: Scene, _: Course, on: str) -> None:
    """Asked, and answered by nobody yet."""
    body = {
        "kind": "four_party",
        "proposals": [{"startsAt": "2026-09-14T10:00:00+02:00", "place": "Spreekkamer 4"}],
        "invitations": [deeds.recipient(scene, role) for role in scene.parties],
    }
    await deeds.add(scene, f"talk {on}", scene.part("clinician"), "start-conversations", body)


@deed("conversation", "the start conversation, confirmed by all")
async def conversation(scene: Scene, course: Course, on: str, kind: str = "four_party") -> None:
    if kind == "three_way":
        scene.care = ()
    by = "clinician" if scene.care else scene.seat
    await conversing.arrange(scene, "talk", kind, by, f"{on}T12:30:00+02:00")
    await conversing.open_to_all(scene, "talk")
    months = {"durationMonths": 12} if course.kind == "wgb" else {}
    minutes = {"successDefinition": course.wish, "reviewDates": ["2026-09-28"], **months}
    await conversing.hold(scene, "talk", by, on, minutes)
    await conversing.confirm(scene, "talk")
