"""A login stands for one client or one professional, and stops doing so at one call."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.access.vocabulary import Role
from tests.build.stage import Party, Stage
from tests.domain.consent.asking import ABSENT, with_question
from tests.domain.consent.test_act_for_a_client import with_mandate
from tests.domain.party.test_people import person
from tests.security.forgotten import changed_as
from tests.security.test_self_service import LINKS, link

NEW = "subject-new"


async def linked(stage: Stage, client: Any, subject: str = NEW, by: str = "clinician") -> str:
    """A login of the client, which acts as the party of that name; the address of the link."""
    made = await stage.made(by, LINKS, link(stage, client, subject))
    stage.parties[subject] = Party(subject, subject, role=Role.CLIENT)
    return f"{LINKS}/{made['id']}"


async def with_supporter(stage: Stage, client: Any, subject: str) -> str:
    """A friend of the client, with this login; the address of the link."""
    friend = {"name": "Naaste-A1", "scope": ["existence"]}
    made = await stage.made("alfa", f"/v1/clients/{client}/supporters", friend)
    body = {**link(stage, client, subject), "role": "supporter", "personId": made["id"]}
    await stage.made("alfa", LINKS, body)
    stage.parties[subject] = Party(subject, subject, role=Role.SUPPORTER)
    return f"{LINKS}/{made['id']}"


async def test_a_client_ends_the_login_of_a_lost_phone_at_once(stage: Stage) -> None:
    client = await stage.client("alfa")
    phone = await linked(stage, client)
    of_client = f"/v1/clients/{client}"
    assert (await stage.get(NEW, of_client)).status_code == 200
    assert phone.rsplit("/", 1)[1] in {
        item["id"] for item in (await stage.seen("alfa", LINKS))["items"]
    }
    ended = await stage.made("alfa", f"{phone}/ends")
    assert ended["validUntil"] is not None
    assert (await stage.get(NEW, of_client)).status_code == 403
    assert (await stage.get("alfa", of_client)).status_code == 200
    assert await stage.made("alfa", f"{phone}/ends") == ended
    log = (await stage.seen("alfa", f"{of_client}/access-log?pageSize=100"))["items"]
    acts = [item["verb"] for item in log if item["resource"] == "account_link"]
    assert sorted(acts) == ["create", "update"]


async def test_a_client_ends_the_very_login_that_asks_for_it(stage: Stage) -> None:
    client = await stage.client("alfa")
    own = f"{LINKS}/{stage.parties['alfa'].membership}"
    assert (await stage.made("alfa", f"{own}/ends"))["validUntil"] is not None
    assert (await stage.get("alfa", f"/v1/clients/{client}")).status_code == 403
    with stage.database.connect_as_superuser() as db:
        left = db.execute(
            "SELECT 1 FROM access_grant WHERE grantee_id = %s"
            " AND (valid_until IS NULL OR moment() < valid_until)",
            [stage.parties["alfa"].membership],
        ).fetchall()
    assert left == []


async def test_a_wrong_login_is_ended_by_any_who_treat_and_serves_its_own_person_again(
    stage: Stage,
) -> None:
    alfa = await stage.client("alfa")
    echo = await stage.client("echo", by="other_clinician")
    wrong = await linked(stage, alfa)
    team = f"/v1/clients/{alfa}/treatment-team"
    member = {"membershipId": str(stage.parties["colleague"].membership)}
    assert (await stage.post("colleague", f"{wrong}/ends")).status_code == 404
    await stage.made("clinician", team, member)
    assert (await stage.seen("colleague", wrong))["role"] == "client"
    await stage.made("colleague", f"{wrong}/ends")
    assert (await stage.get(NEW, f"/v1/clients/{alfa}")).status_code == 403
    await linked(stage, echo, by="other_clinician")
    assert (await stage.get(NEW, f"/v1/clients/{echo}")).status_code == 200
    assert (await stage.get(NEW, f"/v1/clients/{alfa}")).status_code == 404


async def test_nobody_else_ends_the_login_of_a_client(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    await stage.client("echo", by="other_clinician")
    phone = await linked(stage, alfa.client)
    mandate = f"{LINKS}/{(await with_mandate(alfa)).rsplit('/', 1)[1]}"
    await with_supporter(stage, alfa.client, "subject-friend")
    request = {"x_request_id": ABSENT}
    strangers = ("psychologist", "coach", "colleague", "other_clinician", "echo", "helper")
    for party in (*strangers, "subject-friend"):
        hidden = await stage.post(party, f"{phone}/ends", **request)
        absent = await stage.post(party, f"{LINKS}/{ABSENT}/ends", **request)
        assert (hidden.status_code, hidden.content) == (404, absent.content), party
    assert (await stage.post("helper", f"{mandate}/ends")).status_code == 403
    for party in ("alfa", "clinician"):  # it ends with the mandate that it stands for
        assert (await stage.post(party, f"{mandate}/ends")).status_code == 409, party
    assert (await stage.get(NEW, alfa.of_client)).status_code == 200


async def test_a_treatment_that_ended_ends_no_logins_any_more(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    phone = await linked(stage, alfa)
    team = f"/v1/clients/{alfa}/treatment-team"
    member = (await stage.seen("clinician", team))["items"][0]["id"]
    await stage.act("clinician", f"{team}/{member}", "ends")
    assert (await stage.post("clinician", f"{phone}/ends")).status_code == 404
    assert (await stage.get(NEW, f"/v1/clients/{alfa}")).status_code == 200


async def test_the_database_ends_a_login_for_good_and_for_those_alone(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    await stage.client("echo", by="other_clinician")
    phone = (await linked(stage, alfa.client)).rsplit("/", 1)[1]
    friend = (await with_supporter(stage, alfa.client, "subject-friend")).rsplit("/", 1)[1]
    end = "UPDATE account_link SET valid_until = moment() WHERE id = %s"
    for party in ("psychologist", "coach", "colleague", "other_clinician", "echo"):
        assert changed_as(stage, party, end, phone) == 0, party
    for party in ("alfa", "clinician"):
        assert changed_as(stage, party, end, friend) == 0, party
    later = "UPDATE account_link SET valid_until = moment() + interval '1 day' WHERE id = %s"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        changed_as(stage, "clinician", later, phone)
    assert changed_as(stage, "clinician", end, phone) == 1
    for party in ("alfa", "clinician"):
        again = "UPDATE account_link SET valid_until = NULL WHERE id = %s"
        assert changed_as(stage, party, again, phone) == 0, party


async def test_a_login_of_a_professional_is_refused_without_saying_whose(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    friend = {"name": "Naaste-A1", "scope": ["existence"]}
    made = await stage.made("alfa", f"/v1/clients/{alfa}/supporters", friend)
    as_friend = {"role": "supporter", "personId": made["id"]}
    request = {"x_request_id": ABSENT}
    answers = []
    for by, subject, more in (
        ("clinician", "subject-coach", {}),
        ("clinician", "subject-colleague", {}),
        ("alfa", "subject-clinician", as_friend),
    ):
        body = {**link(stage, alfa, subject), **more}
        answers.append(await stage.post(by, LINKS, body, **request))
    assert {answer.status_code for answer in answers} == {409}
    assert answers[0].json()["errors"][0]["code"] == "login_taken"
    assert len({answer.content for answer in answers}) == 1


async def test_one_person_at_two_care_providers_uses_one_login_and_neither_learns_of_the_other(
    stage: Stage,
) -> None:
    alfa = await stage.client("alfa")
    there = await stage.client("echo", by="other_clinician")
    at_one = await linked(stage, alfa)
    at_other = await linked(stage, there, by="other_clinician")
    for by, own, strange in (
        ("clinician", at_one, at_other),
        ("other_clinician", at_other, at_one),
    ):
        assert (await stage.get(by, own)).status_code == 200
        assert (await stage.get(by, strange)).status_code == 404
    assert (await stage.get(NEW, f"/v1/clients/{alfa}")).status_code == 403  # names no hat
    for hat, mine, other in ((at_one, alfa, there), (at_other, there, alfa)):
        wearing = {"on_behalf_of": hat.rsplit("/", 1)[1]}
        assert (await stage.get(NEW, f"/v1/clients/{mine}", **wearing)).status_code == 200
        assert (await stage.get(NEW, f"/v1/clients/{other}", **wearing)).status_code == 404
    # A link that nobody asked for is ended by whose login it is.
    wearing = {"on_behalf_of": at_other.rsplit("/", 1)[1]}
    await stage.made(NEW, f"{at_other}/ends", **wearing)
    assert (await stage.get(NEW, f"/v1/clients/{alfa}")).status_code == 200


async def test_a_login_that_is_or_was_a_persons_never_becomes_a_professionals(
    stage: Stage,
) -> None:
    alfa = await stage.client("alfa")
    await with_supporter(stage, alfa, "subject-friend")
    await stage.made("alfa", f"{await linked(stage, alfa)}/ends")
    path = f"/v1/practitioners/{await person(stage, 'colleague')}/accounts"
    request = {"x_request_id": ABSENT}
    answers = []
    for subject in ("alfa", "friend", "new", "clinician", "colleague", "other_clinician"):
        login = {"issuer": stage.issuer.url, "subject": f"subject-{subject}"}
        answers.append(await stage.post("ggz_admin", path, login, **request))
    assert {answer.status_code for answer in answers} == {409}
    assert len({answer.content for answer in answers}) == 1
    fresh = {"issuer": stage.issuer.url, "subject": "subject-fresh"}
    await stage.made("ggz_admin", path, fresh)


async def test_the_database_itself_keeps_the_logins_of_persons_and_professionals_apart(
    stage: Stage,
) -> None:
    alfa = await stage.client("alfa")
    move = (
        "UPDATE account SET practitioner_id = (SELECT practitioner_id FROM membership LIMIT 1)"
        " WHERE subject = 'subject-alfa'"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        changed_as(stage, "ggz_admin", move)
    add = (
        "INSERT INTO account_link (id, account_id, client_id, role, linked_by)"
        " SELECT %s, id, %s, 'supporter', %s FROM account WHERE subject = 'subject-coach'"
    )
    clinician = stage.parties["clinician"].membership
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        changed_as(stage, "clinician", add, uuid4(), alfa, clinician)
    with (
        stage.database.connect_as_superuser() as db,
        pytest.raises(psycopg.errors.ForeignKeyViolation),
    ):
        db.execute(move)
