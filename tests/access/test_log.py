"""No data without its line on the log, no refusal without a record, and no line changed unseen."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.access.attribution import BATCH, NOBODY, attribute
from app.access.log import UNCOMMITTED, AccessLogEntry, Entry, leaf_of, row_of
from app.access.vocabulary import Purpose, Role, Verb, Viewer, ViewerKind
from app.platform.db import engine
from app.platform.http.exchange import Exchange
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage

VIEWER = Viewer(
    kind=ViewerKind.MEMBER,
    role=Role.CLINICIAN,
    purpose=Purpose.TREATMENT,
    account_id=UUID(int=1),
    membership_id=UUID(int=2),
    inbox_id=UUID(int=3),
    organisation_id=UUID(int=4),
    organisation_kind=None,
    moment=datetime(2025, 1, 14, 12, tzinfo=UTC),
    grantees=(UUID(int=2), UUID(int=3)),
)
EXCHANGE = Exchange("request", "trace", "GET", "/v1/clients", None, None, None, None)
ENTRY = Entry(UUID(int=5), "Client", UUID(int=5), Verb.READ, shown=3, grounds=("b", "a"))


def test_a_changed_field_changes_the_leaf_whichever_it_is() -> None:
    row = row_of(VIEWER, EXCHANGE, ENTRY)
    stored = {column.name for column in AccessLogEntry.__table__.columns}
    assert set(row) == stored - {"xid", "ended_at"}
    for name in set(row) - {"leaf_hash"} - UNCOMMITTED:
        changed = {**row, name: other(row[name])}
        assert leaf_of(changed) != row["leaf_hash"], name


def other(value: Any) -> Any:
    """Something else of the same kind."""
    if isinstance(value, UUID) or value is None:
        return uuid4()
    if isinstance(value, datetime):
        return value.replace(microsecond=1)
    if isinstance(value, list):
        return [*value, "c"]
    if isinstance(value, bool):
        return not value
    return value + (b"x" if isinstance(value, bytes) else "x" if isinstance(value, str) else 1)


def test_the_leaf_is_that_of_rfc_6962_over_a_salted_commitment() -> None:
    row = {"salt": b"s", "leaf_hash": b"", "role": "clinician", "at": VIEWER.moment}
    canonical = b'{"at":"2025-01-14T12:00:00.000000+00:00","role":"clinician"}'
    commitment = hashlib.sha256(b"s" + canonical).digest()
    assert json.loads(canonical)["role"] == "clinician"
    assert leaf_of(row) == hashlib.sha256(b"\x00" + commitment).digest()


def test_every_part_of_a_decision_is_on_its_line() -> None:
    plain = row_of(VIEWER, EXCHANGE, ENTRY)
    for part in fields(Entry):
        changed = replace(ENTRY, **{part.name: _other_part(part.name)})
        row = row_of(VIEWER, EXCHANGE, changed)
        assert any(row[name] != plain[name] for name in row if name not in CHANCE), part.name


CHANCE = {"id", "salt", "leaf_hash"}


def _other_part(name: str) -> Any:
    value = getattr(ENTRY, name)
    if name == "verb":
        return Verb.SEARCH
    return (*value, "c") if isinstance(value, tuple) else other(value)


REVOKED = "REVOKE INSERT ON access_log_entry FROM trede_reader, trede_api"
FULL = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file "base/1/1": No space left on device'
    USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_space BEFORE INSERT ON access_log_entry EXECUTE FUNCTION no_space();
"""
FULL_AT_COMMIT = FULL.replace(
    "CREATE TRIGGER no_space BEFORE", "CREATE CONSTRAINT TRIGGER no_space AFTER"
).replace(" EXECUTE", " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE")
BROKEN = pytest.mark.parametrize(
    "broken", [REVOKED, FULL, FULL_AT_COMMIT], ids=["revoked", "full", "full-at-commit"]
)


