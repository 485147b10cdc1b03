"""Versions of the action plan, the client's yes, and the client's own words."""

from typing import Any
from uuid import uuid4

from app.access.vocabulary import Category
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

FIRST: dict[str, Any] = {
    "madeOn": "2025-03-04",
    "goals": [{"goal": "Weer iets met hout.", "owner": "client"}],
}
SECOND: dict[str, Any] = {
    "madeOn": "2025-03-20",
    "goals": [
        {
            "goal": "Twee dagen per week met hout.",
            "owner": "client",
            "dueOn": "2025-06-01",
            "steps": [{"what": "Werkplaatsen bellen.", "owner": "coach", "dueOn": "2025-04-01"}],
        }
    ],
}


async def milestones(stage: Stage, alfa: Situation) -> list[tuple[str, str, str | None]]:
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT milestone, occurred_on::text, detail FROM trajectory_event"
            " WHERE trajectory_id = %s ORDER BY recorded_at",
            [alfa.trajectory],
        )
        return [(row[0], row[1], row[2]) for row in found.fetchall()]


async def test_each_version_takes_the_place_of_the_one_before(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/action-plans"
    stage.on("2025-03-04")
    first = await stage.made("expert", path, FIRST)
    stage.on("2025-03-20")
    second = await stage.made("coach", path, SECOND)
    assert (first["version"], second["version"]) == (1, 2)
    assert second["supersedes"] == first["id"]
    for party in ("expert", "coach", "alfa"):
        plans = (await stage.seen(party, path))["items"]
        assert [plan["version"] for plan in plans] == [1, 2], party
        assert plans[0]["supersededBy"] == second["id"]
        assert plans[0]["goals"][0]["goal"] == "Weer iets met hout."
    assert (await stage.get("clinician", f"{path}/{second['id']}")).status_code == 404
    await alfa.consent("clinician", Category.ACTION_PLAN)
    assert (await stage.seen("clinician", f"{path}/{second['id']}"))["version"] == 2


async def test_the_client_agrees_once_to_the_newest_version(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/action-plans"
    stage.on("2025-03-20")
    first = f"{path}/{(await stage.made('expert', path, FIRST))['id']}"
    second = f"{path}/{(await stage.made('coach', path, SECOND))['id']}"
    tag = (await stage.get("coach", second)).headers["etag"]
    assert (await stage.post("coach", f"{second}/agreements", if_match=tag)).status_code == 403
    tag = (await stage.get("alfa", first)).headers["etag"]
    assert (await stage.post("alfa", f"{first}/agreements", if_match=tag)).status_code == 409
    stage.on("2025-03-21")
    agreed = await stage.act("alfa", second, "agreements")
    assert (agreed["agreedOn"], agreed["agreedBy"]) == ("2025-03-21", "client")
    tag = (await stage.get("alfa", second)).headers["etag"]
    assert (await stage.post("alfa", f"{second}/agreements", if_match=tag)).status_code == 409
    assert await milestones(stage, alfa) == [
        ("plan_made", "2025-03-04", None),
        ("plan_refined", "2025-03-20", None),
        ("plan_agreed", "2025-03-21", "v2"),
    ]


async def test_the_client_adds_words_and_writes_no_plan(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/action-plans"
    stage.on("2025-03-20")
    one = f"{path}/{(await stage.made('coach', path, SECOND))['id']}"
    words = {"words": "Ik wil rustig beginnen."}
    made = await stage.made("alfa", f"{one}/statements", words)
    assert made["authorRole"] == "client"
    seen = (await stage.seen("expert", one))["statements"]
    assert [statement["words"] for statement in seen] == ["Ik wil rustig beginnen."]
    assert (await stage.post("coach", f"{one}/statements", words)).status_code == 403
    assert (await stage.post("alfa", path, SECOND)).status_code == 403
    assert (await stage.post("clinician", f"{one}/statements", words)).status_code == 404


async def test_a_plan_sent_twice_is_one_version(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/action-plans"
    stage.on("2025-03-20")
    key = str(uuid4())
    once = await stage.made("coach", path, SECOND, idempotency_key=key)
    twice = await stage.made("coach", path, SECOND, idempotency_key=key)
    assert once == twice
    assert len((await stage.seen("coach", path))["items"]) == 1


async def test_work_history_has_no_place_for_health_and_is_corrected_by_its_author(
    stage: Stage,
) -> None:
    alfa = await wgb_at_uwv(stage)
    path = f"{alfa.of_trajectory}/work-history"
    stage.on("2025-03-04")
    job = {"title": "Timmermansknecht", "fromYear": 2012, "untilYear": 2018}
    body: dict[str, Any] = {"takenOn": "2025-03-04", "jobs": [job]}
    first = await stage.made("expert", path, body)
    for wrong in ({"healthRemarks": "x"}, {"endReason": "health"}, {"untilYear": 2011}):
        sent = {**body, "jobs": [{**job, **wrong}]}
        assert (await stage.post("expert", path, sent)).status_code == 400, wrong
    unknown = await stage.post("expert", path, {**body, "supersedes": str(uuid4())})
    assert unknown.json()["errors"][0]["code"] == "unknown_reference"
    second = await stage.made("expert", path, {**body, "supersedes": first["id"]})
    assert second["supersedes"] == first["id"]
    again = await stage.post("expert", path, {**body, "supersedes": first["id"]})
    assert again.status_code == 409
    assert (await stage.get("physician", f"{path}/{first['id']}")).status_code == 200
    assert (await stage.get("clinician", f"{path}/{first['id']}")).status_code == 404
    tomorrow = {**body, "takenOn": "2025-03-05"}
    assert (await stage.post("expert", path, tomorrow)).status_code == 400


async def test_others_learn_of_the_anamnesis_only_that_preparation_is_done(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-03-25")
    path = f"{alfa.of_trajectory}/psychological-anamneses"
    body = {"talkOn": "2025-03-25", "coping": "Rust.", "interpersonalRelations": "Vast team."}
    await stage.made("psychologist", path, body)
    assert {name for name, _, _ in await milestones(stage, alfa)} == {
        "psychological_anamnesis",
        "preparation_done",
    }
    for party in ("expert", "coach"):
        listed = await stage.seen(party, path)
        assert listed == {"items": [], "withheld": ["psychologicalAnamnesis"]}


async def test_a_benefit_is_confirmed_by_the_body_and_read_by_consent(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stage.on("2025-03-04")
    path = f"{alfa.of_trajectory}/benefit"
    body = {"kind": "wia", "hoursPerWeek": 24, "confirmedOn": "2025-03-04"}
    one = f"{path}/{(await stage.made('expert', path, body))['id']}"
    assert (await stage.post("coach", path, body)).status_code == 403
    assert (await stage.get("coach", one)).status_code == 404
    await alfa.consent("coach", Category.BENEFIT)
    assert (await stage.seen("coach", one))["kind"] == "wia"
    assert (await stage.get("clinician", one)).status_code == 404
