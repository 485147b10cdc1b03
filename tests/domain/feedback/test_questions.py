"""Questions between coach and responsible body: the client reads along, care does not."""

from uuid import uuid4

from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
ASK = {"to": "labour_expert", "text": "Kan een proefplaatsing vanaf november?"}


async def alfa_in_june(stage: Stage) -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-19")
    return alfa, f"{alfa.of_trajectory}/questions"


async def test_question_and_answer_are_for_the_two_sides_and_the_client(stage: Stage) -> None:
    _, path = await alfa_in_june(stage)
    made = await stage.made("coach", path, ASK)
    one = f"{path}/{made['id']}"
    assert made["answers"] == []
    await stage.made("expert", f"{one}/answers", {"text": "Ja, voor twee maanden."})
    for party in ("coach", "expert", "alfa"):
        [answer] = (await stage.seen(party, one))["answers"]
        assert (answer["authorRole"], answer["text"]) == (
            "labour_expert", "Ja, voor twee maanden.",
        )  # fmt: skip
    for party in ("clinician", "psychologist", "physician"):
        hidden = await stage.get(party, one, x_request_id=REQUEST)
        absent = await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST)
        assert hidden.status_code == 404, party
        assert hidden.content == absent.content
        assert (await stage.seen(party, path))["items"] == []


async def test_health_content_is_refused_in_question_and_answer(stage: Stage) -> None:
    _, path = await alfa_in_june(stage)
    refused = await stage.post("expert", path, {
        "to": "reintegration_coach", "text": "Heeft de cliënt een depressie?",
    })  # fmt: skip
    assert refused.json()["errors"][0]["code"] == "medical_content"
    assert "depressie" not in refused.text
    made = await stage.made("coach", path, ASK)
    answer = {"text": "Gezien de medicatie liever niet."}
    refused = await stage.post("expert", f"{path}/{made['id']}/answers", answer)
    assert refused.json()["errors"][0]["code"] == "medical_content"
    assert (await stage.seen("alfa", path))["items"][0]["answers"] == []


async def test_only_the_asked_side_answers_and_nobody_else_asks(stage: Stage) -> None:
    _, path = await alfa_in_june(stage)
    made = await stage.made("coach", path, ASK)
    for party in ("coach", "alfa"):
        refused = await stage.post(party, f"{path}/{made['id']}/answers", {"text": "Ja."})
        assert refused.status_code == 403, party
    assert (
        await stage.post("clinician", f"{path}/{made['id']}/answers", {"text": "Ja."})
    ).status_code == 404
    for party, to in (("clinician", "labour_expert"), ("expert", "clinician"), ("alfa", "coach")):
        body = {"to": to, "text": "Hoe gaat het?"}
        assert (await stage.post(party, path, body)).status_code in {400, 403}, party
