"""A client system proves who it is with its own key, and acts for a member or its organisation."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.domain.machine.actions import exchanging
from app.platform.security.client_assertions import ASSERTION_TYPE
from tests.build.lending import application
from tests.build.machines import System, system_of
from tests.build.processes import serving
from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import TOLD, Course
from tests.platform.forging import ABSENT, ec_key, public_jwk

CLIENT = {
    "bsn": BSN["alfa"],
    "givenName": "Testclient",
    "familyName": "Alfa",
    "birthDate": "1990-05-17",
}


@pytest.fixture
async def records(stage: Stage) -> System:
    """The record system of the GGZ provider."""
    return await system_of(stage)


async def test_a_proof_becomes_a_short_lived_token_that_works(records: System) -> None:
    answer = await records.ask(scope="trede.read trede.unknown")
    body = answer.json()
    assert answer.status_code == 200
    assert body["token_type"] == "Bearer"
    assert body["scope"] == "trede.read"
    assert 0 < body["expires_in"] <= 300
    assert answer.headers["cache-control"] == "no-store"
    me = await records.call("GET", "/v1/me", token=body["access_token"])
    assert me.json()["machineId"] == records.id


async def test_a_system_sees_whom_it_acts_for(stage: Stage, records: System) -> None:
    member = str(stage.parties["clinician"].membership)
    alone = (await records.call("GET", "/v1/me")).json()
    acting = (await records.call("GET", "/v1/me", on_behalf_of=member)).json()
    assert "membershipId" not in alone
    assert (acting["machineId"], acting["membershipId"]) == (records.id, member)


async def test_a_proof_counts_once(records: System) -> None:
    proof = records.assertion()
    assert (await records.ask(proof)).status_code == 200
    again = await records.ask(proof)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")


async def test_of_one_proof_used_many_times_at_once_one_counts(records: System) -> None:
    proof = records.assertion()
    answers = await asyncio.gather(*(records.ask(proof) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, *[401] * 5]


async def test_a_proof_used_at_one_process_is_used_at_every_other(
    stage: Stage, records: System, tmp_path: Path
) -> None:
    other, settings, _ = application(stage.database, tmp_path)
    transport = httpx.ASGITransport(other)
    async with httpx.AsyncClient(transport=transport, base_url=settings.url) as there:
        for first, second in ((stage.http, there), (there, stage.http)):
            form = {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": records.assertion(),
            }
            assert (await first.post("/oauth2/token", data=form)).status_code == 200
            again = await second.post("/oauth2/token", data=form)
            assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    await other.state.services.engines.dispose()


async def test_every_broken_proof_gets_the_same_bytes_as_an_unknown_client(
    stage: Stage, records: System
) -> None:
    now = int(time.time())
    token = await records.token()
    disabled = await system_of(stage, key="disabled")
    await stage.act("ggz_admin", f"/v1/machines/{disabled.id}", "ends")
    stranger = System(stage, str(uuid4()), records.key)
    other_key = System(stage, records.id, ec_key("another"))
    broken = {
        "unknown client": await stranger.ask(),
        "no identifier": await System(stage, "12", records.key).ask(),
        "other key": await other_key.ask(),
        "unknown key id": await System(stage, records.id, records.key, kid="k2").ask(),
        "disabled": await disabled.ask(),
        "too long": await records.ask(records.assertion(exp=now + 600)),
        "expired": await records.ask(records.assertion(exp=now - 120, iat=now - 200)),
        "other audience": await records.ask(records.assertion(aud="https://elsewhere.example")),
        "other subject": await records.ask(records.assertion(sub=str(uuid4()))),
        "short jti": await records.ask(records.assertion(jti="1")),
        "an access token": await records.ask(token),
        "no proof": await records.ask(""),
        "other method": await records.ask(client_assertion_type="urn:example:other"),
    }
    assert {name for name, answer in broken.items() if answer.status_code != 401} == set()
    assert len({answer.content for answer in broken.values()}) == 1
    assert next(iter(broken.values())).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_secret": "a-shared-secret"}, "invalid_request"),
        ({"scope": "trede.everything"}, "invalid_scope"),
        ({"scope": 'quo"te'}, "invalid_scope"),
    ],
)
async def test_refusals_are_worded_as_the_standard_says_and_repeat_nothing(
    records: System, form: dict[str, str], error: str
) -> None:
    answer = await records.ask(**form)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["error"] == error
    assert all(value not in answer.text for value in form.values() if value)


async def test_a_repeated_parameter_is_an_invalid_request_in_the_words_of_oauth(
    records: System,
) -> None:
    answer = await records.stage.http.post(
        "/oauth2/token",
        content="grant_type=client_credentials&grant_type=client_credentials",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_renewed_keys_replace_the_old_ones_at_once(stage: Stage, records: System) -> None:
    path = f"/v1/machines/{records.id}"
    seen = await stage.get("ggz_admin", path)
    fresh = await system_of(stage, key="renewed")
    keys = (await stage.seen("ggz_admin", f"/v1/machines/{fresh.id}"))["jwks"]
    etag = seen.headers["etag"]
    changed = await stage.call("PATCH", "ggz_admin", path, {"jwks": keys}, if_match=etag)
    assert changed.status_code == 200
    assert (await records.ask()).status_code == 401
    assert (await System(stage, records.id, fresh.key).ask()).status_code == 200


async def test_an_address_of_keys_that_is_sent_again_is_fetched_anew_in_every_process(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = tmp_path / "jwks.json"

    def publish(system: System) -> None:
        published.write_text(json.dumps({"keys": [public_jwk(system.key, kid=system.kid)]}))

    def fetched(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=published.read_bytes())

    monkeypatch.setattr(exchanging, "PublicTransport", lambda: httpx.MockTransport(fetched))
    body = {"name": "Records", "jwksUrl": "https://records.example.org/jwks"}
    made = (await stage.made("ggz_admin", "/v1/machines", body))["id"]
    stolen = System(stage, made, ec_key("stolen"))
    renewed = System(stage, made, ec_key("renewed"), kid="k2")
    publish(stolen)
    with serving(stage.database, tmp_path, 2) as addresses:
        assert [await asked_at(address, stolen) for address in addresses] == [200, 200]
        publish(renewed)
        path = f"/v1/machines/{made}"
        etag = (await stage.get("ggz_admin", path)).headers["etag"]
        keys = {"jwksUrl": body["jwksUrl"]}
        changed = await stage.call("PATCH", "ggz_admin", path, keys, if_match=etag)
        assert changed.status_code == 200
        assert [await asked_at(address, stolen) for address in addresses] == [401, 401]
        assert [await asked_at(address, renewed) for address in addresses] == [200, 200]


async def asked_at(address: str, system: System) -> int:
    """How the token endpoint of this process answers a proof of the system."""
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": system.assertion(),
    }
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        return (await http.post("/oauth2/token", data=form)).status_code


async def test_disabling_stops_the_tokens_that_are_out(stage: Stage, records: System) -> None:
    token = await records.token()
    assert (await records.call("GET", "/v1/clients", token=token)).status_code == 200
    await stage.act("ggz_admin", f"/v1/machines/{records.id}", "ends")
    assert (await records.call("GET", "/v1/clients", token=token)).status_code == 401


async def test_a_system_reads_back_what_it_registered_and_nothing_else(
    stage: Stage, records: System
) -> None:
    others = await stage.client("echo")
    made = await records.call("POST", "/v1/clients", CLIENT)
    assert made.status_code == 201, made.text
    path = f"/v1/clients/{made.json()['id']}"
    assert (await records.call("GET", path)).json()["familyName"] == "Alfa"
    hidden = await records.call("GET", f"/v1/clients/{others}")
    assert hidden.status_code == 404
    listed = (await records.call("GET", "/v1/clients")).json()["items"]
    assert [item["id"] for item in listed] == [made.json()["id"]]
    second = await system_of(stage, key="second")
    assert (await second.call("GET", path)).status_code == 404
    assert (await stage.get("clinician", path)).status_code == 404


async def test_for_a_member_it_sees_what_that_member_sees(stage: Stage, records: System) -> None:
    path = f"/v1/clients/{await stage.client('alfa')}"
    assert (await as_member(records, stage, "clinician", path)) == 200
    assert (await as_member(records, stage, "colleague", path)) == 404
    assert (await records.call("GET", path)).status_code == 404


async def test_it_acts_for_members_of_its_own_organisation_only(
    stage: Stage, records: System
) -> None:
    for party in ("other_clinician", "expert", "coach"):
        assert (await as_member(records, stage, party, "/v1/clients")) == 403
    named = await records.call("GET", "/v1/clients", on_behalf_of=str(uuid4()))
    assert named.status_code == 403
    malformed = await records.call("GET", "/v1/clients", on_behalf_of="12")
    assert malformed.status_code == 400


async def as_member(records: System, stage: Stage, party: str, path: str) -> int:
    named = str(stage.parties[party].membership)
    return (await records.call("GET", path, on_behalf_of=named)).status_code


async def test_a_token_for_reading_registers_nothing(records: System) -> None:
    token = await records.token(scope="trede.read")
    refused = await records.call("POST", "/v1/clients", CLIENT, token=token)
    assert refused.status_code == 403
    assert "insufficient_scope" in refused.headers["www-authenticate"]
    assert (await records.call("GET", "/v1/clients", token=token)).json() == {"items": []}


async def test_the_member_it_acts_for_stands_on_the_log_with_the_system(
    stage: Stage, records: System
) -> None:
    client = await stage.client("alfa")
    assert await as_member(records, stage, "clinician", f"/v1/clients/{client}") == 200
    statement = "SELECT membership_id FROM access_log_entry WHERE machine_id = %s"
    with stage.database.connect_as_superuser() as db:
        found = db.execute(statement, [records.id]).fetchall()
    assert found == [(stage.parties["clinician"].membership,)]


async def test_it_registers_refers_and_reads_the_status_for_a_named_clinician(
    stage: Stage, records: System
) -> None:
    member = str(stage.parties["clinician"].membership)

    async def made(path: str, body: dict[str, Any]) -> str:
        answer = await records.call("POST", path, body, on_behalf_of=member)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    client = await made("/v1/clients", CLIENT)
    started = {"clientId": client, "kind": "wgb", "workQuestionAskedOn": "2025-01-14"}
    trajectory = await made("/v1/trajectories", started)
    course = Course(stage, UUID(client), UUID(trajectory))
    consent = await course.consent_to("expert", *TOLD)
    referral = await made("/v1/referrals", course.referral("expert", consent))
    await stage.act("expert", f"/v1/referrals/{referral}", "acceptances")
    path = f"/v1/trajectories/{trajectory}"
    seen = await records.call("GET", path, on_behalf_of=member)
    assert (seen.json()["variant"], seen.json()["phase"]) == ("uwv", "accepted")
    assert (await stage.get("clinician", path)).status_code == 200
    assert await as_member(records, stage, "colleague", path) == 404
    assert (await records.call("GET", path)).status_code == 404


@pytest.mark.parametrize("name", ["smart-configuration", "oauth-authorization-server"])
async def test_a_client_can_find_its_way_whatever_it_accepts(stage: Stage, name: str) -> None:
    answer = await stage.http.get(
        f"/.well-known/{name}", headers={"Accept": "application/fhir+json"}
    )
    found: dict[str, Any] = answer.json()
    assert found["token_endpoint"] == f"{stage.http.base_url}/oauth2/token"
    assert found["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    keys = (await stage.http.get(found["jwks_uri"])).json()["keys"]
    assert all("d" not in key for key in keys)


async def test_a_system_of_the_nl_profile_says_when_it_signed_and_others_need_not(
    stage: Stage, records: System
) -> None:
    strict = await system_of(stage, key="strict", profile="oauth_nl")
    now, long = int(time.time()), "a" * 22
    assert (await records.ask(records.assertion(iat=ABSENT))).status_code == 200
    refused = (
        await strict.ask(strict.assertion(iat=ABSENT, jti=long)),
        await strict.ask(strict.assertion(iat=now, jti=long[1:])),
        await strict.ask(strict.assertion(iat=now - 600, jti=long)),
    )
    assert {answer.status_code for answer in refused} == {401}
    assert {answer.json()["error"] for answer in refused} == {"invalid_client"}
    assert (await strict.ask(strict.assertion(iat=now, jti=long))).status_code == 200
    shown = await stage.seen("ggz_admin", f"/v1/machines/{strict.id}")
    assert shown["profile"] == "oauth_nl"
