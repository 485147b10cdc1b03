"""Nobody lets themselves in: not to a treatment team, a trajectory, a record or a mandate."""

from typing import Any

from app.access.vocabulary import Category
from tests.build.machines import System, system_of
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.test_act_for_a_client import MANDATE
from tests.domain.trajectory.courses import Course, started

LINKS = "/v1/account-links"


def link(stage: Stage, client: Any, subject: str) -> dict[str, str]:
    return {
        "clientId": str(client),
        "role": "client",
        "issuer": stage.issuer.url,
        "subject": subject,
    }


async def with_participant(stage: Stage) -> Course:
    """A clinician who only takes part, and whom the client lets know that there is a client."""
    alfa = await started(stage)
    member = {"membershipId": str(stage.parties["colleague"].membership)}
    await stage.made("clinician", f"{alfa.of_trajectory}/participants", member)
    await alfa.consent("colleague", Category.EXISTENCE)
    assert (await stage.get("colleague", alfa.of_client)).status_code == 200
    return alfa


async def test_taking_part_in_a_trajectory_adds_nothing_to_the_client_as_a_whole(
    stage: Stage,
) -> None:
    alfa = await with_participant(stage)
    for path, body in (
        ("treatment-team", {"membershipId": str(stage.parties["colleague"].membership)}),
        ("treatment-team", {"membershipId": str(stage.parties["psychologist"].membership)}),
        ("representatives", MANDATE),
    ):
        refused = await stage.post("colleague", f"{alfa.of_client}/{path}", body)
        assert refused.status_code == 403, path
    made = await stage.post("colleague", LINKS, link(stage, alfa.client, "subject-new"))
    assert made.status_code == 403


async def test_who_stands_in_for_some_days_cannot_stay(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    stand_ins = {"clinician": "colleague", "expert": "expert_colleague"}
    for absent, stand_in in stand_ins.items():
        cover = {
            "absentMembershipId": str(stage.parties[absent].membership),
            "substituteMembershipId": str(stage.parties[stand_in].membership),
            "validUntil": "2025-01-20",
        }
        await stage.made(absent, "/v1/substitutions", cover)
    for stand_in, path in (
        ("colleague", f"{alfa.of_client}/treatment-team"),
        ("expert_colleague", f"{alfa.of_trajectory}/participants"),
    ):
        member = {"membershipId": str(stage.parties[stand_in].membership)}
        assert (await stage.post(stand_in, path, member)).status_code == 403, path
    stage.on("2025-01-20")
    assert (await stage.get("colleague", alfa.of_client)).status_code == 404
    assert (await stage.get("expert_colleague", alfa.of_trajectory)).status_code == 404


async def test_no_login_of_ones_own_becomes_the_clients_by_any_way_round(stage: Stage) -> None:
    client = await stage.client("alfa")
    records = await system_of(stage)
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT practitioner_id FROM account WHERE subject = 'subject-clinician'"
        ).fetchone()
    assert found is not None
    second = {"issuer": stage.issuer.url, "subject": "subject-second"}
    await stage.made("ggz_admin", f"/v1/practitioners/{found[0]}/accounts", second)
    member = str(stage.parties["clinician"].membership)
    for subject in ("subject-clinician", "subject-second"):
        body = link(stage, client, subject)
        assert (await stage.post("clinician", LINKS, body)).status_code == 403, subject
        through = await records.call("POST", LINKS, body, on_behalf_of=member)
        assert through.status_code == 403, subject


async def registered(records: System) -> str:
    """A client that a record system registered for its organisation; the address."""
    body = {
        "bsn": BSN["alfa"],
        "givenName": "Testclient",
        "familyName": "Alfa",
        "birthDate": "1990-05-17",
    }
    made = await records.call("POST", "/v1/clients", body)
    assert made.status_code == 201
    return str(made.json()["id"])


async def test_a_client_system_without_a_member_links_no_login_and_records_no_mandate(
    stage: Stage,
) -> None:
    records = await system_of(stage)
    client = await registered(records)
    linked = await records.call("POST", LINKS, link(stage, client, "subject-new"))
    mandate = await records.call("POST", f"/v1/clients/{client}/representatives", MANDATE)
    assert (linked.status_code, mandate.status_code) == (403, 403)