@BROKEN
async def test_when_the_log_cannot_be_written_no_data_is_served(stage: Stage, broken: str) -> None:
    alfa = await wgb_at_uwv(stage)
    looks = [
        ("clinician", alfa.of_client, None),
        ("clinician", alfa.of_trajectory, None),
        ("clinician", f"{alfa.of_client}/treatment-team", None),
        ("clinician", "/v1/clients", None),
        ("clinician", "/v1/clients/_search", {"bsn": BSN["alfa"]}),
        ("expert", "/v1/trajectories", None),
        ("alfa", f"{alfa.of_client}/access-log", None),
        ("alfa", f"{alfa.of_client}/access-overview", None),
    ]
    for party, path, body in looks:
        asked = stage.get(party, path) if body is None else stage.post(party, path, body)
        assert "id" in (await asked).text, path
    with stage.database.connect_as_superuser() as db:
        db.execute(broken)
    for party, path, body in looks:
        answer = await (stage.get(party, path) if body is None else stage.post(party, path, body))
        assert answer.status_code >= 500, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert "etag" not in answer.headers
        for told in (str(alfa.client), "Alfa", "Psycholoog-A1", "wgb"):
            assert told not in answer.text.replace(path, "")


@BROKEN
async def test_when_the_log_cannot_be_written_nothing_is_recorded_either(
    stage: Stage, broken: str
) -> None:
    alfa = await wgb_at_uwv(stage)
    body = {"bsn": "999990020", "givenName": "T", "familyName": "Echo", "birthDate": "1990-05-17"}
    with stage.database.connect_as_superuser() as db:
        db.execute(broken)
    assert (await stage.post("clinician", "/v1/clients", body)).status_code >= 500
    with stage.database.connect_as_superuser() as db:
        assert db.execute("SELECT id FROM client").fetchall() == [(alfa.client,)]


@pytest.mark.parametrize("party", ["clinician", "employer"])
async def test_when_a_refusal_cannot_be_recorded_the_answer_does_not_tell_what_it_was(
    stage: Stage, party: str
) -> None:
    """Hidden, absent and forbidden alike: 503, and later again."""
    alfa = await wgb_at_uwv(stage)
    with stage.database.connect_as_superuser() as db:
        db.execute("REVOKE INSERT ON access_refusal FROM trede_reader")
    for path in (f"/v1/clients/{uuid4()}", f"{alfa.of_client}/access-log"):
        answer = await stage.get(party, path)
        assert answer.status_code == 503
        assert "retry-after" in answer.headers
        assert str(alfa.client) not in answer.text.replace(path, "")


async def test_every_refusal_finds_its_client_however_many_wait(stage: Stage) -> None:
    client = await stage.client("alfa")
    expert = stage.parties["expert"]
    with stage.database.connect_as_superuser() as db:
        for asked in (client, uuid4()):
            db.execute(
                "INSERT INTO access_refusal (id, at, grantee_id, membership_id, organisation_id,"
                " role, route, method, asked_id, status, request_id)"
                " SELECT gen_random_uuid(), now(), %s, %s, %s, 'labour_expert', '/v1/clients/{id}',"
                " method, %s, 404, 'r' FROM generate_series(1, %s),"
                " unnest(ARRAY['GET', 'POST', 'PATCH']) method",
                [expert.membership, expert.membership, expert.organisation, asked, BATCH // 3],
            )
    worker = engine(stage.database.worker, pool_size=1)
    try:
        assert await attribute(worker) == BATCH // 3 * 3
        assert await attribute(worker) == 0
    finally:
        await worker.dispose()
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT client_id, verb, count(*) FROM access_log_entry"
            " WHERE outcome = 'refused' GROUP BY 1, 2 ORDER BY 2"
        ).fetchall()
        waiting = db.execute("SELECT 1 FROM access_refusal WHERE attributed_at IS NULL").fetchall()
    assert sorted(found) == sorted(
        (whom, verb, BATCH // 3)
        for whom in (client, NOBODY)
        for verb in ("create", "read", "update")
    )
    assert waiting == []
