"""Registering client systems with public keys."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.access.vocabulary import Role
from tests.build.machines import system_of
from tests.build.stage import BSN, Stage
from tests.platform.forging import b64, ec_key, public_jwk, rsa_key

EC = public_jwk(ec_key("records"), kid="e1")
RSA = public_jwk(rsa_key("records"), kid="r1")
PATH = "/v1/machines"


async def test_only_what_is_public_of_a_key_is_kept_and_shown(stage: Stage) -> None:
    keys = [EC, RSA | {"alg": "RS384", "x5c": ["a certificate"], "note": "ours"}]
    made = await stage.made("ggz_admin", PATH, {"name": "Records", "jwks": {"keys": keys}})
    assert made["jwks"]["keys"] == [EC, RSA | {"alg": "RS384"}]
    assert made["scope"] == ["trede.read", "trede.write"]


@pytest.mark.parametrize(
    ("keys", "faults"),
    [
        ([EC | {"d": "secret"}, RSA], {"#/jwks/keys/0": "private_key"}),
        ([{"kty": "oct", "kid": "k", "k": "secret"}], {"#/jwks/keys/0": "private_key"}),
        (
            [EC, RSA | {"kid": "e1"}],
            {"#/jwks/keys/0/kid": "duplicate", "#/jwks/keys/1/kid": "duplicate"},
        ),
        ([{**EC, "kid": ""}], {"#/jwks/keys/0": "unusable_key"}),
        ([EC | {"use": "enc"}], {"#/jwks/keys/0": "unusable_key"}),
        ([RSA | {"n": RSA["n"][:100]}], {"#/jwks/keys/0": "unusable_key"}),
        ([RSA | {"e": b64(bytes([1] * 250))}], {"#/jwks/keys/0": "unusable_key"}),
        ([RSA | {"alg": "RS256"}], {"#/jwks/keys/0": "does_not_fit"}),
        ([], {"#/jwks/keys": "out_of_range"}),
    ],
)
async def test_a_key_that_could_never_prove_anything_is_refused_with_its_place(
    stage: Stage, keys: list[Any], faults: dict[str, str]
) -> None:
    answer = await stage.post("ggz_admin", PATH, {"name": "Records", "jwks": {"keys": keys}})
    assert answer.status_code == 400
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == faults
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "http://records.example.org/jwks",
        "https://localhost/jwks",
        "https://127.0.0.1/jwks",
        "https://10.1.2.3/jwks",
        "https://169.254.169.254/latest",
        "https://[::ffff:192.168.0.1]/jwks",
        "https://user:word@records.example.org/jwks",
        "file:///etc/hosts",
    ],
)
async def test_keys_are_fetched_from_the_public_internet_only(stage: Stage, url: str) -> None:
    answer = await stage.post("ggz_admin", PATH, {"name": "Records", "jwksUrl": url})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/jwksUrl"


async def test_a_system_belongs_to_the_administrator_of_its_organisation(stage: Stage) -> None:
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    records = await system_of(stage)
    path = f"{PATH}/{records.id}"
    assert (await stage.get("uwv_admin", path)).status_code == 404
    assert (await stage.seen("uwv_admin", PATH))["items"] == []
    ended = await stage.post("uwv_admin", f"{path}/ends", {}, if_match='"x"')
    assert ended.status_code == 404
    for party in ("clinician", "expert"):
        assert (await stage.get(party, PATH)).status_code == 403
        body = {"name": "Records", "jwks": {"keys": [EC]}}
        assert (await stage.post(party, PATH, body)).status_code == 403


async def test_an_organisation_has_so_many_systems_and_then_disables_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.domain.machine.rules.MOST", 2)
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    kept = await system_of(stage)
    body = {"name": "Records", "jwks": {"keys": [EC]}}
    answers = await asyncio.gather(*(stage.post("ggz_admin", PATH, body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("detail") for answer in answers if answer.status_code == 409} == {
        "There are too many client systems of this organisation; disable one."
    }
    assert (await stage.post("uwv_admin", PATH, body)).status_code == 201
    await stage.act("ggz_admin", f"{PATH}/{kept.id}", "ends")
    assert (await stage.post("ggz_admin", PATH, body)).status_code == 201


async def test_a_system_registers_no_other_system(stage: Stage) -> None:
    records = await system_of(stage)
    body = {"name": "Records", "jwks": {"keys": [EC]}}
    admin = str(stage.parties["ggz_admin"].membership)
    for hat in ({}, {"on_behalf_of": admin}):
        assert (await records.call("POST", PATH, body, **hat)).status_code == 403
    path = f"{PATH}/{records.id}"
    tag = (await stage.get("ggz_admin", path)).headers["etag"]
    sent = {"jwks": {"keys": [RSA]}}
    renewed = await records.call("PATCH", path, sent, on_behalf_of=admin, if_match=tag)
    assert renewed.status_code == 403


async def test_new_keys_may_sign_as_the_old_ones_might(stage: Stage) -> None:
    body = {"name": "Records", "jwks": {"keys": [RSA]}, "algorithms": ["RS256"]}
    path = f"{PATH}/{(await stage.made('ggz_admin', PATH, body))['id']}"
    for sent, expected in (
        ({}, ["RS256"]),
        ({"algorithms": ["PS256"]}, ["PS256"]),
        ({}, ["PS256"]),
    ):
        tag = (await stage.get("ggz_admin", path)).headers["etag"]
        answer = await stage.call(
            "PATCH", "ggz_admin", path, {"jwks": {"keys": [RSA]}, **sent}, if_match=tag
        )
        assert answer.json()["algorithms"] == expected
    answer = await stage.call(
        "PATCH", "ggz_admin", path, {"jwks": {"keys": [EC]}}, if_match=answer.headers["etag"]
    )
    assert answer.status_code == 400, "no key of the set fits what it may sign with"


async def test_a_system_that_was_ended_is_no_longer_told_as_one_that_may_look(stage: Stage) -> None:
    records = await system_of(stage)
    person = {"bsn": BSN["alfa"], "givenName": "Testclient", "familyName": "Alfa"}
    made = await records.call("POST", "/v1/clients", {**person, "birthDate": "1990-05-17"})
    client = UUID(made.json()["id"])
    await stage.link("alfa", client)
    overview = f"/v1/clients/{client}/access-overview"
    told = [party["organisationId"] for party in (await stage.seen("alfa", overview))["parties"]]
    assert len(told) == 1
    tag = (await stage.get("ggz_admin", f"{PATH}/{records.id}")).headers["etag"]
    await stage.made("ggz_admin", f"{PATH}/{records.id}/ends", {}, if_match=tag)
    assert (await stage.seen("alfa", overview))["parties"] == []
