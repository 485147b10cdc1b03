"""Something that ends next month still stands today; on that day it is over."""

import pytest

from app.access.facts import Participant, Responsibility, TreatmentTeamMember
from app.access.records import ClientRecord
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.facades.web.visiting import visitor

TODAY, NEXT_MONTH = "2026-11-18", "2026-12-18"
FACTS = (Participant, Responsibility, TreatmentTeamMember)


async def all_ends_next_month(stage: Stage) -> Situation:
    situation = await wgb_at_uwv(stage)
    stage.on(TODAY)
    for table in FACTS:
        await _ends(stage, situation, table)
    return situation


async def _ends(stage: Stage, situation: Situation, table: type[ClientRecord]) -> None:
    with stage.straight() as db:
        db.execute(f"UPDATE {table.__tablename__} SET valid_until = %s", [NEXT_MONTH])
    await stage.recompile(situation.client)


@pytest.mark.parametrize(
    ("party", "path", "words"),
    [
        ("expert", "{trajectory}", "Coach-A1"),
        ("alfa", "/my-trajectory", "Coach-A1"),
        ("alfa", "/my-trajectory", "Psycholoog-A1"),
        ("alfa", "{client}/blocks/new", "Coach-A1"),
        ("alfa", "{client}/blocks/new", "Re-integratie Proef BV"),
        ("coach", "{trajectory}/coordinators/new", "Coach-A1, re-integratiecoach"),
    ],
)
async def test_who_stays_until_next_month_is_still_named_today(
    stage: Stage, party: str, path: str, words: str
) -> None:
    situation = await all_ends_next_month(stage)
    at = {
        "trajectory": f"/trajectories/{situation.trajectory}",
        "client": f"/clients/{situation.client}",
    }
    person, address = await visitor(stage, party), path.format(**at)
    assert words in (await person.get(address)).text
    stage.on(NEXT_MONTH)
    assert words not in (await person.get(address)).text


async def test_a_client_stops_at_a_body_that_would_go_on_until_next_month(stage: Stage) -> None:
    situation = await all_ends_next_month(stage)
    trajectory = f"/trajectories/{situation.trajectory}"
    client = await visitor(stage, "alfa")
    page = await client.read(f"{trajectory}/funding")
    (stop,) = [link for link in page.links if "/stops" in link]
    assert (await client.get(stop)).status_code == 200
    stage.on(NEXT_MONTH)
    assert stop not in (await client.read(f"{trajectory}/funding")).links


async def test_a_supporter_until_next_month_can_be_ended_and_barred_today(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    stage.on(TODAY)
    body = {"name": "Naaste-A1", "scope": ["existence"], "validUntil": NEXT_MONTH}
    made = await stage.made("alfa", f"{situation.of_client}/supporters", body)
    client, listed = await visitor(stage, "alfa"), f"/clients/{situation.client}/supporters"
    assert "Naaste-A1" in (await client.read(f"/clients/{situation.client}/blocks/new")).text
    ends = f"{listed}/{made['id']}/ends"
    assert ends in (await client.read(listed)).links
    ending = (await client.read(ends)).form_to(ends)
    assert (await client.post(ends, ending)).status_code == 303
    assert ends not in (await client.read(listed)).links, "it is over, and nothing more to end"
