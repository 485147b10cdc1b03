"""Into a successor goes what the client opens of the earlier trajectory, record by record."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.access.vocabulary import OrganisationKind, Role
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.assessment.test_plans import FIRST
from tests.domain.consent.asking import consent

REQUEST = "11111111-2222-4333-8444-555555555555"
HISTORY = {"takenOn": "2025-03-04", "jobs": [{"title": "Timmermansknecht", "fromYear": 2012}]}


@dataclass
class Chain:
    """An earlier trajectory with a coach, and its successor with another one."""

    stage: Stage
    earlier: Situation
    later: Situation
    kept: dict[str, str]

    async def open(self, kind: str, category: str, **more: Any) -> dict[str, Any]:
        """The client opens one thing of the earlier trajectory to the coach of the later one."""
        body = consent(self.later, None, "gardener", category)
        body |= {"recordId": self.kept[kind], **more}
        return await self.stage.made("alfa", f"{self.later.of_client}/consents", body)

    async def readable(self, party: str = "gardener") -> set[str]:
        """What of the earlier trajectory this party reads, in its list and by id alike."""
        return {kind for kind in self.kept if await self._reads(party, kind)}

    async def _reads(self, party: str, kind: str) -> bool:
        if kind == "trajectory":
            return (await self.stage.get(party, self.earlier.of_trajectory)).status_code == 200
        path = f"{self.earlier.of_trajectory}/{kind}"
        one = await self.stage.get(party, f"{path}/{self.kept[kind]}")
        listed = await self.stage.get(party, path)
        items = listed.json()["items"] if listed.status_code == 200 else []
        in_list = self.kept[kind] in [item["id"] for item in items]
        assert in_list == (one.status_code == 200 and listed.status_code == 200)
        return one.status_code == 200


@pytest.fixture
async def chain(stage: Stage) -> Chain:
    """What a labour expert wrote down stands in the first trajectory; the second follows it."""
    earlier = await wgb_at_uwv(stage)
    stage.organisation("garden", OrganisationKind.REINTEGRATION_COMPANY, "Tuin Voorbeeld")
    stage.member("gardener", Role.REINTEGRATION_COACH, "garden", "Coach-F1")
    stage.on("2025-03-04")
    kept = {"trajectory": str(earlier.trajectory)}
    bodies = {"work-history": HISTORY, "action-plans": FIRST}
    for kind, body in bodies.items():
        kept[kind] = (await stage.made("expert", f"{earlier.of_trajectory}/{kind}", body))["id"]
    stage.on("2025-06-02")
    later = Situation(stage, earlier.client)
    await later.begin()
    await later.assign("gardener")
    return Chain(stage, earlier, later, kept)


async def test_a_successor_takes_nothing_along_by_itself(chain: Chain) -> None:
    assert await chain.readable() == set()
    for kind in ("work-history", "action-plans"):
        listed = await chain.stage.seen("gardener", f"{chain.later.of_trajectory}/{kind}")
        assert listed["items"] == []


async def test_what_the_client_opens_is_read_where_it_stands_as_who_wrote_it_left_it(
    chain: Chain,
) -> None:
    await chain.open("trajectory", "existence")
    assert await chain.readable() == {"trajectory"}
    await chain.open("work-history", "work_history")
    assert await chain.readable() == {"trajectory", "work-history"}
    path = f"{chain.earlier.of_trajectory}/work-history/{chain.kept['work-history']}"
    theirs, own = [await chain.stage.seen(party, path) for party in ("gardener", "expert")]
    for name in ("id", "recordedAt", "authorRole", "jobs"):
        assert theirs[name] == own[name]
    copies = await chain.stage.seen("alfa", f"{chain.later.of_trajectory}/work-history")
    assert copies["items"] == []
    log = await chain.stage.seen("alfa", f"{chain.later.of_client}/access-log?pageSize=100")
    looks = [line for line in log["items"] if line["recordId"] == chain.kept["work-history"]]
    assert any("consent" in str(line) for line in looks)


async def test_later_versions_and_other_records_of_that_kind_stay_shut(chain: Chain) -> None:
    for kind, category in (("trajectory", "existence"), ("work-history", "work_history")):
        await chain.open(kind, category)
    path = f"{chain.earlier.of_trajectory}/work-history"
    await chain.stage.made("expert", path, {**HISTORY, "takenOn": "2025-05-20"})
    seen = await chain.stage.seen("gardener", path)
    assert [item["id"] for item in seen["items"]] == [chain.kept["work-history"]]
    written = await chain.stage.post("gardener", path, HISTORY)
    assert written.status_code == 403


async def test_it_ends_with_the_consent_and_with_taking_part_in_the_successor(
    chain: Chain,
) -> None:
    trajectory = await chain.open("trajectory", "existence")
    history = await chain.open("work-history", "work_history")
    await chain.open("action-plans", "action_plan")
    assert await chain.readable() == set(chain.kept)
    await chain.stage.act("alfa", f"/v1/consents/{history['id']}", "withdrawals", {})
    assert await chain.readable() == {"trajectory", "action-plans"}
    await chain.stage.act("alfa", f"/v1/consents/{trajectory['id']}", "withdrawals", {})
    hidden = await chain.stage.get("gardener", chain.earlier.of_trajectory, x_request_id=REQUEST)
    assert hidden.status_code == 404
    assert await chain.readable("case_manager") == set()


async def test_who_takes_part_only_in_the_earlier_one_gets_nothing_by_that_consent(
    chain: Chain,
) -> None:
    body = consent(chain.later, None, "expert", "work_history")
    body |= {"recordId": chain.kept["work-history"]}
    await chain.stage.made("alfa", f"{chain.later.of_client}/consents", body)
    given = await chain.stage.seen("alfa", f"{chain.later.of_client}/access-overview")
    assert all(
        why["consentId"] is None
        for party in given["parties"]
        if party["role"] == "labour_expert"
        for why in party["reasons"]
    )
