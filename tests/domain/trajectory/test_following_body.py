"""A body that follows another one learns that it took part, and neither who nor what was asked."""

from tests.build.stage import Stage
from tests.domain.trajectory.courses import started


async def test_the_municipality_after_uwv_sees_its_own_referral_and_seats_without_names(
    stage: Stage,
) -> None:
    course = await started(stage)
    await course.with_coach()
    found = await stage.seen("alfa", f"/v1/responsibilities?trajectoryId={course.trajectory}")
    one = f"{course.of_trajectory}/responsibilities/{found['items'][0]['id']}"
    await stage.act("alfa", one, "stops")
    sent = await course.refer("case_manager")
    await stage.act("case_manager", f"/v1/referrals/{sent['id']}", "acceptances", {})
    referrals = (await stage.seen("case_manager", "/v1/referrals"))["items"]
    assert [item["id"] for item in referrals] == [sent["id"]]
    both = (await stage.seen("clinician", "/v1/referrals"))["items"]
    assert len(both) == len((await stage.seen("alfa", "/v1/referrals"))["items"]) == 2
    (earlier,) = {item["id"] for item in both} - {sent["id"]}
    assert (await stage.get("case_manager", f"/v1/referrals/{earlier}")).status_code == 404
    seats = f"{course.of_trajectory}/participants?pageSize=100"
    at_uwv = [
        item
        for item in (await stage.seen("case_manager", seats))["items"]
        if item["organisationName"] == "UWV Testdistrict"
    ]
    assert {item["role"] for item in at_uwv} == {"labour_expert", "insurance_physician"}
    assert {(item["name"], item["membershipId"]) for item in at_uwv} == {(None, None)}
    answer = await stage.get("case_manager", seats)
    assert "Deskundige-A1" not in answer.text
    assert "Coach-A1" in answer.text
    for party in ("alfa", "clinician"):
        assert "Deskundige-A1" in (await stage.get(party, seats)).text, party
