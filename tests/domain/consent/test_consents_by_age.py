"""Whose yes opens something, over HTTP: under 12 the parent's, then both, from 16 the client's."""

import pytest

from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.consent.asking import consent, with_question
from tests.domain.consent.test_act_for_a_client import with_mandate

SCOPE = ["existence", "consent", "work_question"]


async def born(alfa: Situation, day: str) -> None:
    """As it came from elsewhere: nobody under 16 is registered here."""
    with alfa.stage.database.connect_as_superuser() as db:
        db.execute("UPDATE client_identity SET birth_date = %s", [day])
    await alfa.stage.recompile(alfa.client)


async def yes_of(alfa: Situation, who: str) -> str:
    body = consent(alfa, None, "coach", "work_question")
    made = await alfa.stage.made(who, f"{alfa.of_client}/consents", body)
    return f"/v1/consents/{made['id']}"


@pytest.mark.parametrize(
    ("day", "alone"),
    [
        ("2013-01-15", "helper"),  # 11, twelve tomorrow
        ("2013-01-14", ""),  # 12 today
        ("2009-01-15", ""),  # 15, sixteen tomorrow
        ("2009-01-14", "alfa"),  # 16 today
        ("2007-01-14", "alfa"),  # 18 today
    ],
)
async def test_one_yes_opens_what_this_age_lets_it_open(stage: Stage, day: str, alone: str) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="parent", scope=SCOPE)
    await born(alfa, day)
    given = {}
    for who in ("alfa", "helper"):
        if who == "helper" and alone == "alfa":
            break  # a parent acts for nobody of 16
        given[who] = await yes_of(alfa, who)
        open_now = (await stage.get("coach", question)).status_code == 200
        assert open_now is (alone in given if alone else len(given) == 2), who


@pytest.mark.parametrize("who", ["alfa", "helper"])
async def test_what_both_agreed_to_either_takes_back_at_once(stage: Stage, who: str) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="parent", scope=SCOPE)
    await born(alfa, "2011-03-01")
    given = {one: await yes_of(alfa, one) for one in ("alfa", "helper")}
    assert (await stage.get("coach", question)).status_code == 200
    await stage.made(who, f"{given[who]}/withdrawals", {})
    assert (await stage.get("coach", question)).status_code == 404


async def test_on_the_sixteenth_birthday_the_clients_own_yes_stays_and_the_parents_is_over(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="parent", scope=SCOPE)
    await born(alfa, "2009-01-15")
    own = await yes_of(alfa, "alfa")
    await yes_of(alfa, "helper")
    for day, hour in (("2025-01-14", 23), ("2025-01-15", 0)):
        stage.on(day, hour)
        assert (await stage.get("coach", question)).status_code == 200
    await stage.made("alfa", f"{own}/withdrawals", {})
    assert (await stage.get("coach", question)).status_code == 404


async def test_a_guardian_without_a_login_stands_above_a_relative_who_has_one(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    await with_mandate(alfa, kind="relative", scope=SCOPE)
    finding = {
        "decision": "Delen van het behandelplan",
        "finding": "Gesproken; overziet de gevolgen nu niet.",
        "categories": ["work_question"],
        "validUntil": "2025-02-14",
    }
    await stage.made("clinician", f"{alfa.of_client}/incapacities", finding)
    assert (await stage.get("helper", question)).status_code == 200
    guardian = {"kind": "legal_guardian", "name": "Curator-A1", "scope": ["existence"]}
    path = f"{alfa.of_client}/representatives"
    made = await stage.made("clinician", path, {**guardian, "evidence": "Beschikking"})
    assert (await stage.get("helper", question)).status_code == 404
    await stage.made("clinician", f"{path}/{made['id']}/ends", {})
    assert (await stage.get("helper", question)).status_code == 200
