"""The register of processing, and the terms of what is in open requests."""

from datetime import UTC, date, datetime

import pytest

from app.access.facts import DataSubjectRequest
from app.access.vocabulary import Category, OrganisationKind
from app.domain.privacy.rules.register import register
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.privacy.officers import DESK, officers, pages

REGISTER, TERMS = f"{DESK}/processing-register", f"{DESK}/retention-list"


@pytest.fixture
async def alfa(stage: Stage) -> Situation:
    officers(stage)
    return await wgb_at_uwv(stage)


async def request(alfa: Situation, until: datetime | None = None, desk: str = "desk") -> None:
    stage = alfa.stage
    await alfa.put(
        DataSubjectRequest,
        kind="erasure",
        organisation_id=stage.parties[desk].organisation,
        inbox_id=stage.parties[desk].inbox,
        valid_until=until,
    )


@pytest.mark.parametrize("party", ["desk", "officer", "ggz_admin"])
async def test_the_register_tells_what_the_policy_does_under_the_version_in_force(
    stage: Stage, party: str
) -> None:
    officers(stage)
    kind = OrganisationKind.GGZ_PROVIDER
    for version in (1, 2):
        with stage.database.connect_as_superuser() as db:
            db.execute("UPDATE organisation SET policy_version = %s", [version])
        found = await stage.seen(party, REGISTER)
        assert found["controller"] == "GGZ Voorbeeldland"
        assert found["policyVersion"] == version
        assert [
            (each["category"], [(p["role"], p["ground"]) for p in each["within"]])
            for each in found["activities"]
        ] == [
            (each.category, [(line.role, line.ground) for line in each.within])
            for each in register(kind, version)
        ]
        medical = next(e for e in found["activities"] if e["category"] == "medical")
        assert medical["kept"]["years"] == 20
        assert "AVG 9(2)(h)" in medical["articles"]


async def test_the_register_is_for_who_answers_for_it(stage: Stage) -> None:
    officers(stage)
    for party in ("clinician", "expert", "coach", "employer"):
        assert (await stage.get(party, REGISTER)).status_code == 403, party


async def test_the_list_of_terms_holds_what_is_in_an_open_request_and_when_it_ends(
    stage: Stage, alfa: Situation
) -> None:
    assert (await stage.seen("desk", TERMS))["items"] == []
    await request(alfa)
    items = (await stage.seen("desk", f"{TERMS}?pageSize=100"))["items"]
    assert {item["clientId"] for item in items} == {str(alfa.client)}
    kinds = {item["category"]: item for item in items}
    assert {"medical", "identity", "bsn", "consent"} <= kinds.keys()
    assert kinds["medical"]["retentionClass"] == "treatment_file"
    last = max(datetime.fromisoformat(item["lastRecordedAt"]) for item in items)
    assert last.date() == date(2025, 1, 14)
    assert {item["endsNotBefore"] for item in items} == {"2045-01-14"}
    assert "Testclient" not in str(items)
    assert await pages(stage, "desk", f"{TERMS}?pageSize=2") == items


async def test_a_request_of_another_desk_or_one_that_is_closed_opens_no_terms(
    stage: Stage, alfa: Situation
) -> None:
    await request(alfa, until=datetime(2025, 1, 14, tzinfo=UTC))
    await request(alfa, desk="other_desk")
    for party in ("desk", "other_desk"):
        assert (await stage.seen(party, TERMS))["items"] == [], party
    for party in ("officer", "clinician", "ggz_admin", "alfa"):
        assert (await stage.get(party, TERMS)).status_code == 403, party


async def test_looking_at_the_terms_stands_on_the_log_of_the_client(
    stage: Stage, alfa: Situation
) -> None:
    await request(alfa)
    await stage.seen("desk", f"{TERMS}?pageSize=100")
    log = await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100")
    [line] = [item for item in log["items"] if item["role"] == "privacy_desk"]
    assert line["resource"] == "Retention"
    assert "medical" in {seen["category"] for seen in line["shown"]}
    assert line["grounds"][0]["basis"] == "request"
    assert Category.ACCESS_LOG not in {seen["category"] for seen in line["shown"]}
