"""Feedback reaches whom it names and a consent covers; the client reads all of it."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
F1 = {"audience": ["clinician"], "text": "Een derde dag is te veel; praten over het tempo."}


async def alfa_in_june(stage: Stage) -> tuple[Situation, str]:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-06-19")
    return alfa, f"{alfa.of_trajectory}/feedback"


async def unseen(stage: Stage, party: str, path: str, made: dict[str, Any]) -> None:
    hidden = await stage.get(party, f"{path}/{made['id']}", x_request_id=REQUEST)
    absent = await stage.get(party, f"{path}/{uuid4()}", x_request_id=REQUEST)
    assert hidden.status_code == 404, party
    assert hidden.content == absent.content
    listed = await stage.seen(party, path)
    assert made["id"] not in [item["id"] for item in listed["items"]], party


async def test_without_consent_the_named_clinician_reads_nothing_and_the_client_reads_all(
    stage: Stage,
) -> None:
    alfa, path = await alfa_in_june(stage)
    made = await stage.made("coach", path, F1)
    assert (await stage.seen("alfa", f"{path}/{made['id']}"))["text"] == F1["text"]
    await unseen(stage, "clinician", path, made)
    await alfa.consent("clinician", Category.FEEDBACK)
    assert (await stage.seen("clinician", f"{path}/{made['id']}"))["text"] == F1["text"]


async def test_a_consent_alone_opens_no_feedback_that_does_not_name_the_role(
    stage: Stage,
) -> None:
    alfa, path = await alfa_in_june(stage)
    made = await stage.made("coach", path, F1)
    await alfa.consent("expert", Category.FEEDBACK)
    await unseen(stage, "expert", path, made)
    named = {**F1, "audience": ["clinician", "labour_expert"]}
    both = await stage.made("coach", path, named)
    assert (await stage.seen("expert", f"{path}/{both['id']}"))["text"] == F1["text"]


async def test_a_reply_goes_back_and_an_unseen_entry_cannot_be_replied_to(stage: Stage) -> None:
    alfa, path = await alfa_in_june(stage)
    first = await stage.made("coach", path, F1)
    answer = {"audience": ["reintegration_coach"], "text": "Eens.", "replyTo": first["id"]}
    hidden = await stage.post("clinician", path, answer, x_request_id=REQUEST)
    absent = await stage.post(
        "clinician", path, {**answer, "replyTo": str(uuid4())}, x_request_id=REQUEST
    )
    assert hidden.status_code == 400
    assert hidden.content == absent.content
    await alfa.consent("clinician", Category.FEEDBACK)
    await alfa.consent("coach", Category.FEEDBACK)
    second = await stage.made("clinician", path, answer)
    seen = await stage.seen("coach", f"{path}/{second['id']}")
    assert (seen["text"], seen["replyTo"]) == ("Eens.", first["id"])


async def test_an_audience_names_only_roles_that_could_ever_read(stage: Stage) -> None:
    _, path = await alfa_in_june(stage)
    for role in ("employer", "insurance_physician", "client", "health_insurer"):
        refused = await stage.post("coach", path, {**F1, "audience": [role]})
        assert refused.json()["errors"][0]["code"] == "unfit_role", role
    assert (await stage.post("alfa", path, F1)).status_code == 403
