"""What an organisation knows of employers is read by its own people, and by no other."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from app.access.vocabulary import Role
from app.platform.postgres.addresses import for_libpq, parse
from tests.build.stage import Stage

REQUEST = "11111111-2222-4333-8444-555555555555"
BAKERY = {"name": "Bakkerij Proefkorst", "kvk": "90001354", "sector": "bakkerij", "sroi": True}
SCAN = {
    "scannedOn": "2024-11-26",
    "stimuli": "green",
    "teamCohesion": "green",
    "colleagues": "green",
    "supervisor": "green",
    "customer": "green",
}
VISIT = {
    "happenedOn": "2024-11-05",
    "mode": "face_to_face",
    "purpose": "acquaintance",
    "outcome": "keep_in_touch",
    "note": "Zoekt in het voorjaar mensen.",
}


async def bakery(stage: Stage, by: str = "coach") -> str:
    return f"/v1/employers/{(await stage.made(by, '/v1/employers', BAKERY))['id']}"


async def known(stage: Stage) -> tuple[str, list[str]]:
    """An employer with one of everything, and where each of these is."""
    one = await bakery(stage)
    site = await stage.made("coach", f"{one}/sites", {"name": "Winkel", "town": "Proefstad"})
    person = {"siteId": site["id"], "name": "Ploegbaas-B1", "harrieTrainedOn": "2024-06-11"}
    made = {
        "people": await stage.made("coach", f"{one}/people", person),
        "notes": await stage.made("coach", f"{one}/notes", {"text": "Belt liever dan mailt."}),
        "contacts": await stage.made("coach", f"{one}/contacts", VISIT),
        "workplace-scans": await stage.made("coach", f"{one}/workplace-scans", SCAN),
        "sites": site,
    }
    return one, [f"{one}/{name}/{each['id']}" for name, each in made.items()]


async def test_colleagues_who_speak_with_employers_share_what_is_known(stage: Stage) -> None:
    one, parts = await known(stage)
    assert (await stage.seen("coach_colleague", one))["name"] == "Bakkerij Proefkorst"
    listed = await stage.seen("coach_colleague", "/v1/employers?name=bakk")
    assert [item["kvk"] for item in listed["items"]] == ["90001354"]
    for part in parts:
        found = await stage.seen("coach_colleague", part)
        [item] = (await stage.seen("coach_colleague", part.rpartition("/")[0]))["items"]
        assert item == found


async def test_another_organisation_reads_none_of_it_and_cannot_tell_it_from_nothing(
    stage: Stage,
) -> None:
    one, parts = await known(stage)
    absent = f"/v1/employers/{uuid4()}"
    for path in (one, *parts, *(part.rpartition("/")[0] for part in parts)):
        hidden = await stage.get("expert", path, x_request_id=REQUEST)
        nothing = await stage.get("expert", path.replace(one, absent), x_request_id=REQUEST)
        assert hidden.status_code == 404, path
        assert hidden.content == nothing.content
    for name, body in (("notes", {"text": "Belt."}), ("contacts", VISIT), ("sites", {})):
        added = await stage.post("expert", f"{one}/{name}", body or {"name": "a", "town": "b"})
        assert added.status_code == 404, name
    tag = (await stage.get("coach", one)).headers["etag"]
    changed = await stage.call("PATCH", "expert", one, {"sroi": False}, if_match=tag)
    assert changed.status_code == 404
    assert (await stage.seen("expert", "/v1/employers"))["items"] == []
    # The same employer is an entry of one's own, which says nothing of the other.
    assert await bakery(stage, "expert") != one


async def test_care_the_desk_employers_and_clients_have_no_directory_of_employers(
    stage: Stage,
) -> None:
    one, _ = await known(stage)
    stage.member("company_admin", Role.ORGANISATION_ADMIN, "company", "Beheerder-R1")
    await stage.client("alfa")
    for party in ("clinician", "employer", "company_admin", "alfa"):
        for path in ("/v1/employers", one, f"{one}/notes"):
            assert (await stage.get(party, path)).status_code == 403, (party, path)
        assert (await stage.post(party, "/v1/employers", BAKERY)).status_code == 403, party


async def test_a_supervisor_reads_along_and_adds_nothing(stage: Stage) -> None:
    one, _ = await known(stage)
    stage.member("lead", Role.SUPERVISOR, "company", "Teamleider-R1")
    assert (await stage.seen("lead", f"{one}/notes"))["items"]
    assert (await stage.post("lead", f"{one}/notes", {"text": "Belt."})).status_code == 403


async def test_what_is_kept_of_employers_is_about_nobodys_care(stage: Stage) -> None:
    one = await bakery(stage)
    for name, body in (
        ("notes", {"text": "Nam een cliënt van de ggz aan."}),
        ("contacts", {**VISIT, "note": "Over iemand na een psychose."}),
        ("workplace-scans", {**SCAN, "customer": "red", "customerWhy": "Te druk na burn-out."}),
    ):
        refused = await stage.post("coach", f"{one}/{name}", body)
        assert refused.json()["errors"][0]["code"] == "tells_of_care", name
    of_someone = {**VISIT, "outcome": "interview"}
    refused = await stage.post("coach", f"{one}/contacts", of_someone)
    assert refused.json()["errors"][0]["code"] == "not_allowed"


async def test_a_scan_tells_why_what_is_not_green_and_its_verdict_is_the_worst(
    stage: Stage,
) -> None:
    one = await bakery(stage)
    bare = {**SCAN, "customer": "orange"}
    assert (await stage.post("coach", f"{one}/workplace-scans", bare)).status_code == 400
    told = {**bare, "customerWhy": "Op zaterdag staat de winkel vol."}
    assert (await stage.made("coach", f"{one}/workplace-scans", told))["verdict"] == "orange"
    red = {**told, "stimuli": "red", "stimuliWhy": "Luide machine."}
    assert (await stage.made("coach", f"{one}/workplace-scans", red))["verdict"] == "red"
    assert (await stage.made("coach", f"{one}/workplace-scans", SCAN))["verdict"] == "green"


async def test_of_someone_who_left_name_and_numbers_are_gone(stage: Stage) -> None:
    one = await bakery(stage)
    person = {"name": "Ploegbaas-B1", "telephone": "000", "harrieTrainedOn": "2024-06-11"}
    made = await stage.made("coach", f"{one}/people", person)
    path = f"{one}/people/{made['id']}"
    left = await stage.act("coach", path, "ends", {"on": "2025-01-10"})
    assert left.keys() & {"name", "telephone"} == set()
    assert (left["harrieTrainedOn"], left["leftOn"]) == ("2024-06-11", "2025-01-10")
    with stage.straight() as db:
        names = db.execute("SELECT name FROM employer_person").fetchall()
    assert names == [(None,)]
    tag = (await stage.get("coach", path)).headers["etag"]
    again = await stage.post("coach", f"{path}/ends", {"on": "2025-01-11"}, if_match=tag)
    assert again.status_code == 409


async def test_an_employer_is_entered_once_changed_under_its_tag_and_has_a_real_number(
    stage: Stage,
) -> None:
    key = str(uuid4())
    made = await stage.made("coach", "/v1/employers", BAKERY, idempotency_key=key)
    assert await stage.made("coach", "/v1/employers", BAKERY, idempotency_key=key) == made
    assert (await stage.post("coach_colleague", "/v1/employers", BAKERY)).status_code == 409
    wrong = await stage.post("coach", "/v1/employers", {**BAKERY, "kvk": "12"})
    assert wrong.json()["errors"][0]["pointer"] == "#/kvk"
    one = f"/v1/employers/{made['id']}"
    change = {"inclusionAdviceOn": "2025-01-09"}
    assert (await stage.call("PATCH", "coach", one, change)).status_code == 428
    tag = (await stage.get("coach", one)).headers["etag"]
    changed = await stage.call("PATCH", "coach", one, change, if_match=tag)
    assert changed.json() == {**made, **change}
    stale = await stage.call("PATCH", "coach", one, change, if_match=tag)
    assert stale.status_code == 412


TABLES = (
    "employer",
    "employer_site",
    "employer_person",
    "employer_note",
    "employer_contact",
    "workplace_scan",
)


async def test_row_security_alone_keeps_it_to_the_organisation_and_its_roles(stage: Stage) -> None:
    await known(stage)
    for party, counts in (
        ("coach", {1}),
        ("coach_colleague", {1}),
        ("expert", {0}),
        ("employer", {0}),
        ("clinician", {0}),
    ):
        with psycopg.connect(for_libpq(parse(stage.database.reader))) as db:
            wear(db, stage, party)
            found = {_count(db, table) for table in TABLES}
        assert found == counts, party
    with psycopg.connect(for_libpq(parse(stage.database.reader))) as db:
        assert {_count(db, table) for table in TABLES} == {0}, "without a hat"


async def test_row_security_alone_refuses_a_row_for_another_organisation(stage: Stage) -> None:
    one = await bakery(stage)
    company, uwv = stage.organisations["company"], stage.organisations["uwv"]
    employer = UUID(one.rpartition("/")[2])
    for party, organisation, of in (
        ("coach", uwv, employer),
        ("expert", uwv, employer),
        ("expert", company, employer),
        ("clinician", stage.organisations["ggz"], employer),
    ):
        row = {"organisation": organisation, "author": stage.parties[party].membership, "of": of}
        with psycopg.connect(for_libpq(parse(stage.database.api))) as db:
            wear(db, stage, party)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(
                    "INSERT INTO employer_note (id, organisation_id, author_id, employer_id, text)"
                    " VALUES (gen_random_uuid(), %(organisation)s, %(author)s, %(of)s, 'x')",
                    row,
                )


async def test_row_security_alone_lets_only_those_who_may_add_change_an_entry(stage: Stage) -> None:
    await bakery(stage)
    stage.member("lead", Role.SUPERVISOR, "company", "Teamleider-R1")
    for party, changed in (("lead", 0), ("expert", 0), ("clinician", 0), ("coach_colleague", 1)):
        with psycopg.connect(for_libpq(parse(stage.database.api))) as db:
            wear(db, stage, party)
            assert db.execute("UPDATE employer SET sroi = false").rowcount == changed, party
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("UPDATE employer SET organisation_id = organisation_id")


def wear(db: psycopg.Connection, stage: Stage, party: str) -> None:
    """Put the hat of this party on, as each request does."""
    who = stage.parties[party]
    with stage.database.connect_as_superuser() as past:
        [account] = past.execute(
            "SELECT id FROM account WHERE subject = %s", [who.subject]
        ).fetchone() or [None]
    db.execute("SELECT wear(%s, %s, '2')", [account, who.membership])


def _count(db: psycopg.Connection, table: str) -> Any:
    [found] = db.execute(f"SELECT count(*) FROM {table}").fetchone() or [None]
    return found
