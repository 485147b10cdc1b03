"""The client says which texts to speak of first: a mark of the own, that hides nothing."""

from app.access.vocabulary import Role
from tests.build.stage import Stage
from tests.domain.consent.asking import linked, with_question
from tests.domain.consent.test_act_for_a_client import with_mandate


async def test_the_last_wish_counts_and_none_takes_it_back(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/discussion-wishes"
    first = await stage.made("alfa", path, {"categories": ["work_question", "medical"]})
    assert set(first["categories"]) == {"medical", "work_question"}
    assert await stage.seen("alfa", f"{path}/{first['id']}") == first
    await stage.made("alfa", path, {"categories": []})
    wishes = (await stage.seen("alfa", path))["items"]
    assert [len(one["categories"]) for one in wishes] == [2, 0]


async def test_what_the_client_wants_to_discuss_first_stays_readable_for_the_client(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    before = {who: await stage.seen(who, question) for who in ("alfa", "clinician")}
    await stage.made(
        "alfa", f"{alfa.of_client}/discussion-wishes", {"categories": ["work_question"]}
    )
    for who, told in before.items():
        assert await stage.seen(who, question) == told
    assert (await stage.get("coach", question)).status_code == 404


async def test_nobody_else_has_or_knows_a_wish_of_the_client(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/discussion-wishes"
    made = await stage.made("alfa", path, {"categories": ["medical"]})
    for party in ("clinician", "psychologist", "coach", "expert", "physician"):
        assert (await stage.post(party, path, {"categories": []})).status_code == 403, party
        assert (await stage.seen(party, path))["items"] == [], party
        assert (await stage.get(party, f"{path}/{made['id']}")).status_code == 404, party
    assert (await stage.get("other_clinician", path)).status_code == 404
    friend = {"name": "Naaste-A1", "scope": ["existence", "work_question"]}
    person = await stage.made("alfa", f"{alfa.of_client}/supporters", friend)
    await linked(alfa, "alfa", Role.SUPPORTER, person["id"], "friend")
    assert (await stage.post("friend", path, {"categories": []})).status_code == 403


async def test_who_acts_for_the_client_wishes_within_the_mandate(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/discussion-wishes"
    await with_mandate(alfa)
    made = await stage.made("helper", path, {"categories": ["work_question"]})
    assert (made["authorRole"], made["categories"]) == ("representative", ["work_question"])
    assert (await stage.post("helper", path, {"categories": ["medical"]})).status_code == 403
