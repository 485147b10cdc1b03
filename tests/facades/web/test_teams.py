"""Teams on pages: forming one, meeting, standing in, leading, and handing on a caseload."""

import pytest

from app.access.vocabulary import Role
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.team.test_hand_over import trajectory
from tests.facades.web.visiting import sheet, visitor


@pytest.fixture
def office(stage: Stage) -> Stage:
    """Two IPS coaches, who leads them, and another administrator."""
    stage.member("ips", Role.IPS_COACH, "ggz", "Coach-B1")
    stage.member("ips_colleague", Role.IPS_COACH, "ggz", "Coach-B2")
    stage.member("lead", Role.SUPERVISOR, "ggz", "Teamleider-A1")
    return stage


def membership(stage: Stage, party: str) -> str:
    return str(stage.parties[party].membership)


async def test_an_administrator_forms_a_team_and_a_member_records_that_it_met(
    office: Stage,
) -> None:
    admin, coach = await visitor(office, "ggz_admin"), await visitor(office, "ips")
    page = await admin.done("/teams/new", kind="fact", name="FACT Noord")
    assert "FACT Noord" in sheet(page).text
    [team] = [link for link in (await admin.read("/teams")).links if link.startswith("/teams/") and
              link.count("-") == 4]  # fmt: skip
    for party in ("ips", "clinician"):
        await admin.done(f"{team}/members/new", membershipId=membership(office, party))
    told = await coach.read(team)
    assert "Behandelaar-A1" in told.text
    assert f"{team}/members/new" not in told.links, "who may not form teams is offered no form"
    there = [("attendees", membership(office, each)) for each in ("ips", "clinician")]
    page = await coach.done(f"{team}/meetings/new", *there, heldOn="13-01-2025")
    assert "13 januari 2025" in sheet(page).text
    outsider = await visitor(office, "psychologist")
    assert f"{team}/meetings/new" not in (await outsider.read(team)).links


async def test_somebody_of_another_organisation_joins_by_name(office: Stage) -> None:
    admin = await visitor(office, "ggz_admin")
    await admin.done("/teams/new", kind="other", name="Wijkoverleg")
    [made] = (await office.seen("ggz_admin", "/v1/teams"))["items"]
    team = f"/teams/{made['id']}"
    found = await admin.read(f"{team}/organisations?name=UWV%20Test")
    way = next(link for link in found.links if "organisation=" in link)
    page = await admin.done(way, membershipId=membership(office, "expert"))
    assert "Deskundige-A1" in sheet(page).text


async def test_what_a_coach_carries_is_told_to_that_coach_and_to_who_leads(office: Stage) -> None:
    await trajectory(office, 0, "ips")
    admin, lead = await visitor(office, "ggz_admin"), await visitor(office, "lead")
    times = f"/memberships/{membership(office, 'ips')}/working-times/new"
    await admin.done(times, fte="0,5")
    assert "Coach-B1" not in (await lead.read("/teams/colleagues")).text
    await admin.done(
        "/supervisions/new",
        supervisorMembershipId=membership(office, "lead"),
        supervisedMembershipId=membership(office, "ips"),
    )
    assert "Coach-B1" in (await lead.read("/teams/colleagues")).text
    own = (await (await visitor(office, "ips")).read("/teams/colleagues")).text
    assert "Coach-B1" in own
    assert "Coach-B2" not in own
    page = await admin.read("/supervisions")
    way = next(link for link in page.links if link.endswith("/ends"))
    assert "Teamleider-A1" in (await admin.read(way)).text, "a form says whom it is about"
    await admin.done(way, at="")
    assert "Coach-B1" not in (await lead.read("/teams/colleagues")).text


async def test_cover_is_arranged_by_who_is_away_and_ends_with_one_button(office: Stage) -> None:
    coach = await visitor(office, "ips")
    form = await coach.read("/substitutions/new")
    assert form.form("absentMembershipId")["absentMembershipId"] == membership(office, "ips")
    page = await coach.done(
        "/substitutions/new",
        substituteMembershipId=membership(office, "ips_colleague"),
        validUntil="20-01-2025",
    )
    told = sheet(page)
    assert "Coach-B2" in told.text
    assert "20 januari 2025" in told.text
    other = await (await visitor(office, "ips_colleague")).read("/substitutions")
    assert not [link for link in other.links if link.endswith("/ends")]
    way = next(link for link in told.links if link.endswith("/ends"))
    page = await coach.done(way, key="11111111-2222-4333-8444-555555555555")
    assert "Voorbij" in sheet(page).text


async def test_a_caseload_is_handed_on_by_name_and_what_could_not_go_is_told(
    office: Stage,
) -> None:
    first, both = await trajectory(office, 0, "ips"), await trajectory(
        office, 1, "ips", "ips_colleague"
    )  # fmt: skip
    coach = await visitor(office, "ips")
    form = await coach.read("/hand-overs/new")
    assert "Client0" in form.text
    chosen = [("trajectories", str(each.trajectory)) for each in (first, both)]
    to = {"toMembershipId": membership(office, "ips_colleague")}
    told = sheet(await coach.fill("/hand-overs/new", *chosen, **to)).text
    assert told.index("Client0") < told.index("Niet overgedragen") < told.index("Client1")
    assert (await office.get("ips_colleague", first.of_trajectory)).status_code == 200


async def test_a_hand_over_without_a_colleague_says_so_and_keeps_what_was_chosen(
    office: Stage,
) -> None:
    one = await trajectory(office, 0, "ips")
    coach = await visitor(office, "ips")
    answer = await coach.fill("/hand-overs/new", ("trajectories", str(one.trajectory)))
    assert answer.status_code == 422
    assert "#toMembershipId" in sheet(answer).links
    assert sheet(answer).form("trajectories")["trajectories"] == str(one.trajectory)


async def test_pages_of_teams_refuse_as_the_api_does(stage: Stage) -> None:
    situation = await wgb_at_uwv(stage)
    clinician = await visitor(stage, "clinician")
    absent = f"/teams/{situation.client}"
    assert (await clinician.get(absent)).status_code == 404
    for page, path in (("/supervisions", "/v1/supervisions"), ("/teams", "/v1/teams")):
        for party in ("clinician", "expert", "alfa"):
            api = (await stage.get(party, path)).status_code
            assert (await (await visitor(stage, party)).get(page)).status_code == api, (party, page)
    assert (await clinician.get("/teams/new")).status_code == 403
    assert (
        await clinician.post("/teams/new", {"kind": "fact", "name": "Noord"})
    ).status_code == 403
