"""A client checks with its own tools that the log it reads is the log that was signed."""

import hashlib
import json
from base64 import b64decode
from typing import Any
from uuid import uuid4

import pytest

from app.platform.transparency.notes import Checkpoint, VerifierKey
from app.platform.transparency.verifying import is_consistent, is_included
from tests.build.sealing import public_at_once, sealed
from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT, with_question
from tests.domain.consent.test_act_for_a_client import with_mandate

CHECKPOINT = "/v1/access-log/checkpoint"
CONSISTENCY = "/v1/access-log/consistency-proof"


async def signed(stage: Stage) -> Checkpoint:
    """The public checkpoint, opened with the public key: all that an outsider needs."""
    key = VerifierKey.parse((await stage.http.get("/v1/access-log/verifier-key")).text)
    answer = await stage.http.get(CHECKPOINT)
    assert answer.headers["content-type"].startswith("text/plain")
    return Checkpoint.parse(key.open(answer.text))


def hashes(proof: dict[str, Any]) -> list[bytes]:
    return [b64decode(each) for each in proof["hashes"]]


async def test_a_client_proves_each_line_of_its_log(stage: Stage) -> None:
    public_at_once(stage)
    alfa, question = await with_question(stage)
    await stage.seen("psychologist", question)
    await sealed(stage)
    log = f"{alfa.of_client}/access-log"
    items = (await stage.seen("alfa", f"{log}?pageSize=100"))["items"]
    await sealed(stage)
    found = await signed(stage)
    assert len(items) > 3
    for item in items:
        told = await stage.seen("alfa", f"{log}/{item['id']}/proof")
        content = json.loads(told["content"])
        assert content["client_id"] == str(alfa.client)
        assert content["role"] == item["role"]
        inner = hashlib.sha256(b64decode(told["salt"]) + told["content"].encode()).digest()
        leaf = hashlib.sha256(b"\x00" + inner).digest()
        assert leaf == b64decode(told["leafHash"])
        proof = told["proof"]
        assert proof["size"] == found.size
        assert is_included(leaf, proof["leafIndex"], found.size, hashes(proof), found.root)
        assert proof["checkpoint"] == (await stage.http.get(CHECKPOINT)).text
    again = (await stage.seen("alfa", f"{log}?pageSize=100&newestFirst=true"))["items"]
    looked = [i for i in again if i["resource"] == "AccessLog" and i["recordId"] is not None]
    assert {i["recordId"] for i in looked} == {i["id"] for i in items}


async def test_a_line_that_no_public_checkpoint_covers_yet_is_shown_without_proof(
    stage: Stage,
) -> None:
    alfa = await stage.client("alfa")
    log = f"/v1/clients/{alfa}/access-log"
    (item,) = (await stage.seen("alfa", log))["items"]
    proof = f"{log}/{item['id']}/proof"
    assert (await stage.seen("alfa", proof))["proof"] is None
    await sealed(stage)  # sealed, and public only when the hour is over
    assert (await stage.seen("alfa", proof))["proof"] is None
    assert (await stage.http.get(CHECKPOINT)).status_code == 404
    assert (await stage.http.get(f"{CONSISTENCY}?oldSize=1&newSize=1")).status_code == 404
    public_at_once(stage)
    assert (await stage.seen("alfa", proof))["proof"]["leafIndex"] == 0
    with stage.database.connect_as_superuser() as db:
        db.execute("DELETE FROM log_checkpoint WHERE size > 1")
    last = (await stage.seen("alfa", f"{log}?newestFirst=true"))["items"][0]
    assert (await stage.seen("alfa", f"{log}/{last['id']}/proof"))["proof"] is None


async def test_a_proof_is_for_the_client_and_who_acts_for_it_alone(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    log = f"{alfa.of_client}/access-log"
    item = (await stage.seen("alfa", log))["items"][0]["id"]
    await with_mandate(alfa)
    for party in ("clinician", "coach", "helper"):
        assert (await stage.get(party, f"{log}/{item}/proof")).status_code == 403, party
    echo = await stage.client("echo", by="other_clinician")
    request = {"x_request_id": ABSENT}
    absent = await stage.get("echo", f"/v1/clients/{echo}/access-log/{uuid4()}/proof", **request)
    for path in (
        f"{log}/{item}/proof",
        f"/v1/clients/{echo}/access-log/{item}/proof",
        f"/v1/clients/{uuid4()}/access-log/{item}/proof",
    ):
        hidden = await stage.get("echo", path, **request)
        assert (hidden.status_code, hidden.content) == (404, absent.content), path
    strange = await stage.get("alfa", f"{log}/{uuid4()}/proof")
    assert strange.status_code == 404


async def test_who_may_read_the_log_for_a_client_may_prove_it_too(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    await with_mandate(alfa, scope=["existence", "access_log"])
    log = f"{alfa.of_client}/access-log"
    item = (await stage.seen("helper", log))["items"][0]["id"]
    assert (await stage.seen("helper", f"{log}/{item}/proof"))["id"] == item


async def test_anyone_checks_that_a_later_log_begins_with_the_earlier(stage: Stage) -> None:
    public_at_once(stage)
    client = await stage.client("alfa")
    await sealed(stage)
    old = await signed(stage)
    for _ in range(5):
        await stage.seen("clinician", f"/v1/clients/{client}")
    await sealed(stage)
    new = await signed(stage)
    assert new.size == old.size + 5
    answer = await stage.http.get(f"{CONSISTENCY}?oldSize={old.size}&newSize={new.size}")
    proof = answer.json()
    assert (proof["oldSize"], proof["newSize"]) == (old.size, new.size)
    assert is_consistent(old.size, new.size, old.root, new.root, hashes(proof))
    same = (await stage.http.get(f"{CONSISTENCY}?oldSize=3&newSize=3")).json()
    assert same["hashes"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("oldSize=2&newSize=1", 400),
        ("oldSize=0&newSize=1", 400),
        ("oldSize=1", 400),
        ("oldSize=x&newSize=1", 400),
        ("oldSize=1&newSize=99", 404),
        (f"oldSize=1&newSize={10**17}", 404),
        (f"oldSize=1&newSize={10**17 + 1}", 400),
    ],
)
async def test_sizes_that_make_no_sense_are_refused(stage: Stage, query: str, status: int) -> None:
    public_at_once(stage)
    await stage.client("alfa")
    await sealed(stage)
    answer = await stage.http.get(f"{CONSISTENCY}?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_log_says_the_same_in_the_terms_of_nen_7513(stage: Stage) -> None:
    alfa, question = await with_question(stage)
    await stage.seen("psychologist", question)
    items = (await stage.seen("alfa", f"{alfa.of_client}/access-log?pageSize=100"))["items"]
    told = next(i["nen7513"] for i in items if i["role"] == "psychologist")
    assert told == {
        "sourceId": "trede.local/access-log",
        "eventCode": "DCM#110110",
        "actionCode": "R",
        "outcome": "0",
        "authorisation": True,
        "treatmentRelation": True,
        "clientConsent": False,
        "emergencyButton": False,
        "authorisationProtocol": "urn:trede:policy:1",
        "consentProfile": [],
    }
