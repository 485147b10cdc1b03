"""Life as it goes: pauses, events, more support for a time, questions, endings, aftercare."""

from app.demo import deeds
from app.demo.caseload.course import Course, deed, spoken
from app.demo.script import Scene


@deed("house", "the team meets, and the work is supervised")
async def house(scene: Scene, _: Course, __: str) -> None:
    """The administrator of the provider; being in a team or supervising opens what it opens."""
    player, by, coach = scene.player, "admin-ggz", scene.member("coach")
    team = await player.made(by, "/v1/teams", {"kind": "fact", "name": "FACT Voorbeeldstad"})
    for role in ("coach", "clinician", "psychologist"):
        member = {"membershipId": scene.member(role)}
        await player.made(by, f"/v1/teams/{team['id']}/members", member)
    pair = {"supervisorMembershipId": scene.member("supervisor")}
    await player.made(by, "/v1/supervisions", {**pair, "supervisedMembershipId": coach})
    await player.made(by, f"/v1/memberships/{coach}/working-times", {"fte": 0.9})


@deed("look", "the coach has looked at the caseload")
async def look(scene: Scene, _: Course, __: str) -> None:
    await scene.player.made(scene.part("coach"), "/v1/caseload/looks", {})


@deed("pause", "paused")
async def pause(scene: Scene, _: Course, on: str, reason: str, by: str = "clinician") -> None:
    body = {"pausedOn": on, "reason": reason}
    await deeds.add(scene, "pause", scene.part(by), "pauses", body)


@deed("resume", "goes on")
async def resume(scene: Scene, _: Course, on: str) -> None:
    again = {"resumedOn": on}
    await deeds.act(scene, scene.part("coach"), "pauses/pause", "resumptions", again)


@deed("event", "something happens in life")
async def event(scene: Scene, _: Course, on: str, kind: str) -> None:
    body = {"kind": kind, "happensOn": on, "extraSupportFrom": on}
    await deeds.add(scene, f"event {on}", scene.client, "life-events", body)


@deed("transition", "more support for a time ({0})")
async def transition(scene: Scene, _: Course, on: str, phase: str, each_month: str) -> None:
    body = {"phase": phase, "startsOn": on, "contactsPerMonth": float(each_month)}
    areas = {"areas": ["housing", "work_and_day"]}
    before = {"supersedes": scene["transition"]} if "transition" in scene.kept else {}
    by = scene.part("clinician")
    await deeds.add(scene, "transition", by, "transition-support", body | areas | before)


@deed("retained", "{0} at {1} is kept; {2} answers for the return")
async def retained(scene: Scene, _: Course, on: str, title: str, *terms: str) -> None:
    """Who has work and is ill: whoever answers for the return is no party here."""
    employer, answers, hours = terms
    who = {"title": spoken(title).capitalize(), "employerName": spoken(employer)}
    body = {**who, "hoursPerWeek": int(hours), "answersForReturn": answers, "startsOn": on}
    await deeds.add(scene, f"retained {on}", scene.part("coach"), "retained-jobs", body)


@deed("ask", "the body asks the coach something")
async def ask(scene: Scene, _: Course, on: str, text: str) -> None:
    body = {"to": "ips_coach", "text": f"{spoken(text).capitalize()}?"}
    await deeds.add(scene, f"question {on}", scene.part(scene.seat), "questions", body)


@deed("marks", "own marks of the client")
async def marks(scene: Scene, _: Course, on: str, *scores: str) -> None:
    four = ("biological", "psychological", "mental_recovery", "social")
    told = [{"subject": s, "score": int(n)} for s, n in zip(four, scores, strict=True)]
    body = {"kind": "green_mechanisms", "measuredOn": on, "scores": told}
    await deeds.add(scene, f"marks {on}", scene.client, "wellbeing", body)


@deed("report", "a report, which the client reads first")
async def report(scene: Scene, course: Course, on: str) -> None:
    period = {"periodFrom": course.begins, "periodUntil": on}
    told = {"activities": "Gesprekken en werk.", "progress": "Het ritme houdt."}
    await deeds.add(scene, "report", scene.part("coach"), "progress-reports", period | told)


@deed("conclude", "concluded with the body ({0})")
async def conclude(scene: Scene, _: Course, on: str, outcome: str) -> None:
    await deeds.move(scene, scene.part(scene.seat), "concluded", on, outcome=outcome)


@deed("ending", "the consent of the coach ends on {0}")
async def ending(scene: Scene, _: Course, __: str, until: str) -> None:
    """A yes for a time: the client wants to be asked again."""
    body = {
        "kind": "gdpr_consent",
        "trajectoryId": scene["trajectory"],
        "senderOrganisationId": None,
        "recipient": deeds.recipient(scene, "coach"),
        "categories": ["existence", "wellbeing"],
        "purposes": deeds.SEE_IN_CARE,
        "textVersion": deeds.TEXT,
        "givenHow": "portal",
        "validUntil": until,
    }
    made = await scene.player.made(scene.client, f"{scene.of_client}/consents", body)
    scene.keep("ending", made)


@deed("end", "ended: {0}")
async def end(scene: Scene, _: Course, on: str, reason: str, successor: str = "") -> None:
    more = {"successorKind": successor} if successor else {}
    by = scene.part("coach")
    await deeds.move(scene, by, "ended", on, reason=reason, **more)


@deed("aftercare", "aftercare of {0} hours a month")
async def aftercare(scene: Scene, _: Course, on: str, hours: str) -> None:
    body = {"startsOn": on, "hoursPerMonth": float(hours)}
    await deeds.add(scene, "aftercare", scene.part("coach"), "aftercare", body)
