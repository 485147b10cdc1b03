"""An import does what its asker could do one by one: each record wholly, once, told by row."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.access.erasure.destroying import destroy
from app.access.vocabulary import Role
from app.domain.bulk.actions import work
from app.domain.bulk.rules.imports import MOST_ATTEMPTS
from app.facades.bulk import importing
from app.facades.bulk.bringing import bring
from app.facades.bulk.recording import Recorder
from app.platform.db import driver_of
from tests.build.machines import System, system_of
from tests.build.stage import Stage
from tests.facades.bulk.bringing import (
    CSV,
    IMPORTS,
    NUMBERS,
    brought,
    call,
    client,
    file_of,
    person,
    reported,
    running,
    send,
    worked_off,
    worker,
)
from tests.platform.forging import ec_key, public_jwk


@pytest.fixture
async def records(stage: Stage) -> System:
    """The record system of the GGZ provider."""
    return await system_of(stage)


def hat(stage: Stage, party: str) -> str:
    return str(stage.parties[party].membership)


def count(stage: Stage, table: str) -> int:
    with stage.straight() as db:
        row = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


async def test_a_client_comes_with_team_and_running_trajectory(
    stage: Stage, records: System
) -> None:
    row = client(
        0,
        actingFor=hat(stage, "clinician"),
        treatmentTeam=[{"membershipId": hat(stage, "colleague")}],
        trajectories=[running("t-1")],
    )
    [told] = await brought(stage, records, file_of(row))
    assert told["state"] == "imported", told
    ids = told["ids"]
    [trajectory] = [each["trajectoryId"] for each in ids["trajectories"]]
    seen = await stage.seen("colleague", f"/v1/clients/{ids['clientId']}")
    assert seen["familyName"] == row["client"]["familyName"]
    of = f"/v1/trajectories/{trajectory}"
    assert (await stage.seen("clinician", of))["paused"] is True
    [measured] = (await stage.seen("clinician", f"{of}/ladder-measurements"))["items"]
    assert (measured["measuredOn"], measured["imported"]["level"]) == ("2024-06-03", 3)
    milestones = (await stage.seen("clinician", f"{of}/transitions"))["items"]
    assert {"work_question_asked", "paused"} <= {each["milestone"] for each in milestones}
    assert {each["recordedAt"][:10] for each in milestones} == {"2025-01-14"}


async def test_a_referral_that_came_with_its_consent_is_taken_on_by_its_body(
    stage: Stage, records: System
) -> None:
    uwv = {"organisationId": str(stage.organisations["uwv"]), "role": "labour_expert"}
    consent = {
        "sourceId": "k-1",
        "kind": "secrecy_waiver",
        "senderOrganisationId": str(stage.organisations["ggz"]),
        "recipient": uwv,
        "categories": ["existence", "identity", "start_conversation"],
        "purposes": ["reintegration"],
        "textVersion": "2025-01",
        "givenHow": "paper",
        "evidence": "Formulier van 3 januari, in het dossier.",
        "givenBy": "client",
        "validFrom": "2025-01-14",
    }
    referral = {
        "toOrganisationId": uwv["organisationId"],
        "role": uwv["role"],
        "goal": "Weer iets met hout doen.",
        "clientAgreedOn": "2025-01-10",
        "consentSourceId": "k-1",
        "uwvBenefitConfirmed": True,
    }
    running_one = running("t-1", consents=[consent], referrals=[referral], pauses=[])
    row = client(0, actingFor=hat(stage, "clinician"), trajectories=[running_one])
    [told] = await brought(stage, records, file_of(row))
    assert told["state"] == "imported", told
    [trajectory] = [each["trajectoryId"] for each in told["ids"]["trajectories"]]
    [waiting] = (await stage.seen("expert", "/v1/referrals?state=open"))["items"]
    assert waiting["trajectoryId"] == trajectory
    assert (await stage.get("expert", f"/v1/trajectories/{trajectory}")).status_code == 404
    await stage.act("expert", f"/v1/referrals/{waiting['id']}", "acceptances", {})
    seen = await stage.seen("expert", f"/v1/trajectories/{trajectory}")
    assert seen["responsibleOrganisationId"] == uwv["organisationId"]


async def test_rows_of_one_client_are_one_record(stage: Stage, records: System) -> None:
    late = {"kind": "trajectory", "clientSourceId": "c-0", **running("t-1")}
    early = client(0)
    first, second = await brought(
        stage, records, file_of(late, early), on_behalf_of=hat(stage, "clinician")
    )
    assert (first["state"], second["state"]) == ("imported", "imported")
    broken = {**late, "clientSourceId": "c-1", "sourceId": "t-2", "pauses": [{"reason": "x"}]}
    told = await brought(
        stage, records, file_of(client(1), broken), on_behalf_of=hat(stage, "clinician")
    )
    assert [each["state"] for each in told] == ["refused", "refused"]
    assert told[0]["becauseOfRow"] == 2
    assert {each["field"].partition(".")[0] for each in told[1]["faults"]} == {"pauses"}
    assert count(stage, "client") == 1


async def test_people_come_with_their_membership_and_are_named_by_whom_they_treat(
    stage: Stage, records: System
) -> None:
    rows = (
        client(0, actingForSourceId="m-1", treatmentTeam=[{"membershipSourceId": "m-2"}]),
        {
            "kind": "practitioner",
            "sourceId": "m-1",
            "practitioner": {"name": "Behandelaar-I1"},
            "membership": {"role": "clinician"},
        },
        {
            "kind": "practitioner",
            "sourceId": "m-2",
            "practitioner": {"name": "Psycholoog-I2"},
            "membership": {"role": "psychologist"},
            "account": {"issuer": "https://login.example.org", "subject": "i2"},
        },
    )
    admin = hat(stage, "ggz_admin")
    tried = await brought(stage, records, file_of(*rows), on_behalf_of=admin, dry_run=True)
    assert [each["state"] for each in tried] == ["valid"] * 3, tried
    assert count(stage, "client") == 0
    told = await brought(stage, records, file_of(*rows), on_behalf_of=admin)
    assert [each["state"] for each in told] == ["imported"] * 3, told
    member = told[1]["ids"]["membershipId"]
    team = await records.call(
        "GET", f"/v1/clients/{told[0]['ids']['clientId']}/treatment-team", on_behalf_of=member
    )
    assert {each["name"] for each in team.json()["items"]} == {"Behandelaar-I1", "Psycholoog-I2"}


async def test_the_same_file_twice_does_nothing_twice(stage: Stage, records: System) -> None:
    content = file_of(client(0, trajectories=[running("t-1")]), client(1))
    by = {"on_behalf_of": hat(stage, "clinician")}
    assert {row["state"] for row in await brought(stage, records, content, **by)} == {"imported"}
    tables = ("client", "trajectory", "ladder_measurement", "trajectory_pause", "source_link")
    before = {table: count(stage, table) for table in tables}
    assert {row["state"] for row in await brought(stage, records, content, **by)} == {"unchanged"}
    assert {table: count(stage, table) for table in tables} == before
    more = file_of(
        client(0, trajectories=[running("t-1"), running("t-9", trajectory={"kind": "ips"})])
    )
    [told] = await brought(stage, records, more, **by)
    assert told["state"] == "imported", told
    assert len(told["ids"]["trajectories"]) == 1
    [elsewhere] = await brought(stage, records, file_of(client(2)), source="other-epd", **by)
    assert elsewhere["state"] == "imported"


async def test_what_was_brought_before_tells_its_ids_to_who_may_see_it(
    stage: Stage, records: System
) -> None:
    course = {"kind": "trajectory", "clientSourceId": "c-5", **running("t-5")}
    member = {
        "kind": "practitioner",
        "sourceId": "m-1",
        "actingFor": hat(stage, "ggz_admin"),
        "practitioner": {"name": "Behandelaar-I1"},
        "membership": {"role": "clinician"},
    }
    both = [running("t-1"), running("t-9", trajectory={"kind": "ips"})]
    content = file_of(client(0, trajectories=both), client(5), course, member)
    by = {"on_behalf_of": hat(stage, "clinician")}
    first = await brought(stage, records, content, **by)
    assert {row["state"] for row in first} == {"imported"}, first
    assert len(first[0]["ids"]["trajectories"]) == 2
    assert set(first[3]["ids"]) == {"membershipId", "practitionerId"}
    again = await brought(stage, records, content, **by)
    assert again == [{**row, "state": "unchanged"} for row in first]
    assert not any("ids" in row for row in await brought(stage, records, content, dry_run=1, **by))
    beside = file_of(client(1, trajectories=[running("t-1")]))
    ids = [(await brought(stage, records, beside, **by))[0]["ids"] for _ in range(2)]
    assert ids[0] == ids[1] == {"clientId": ids[0]["clientId"]}, "t-1 is of somebody else"


async def test_what_was_brought_before_and_is_hidden_tells_no_ids(
    stage: Stage, records: System
) -> None:
    member = {
        "kind": "practitioner",
        "sourceId": "m-1",
        "practitioner": {"name": "Behandelaar-I1"},
        "membership": {"role": "clinician"},
    }
    course = client(0, trajectories=[running("t-1")])
    for party, row in (("ggz_admin", member), ("clinician", course)):
        [told] = await brought(stage, records, file_of(row), on_behalf_of=hat(stage, party))
        assert told["state"] == "imported", told
    other = {"on_behalf_of": hat(stage, "colleague")}
    hidden = await brought(stage, records, file_of(course, member), **other)
    assert hidden == [{"row": at, "state": "unchanged"} for at in (1, 2)]


async def test_of_a_corrected_file_only_what_failed_is_taken(stage: Stage, records: System) -> None:
    wrong = client(1, client=person(1, bsn="999990018"))
    by = {"on_behalf_of": hat(stage, "clinician")}
    told = await brought(stage, records, file_of(client(0), wrong), **by)
    assert [row["state"] for row in told] == ["imported", "refused"]
    again = await brought(stage, records, file_of(client(0), client(1)), **by)
    assert [row["state"] for row in again] == ["unchanged", "imported"]


async def test_a_key_that_is_sent_again_leads_to_the_same_import(
    stage: Stage, records: System
) -> None:
    key = str(uuid4())
    first = await send(stage, records, file_of(client(0)), idempotency_key=key)
    again = await send(stage, records, file_of(client(0)), idempotency_key=key)
    assert first.json()["id"] == again.json()["id"]
    other = await send(stage, records, file_of(client(1)), idempotency_key=key)
    assert other.status_code == 409
    assert count(stage, "bulk_import") == 1


async def test_a_dry_run_tells_the_same_and_keeps_nothing(stage: Stage, records: System) -> None:
    wrong = client(1, client=person(1, birthDate="2024-01-01"))
    content = file_of(client(0, trajectories=[running("t-1")]), wrong, client(0, sourceId="c-9"))
    by = {"on_behalf_of": hat(stage, "clinician")}
    tried = await brought(stage, records, content, dry_run=True, **by)
    assert [row["state"] for row in tried] == ["valid", "refused", "valid"]
    assert [fault["field"] for fault in tried[1]["faults"]] == ["client.birthDate"]
    for table in ("client", "trajectory", "source_link", "outbox_event WHERE verb LIKE 'client%'"):
        assert count(stage, table) == 0, table
    # Whether a number is known to us already is not told where nothing is on the log.
    assert tried[0] == {"row": 1, "state": "valid"}


async def test_a_dry_run_leaves_the_same_refused_looks_as_a_real_one_and_tells_nothing_it_saw(
    stage: Stage, records: System
) -> None:
    by = {"on_behalf_of": hat(stage, "clinician")}
    known = await brought(stage, records, file_of(client(0)), **by)
    course = {"kind": "trajectory", "clientSourceId": "c-0", **running("t-1")}
    hidden = {**course, "actingFor": hat(stage, "colleague")}
    dry = await brought(stage, records, file_of(hidden), dry_run=True, **by)
    left = refused(stage)
    assert await brought(stage, records, file_of(hidden), **by) == dry
    assert left
    assert refused(stage) == left + left
    [seen] = await brought(stage, records, file_of(course), dry_run=True, **by)
    assert seen == {"row": 1, "state": "valid"}
    assert known[0]["ids"]["clientId"] not in json.dumps([dry, seen])
    assert refused(stage) == left + left


def refused(stage: Stage) -> list[Any]:
    """Who looked for what in vain, in the order of the log."""
    with stage.straight() as db:
        return db.execute(
            "SELECT grantee_id, machine_id, method, route, asked_id, asked_index, status"
            " FROM access_refusal ORDER BY at"
        ).fetchall()


FAULTS: dict[str, tuple[bytes, str, str]] = {
    "no JSON": (b"{\n", "", "invalid_json"),
    "no object": (b"[1]\n", "", "not_an_object"),
    "twice the same name": (b'{"kind":"client","kind":"client"}\n', "kind", "duplicate_key"),
    "no kind": (file_of({"sourceId": "x"}), "kind", "required"),
    "no source id": (file_of({"kind": "client"}), "sourceId", "required"),
    "no client": (file_of({"kind": "client", "sourceId": "x"}), "client", "required"),
    "wrong number": (
        file_of(client(0, client=person(0, bsn="999990018"))),
        "client.bsn",
        "not_a_bsn",
    ),
    "too young": (
        file_of(client(0, client=person(0, birthDate="2020-01-01"))),
        "client.birthDate",
        "too_young",
    ),
    "unknown field": (
        file_of(client(0, client=person(0, shoeSize="43"))),
        "client.shoeSize",
        "unknown_field",
    ),
    "unknown collection": (file_of(client(0, shoes=[{}])), "shoes", "unknown_field"),
    "what destroys": (
        file_of(client(0, misplacedRecords=[{}])),
        "misplacedRecords",
        "unknown_field",
    ),
    "an act beyond a collection": (
        file_of(client(0, **{"consents/{consent_id}/withdrawals": [{}]})),
        "",
        "unknown_field",
    ),
    "a number as a name": (file_of(client(0, **{NUMBERS[5]: [{}]})), "", "unknown_field"),
    "no list": (file_of(client(0, treatmentTeam={})), "treatmentTeam", "wrong_type"),
    "nobody": (
        file_of(client(0, treatmentTeam=[{"membershipSourceId": "m-404"}])),
        "treatmentTeam.0.membershipSourceId",
        "unknown_reference",
    ),
    "no such client": (
        file_of({"kind": "trajectory", "clientSourceId": "c-404", **running("t-1")}),
        "clientSourceId",
        "unknown_reference",
    ),
    "a day to come": (
        file_of(
            client(
                0,
                trajectories=[
                    running("t-1", pauses=[{"pausedOn": "2031-01-01", "reason": "admission"}])
                ],
            )
        ),
        "trajectories.0.pauses.0.pausedOn",
        "in_the_future",
    ),
    "an id with a path in it": (
        file_of(
            {
                "kind": "practitioner",
                "sourceId": "m",
                "practitionerId": "x/../y",
                "membership": {"role": "clinician"},
            }
        ),
        "practitionerId",
        "wrong_format",
    ),
}


async def test_every_kind_of_fault_is_told_by_row_and_field_and_never_by_value(
    stage: Stage, records: System, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    content = file_of(*(row for row, _, _ in FAULTS.values()))
    made = await send(stage, records, content, on_behalf_of=hat(stage, "clinician"))
    await worked_off(stage)
    rows = await reported(stage, records, made, on_behalf_of=hat(stage, "clinician"))
    by_row = {each["row"]: each for each in rows}
    for number, name in enumerate(FAULTS, 1):
        told = by_row[number]
        if "becauseOfRow" in told:
            told = by_row[told["becauseOfRow"]]
        assert told["state"] == "refused", (name, told)
    answer = await call(
        stage, records, f"{made.headers['location']}/report", on_behalf_of=hat(stage, "clinician")
    )
    for secret in (*NUMBERS[:6], "999990018", "Testclient", "2020-01-01", "c-404", "m-404"):
        assert secret not in answer.text, secret
        assert secret not in caplog.text, secret
    assert count(stage, "client") == 0


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_names_its_field(stage: Stage, records: System, name: str) -> None:
    content, field, code = FAULTS[name]
    [told] = await brought(stage, records, content, on_behalf_of=hat(stage, "clinician"))
    assert told["state"] == "refused"
    assert (field, code) in [(each["field"], each["code"]) for each in told["faults"]], told


async def test_a_table_of_a_dutch_spreadsheet_is_read(stage: Stage, records: System) -> None:
    names = (
        "kind;sourceId;client.bsn;client.givenName;client.familyName;client.birthDate;"
        "trajectories.0.sourceId;trajectories.0.trajectory.kind;"
        "trajectories.0.ladderMeasurements.0.rung;"
        "trajectories.0.ladderMeasurements.0.measuredOn;"
        "trajectories.0.ladderMeasurements.0.occasion;"
        "trajectories.0.ladderMeasurements.0.criteria.weekly;"
        "trajectories.0.ladderMeasurements.0.criteria.inPerson"
    )
    row = f'client;c-0;{NUMBERS[0]};"Test;client";Alfa;14-5-1990;t-1;wgb;3;03-06-2024;start;WAAR;ja'
    content = f"\ufeff{names}\r\n{row}\r\n;;;\r\n".encode()
    [told] = await brought(stage, records, content, CSV, on_behalf_of=hat(stage, "clinician"))
    assert (told["row"], told["state"]) == (2, "imported"), told
    seen = await stage.seen("clinician", f"/v1/clients/{told['ids']['clientId']}")
    assert (seen["givenName"], seen["birthDate"]) == ("Test;client", "1990-05-14")
    [ids] = told["ids"]["trajectories"]
    path = f"/v1/trajectories/{ids['trajectoryId']}/ladder-measurements"
    [measured] = (await stage.seen("clinician", path))["items"]
    assert (measured["rung"], measured["measuredOn"]) == (3, "2024-06-03")


@pytest.mark.parametrize("head", ["", "\ufeff", "sep=,\n"])
async def test_a_table_names_faults_by_row_and_column(
    stage: Stage, records: System, head: str
) -> None:
    rows = (
        "kind,sourceId,client.bsn,client.givenName,client.familyName,client.birthDate",
        f"client,c-0,{NUMBERS[0]},Testclient,Alfa,1990-05-14",
        f'client,c-1,{NUMBERS[1]},"Test\nclient",Alfa,14/5/90',
        "client,c-2,x,Testclient,Alfa,1990-05-14,one,too,many",
    )
    content = (head + "\n".join(rows)).encode()
    told = await brought(stage, records, content, CSV, on_behalf_of=hat(stage, "clinician"))
    assert [each["row"] for each in told] == [2, 3, 4]
    assert [each["state"] for each in told] == ["imported", "refused", "refused"]
    assert {each["field"] for each in told[1]["faults"]} >= {"client.birthDate"}
    assert told[2]["faults"][0]["code"] == "too_many_cells"


@pytest.mark.parametrize(
    ("content", "media", "code"),
    [
        (b"\xff\xfe", "application/x-ndjson", "not_utf8"),
        (b'{"a":"' + b"x" * 300_000 + b'"}', "application/x-ndjson", "line_too_long"),
        (b"kind;kind\n", "text/csv", "wrong_header"),
        (b"kind;999990019\n", "text/csv", "wrong_header"),
        (b"client;client.bsn\n", "text/csv", "wrong_header"),
        (b'kind;sourceId\n"client', "text/csv", "open_quote"),
        (b'kind;sourceId\n"' + b"\n" * 300_000, "text/csv", "line_too_long"),
        (b"kind;client" + b".a" * 30_000 + b"\n", "text/csv", "wrong_header"),
        (b"kind\r;sourceId\n", "text/csv", "wrong_header"),
        (b"", "text/csv", "no_header"),
        (b"kind;sourceId\n", "text/csv", "no_rows"),
        (b"kind;sourceId\n;\n", "text/csv", "no_rows"),
        (b"", "application/x-ndjson", "no_rows"),
        (b"\xef\xbb\xbf\n \n", "application/x-ndjson", "no_rows"),
    ],
)
async def test_a_file_that_is_none_is_refused_whole(
    stage: Stage, records: System, content: bytes, media: str, code: str
) -> None:
    answer = await send(stage, records, content, media)
    assert answer.status_code == 400
    [fault] = answer.json()["errors"]
    assert (fault["in"], fault["pointer"], fault["code"]) == ("body", "#", code)
    assert (count(stage, "bulk_import"), count(stage, "bulk_row")) == (0, 0)


async def test_a_row_that_is_no_row_of_a_table_is_told_by_its_number(
    stage: Stage, records: System
) -> None:
    rows = (
        "kind,sourceId,client.bsn,client.givenName,client.familyName,client.birthDate",
        "client,c-0\r,x,x,x,x",
        f"client,c-1,{'x' * 140_000},x,x,x",
        f"client,c-2,{NUMBERS[0]},Testclient,Alfa,1990-05-14",
    )
    content = "\n".join(rows).encode()
    told = await brought(stage, records, content, CSV, on_behalf_of=hat(stage, "clinician"))
    assert [each["state"] for each in told] == ["refused", "refused", "imported"]
    assert [each["faults"][0]["code"] for each in told[:2]] == ["wrong_format"] * 2


async def test_what_another_hat_brought_is_answered_as_what_is_not_here(
    stage: Stage, records: System
) -> None:
    first = file_of(client(0, trajectories=[running("t-0")]))
    by = {"on_behalf_of": hat(stage, "clinician")}
    assert [row["state"] for row in await brought(stage, records, first, **by)] == ["imported"]
    other = {"on_behalf_of": hat(stage, "colleague")}
    rows = []
    for known in (0, 9):
        told = []
        for of in (
            {"kind": "client", "sourceId": f"c-{known}", "client": {}},
            client(known, client=person(7)),
            client(known, client=person(7), trajectories=[running(f"t-{known}")]),
            {"kind": "trajectory", "clientSourceId": f"c-{known}", **running(f"t-{known}")},
            client(8, sourceId="c-8", trajectories=[{"sourceId": f"t-{known}", "trajectory": {}}]),
        ):
            told += await brought(stage, records, file_of(of), dry_run=True, **other)
        rows.append(told)
    assert rows[0] == rows[1]
    assert [row["state"] for row in rows[0]] == ["refused", "valid", "valid", "refused", "refused"]
    again = await brought(stage, records, first, **other)
    assert [row["state"] for row in again] == ["unchanged"]
    assert count(stage, "client") == 1


async def test_who_is_named_by_many_is_looked_for_once(
    stage: Stage, records: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    found = work.record

    async def counted(*asked: Any) -> Any:
        looked.append(asked)
        return await found(*asked)

    monkeypatch.setattr(work, "record", counted)
    rows = [
        {
            "kind": "practitioner",
            "sourceId": f"p-{at}",
            "actingForSourceId": f"p-{at + 1}",
            "practitioner": {"name": f"Behandelaar-{'ABC'[number]}"},
        }
        for at in range(5)
        for number in range(3)
    ]
    told = await brought(stage, records, file_of(*rows), dry_run="true")
    assert {each["state"] for each in told} == {"refused"}
    assert len(looked) <= 40


async def test_what_is_no_file_of_ours_is_refused_before_it_is_read(
    stage: Stage, records: System
) -> None:
    for media in ("application/json", "text/plain", "text/csv; charset=latin-1"):
        assert (await send(stage, records, b"x", media)).status_code == 415
    long = {"content_length": str(65 * 1024 * 1024)}
    assert (await send(stage, records, b"x", **long)).status_code == 413
    assert (await send(stage, records, b"x", source="999990019")).status_code == 400


async def test_administrators_and_systems_import_within_what_they_may(
    stage: Stage, records: System
) -> None:
    for party in ("clinician", "coach", "expert"):
        assert (await send(stage, party, file_of(client(0)))).status_code == 403
    [told] = await brought(stage, "ggz_admin", file_of(client(0)))
    assert told["state"] == "refused"
    assert told["faults"][0]["code"] == "not_allowed"
    [told] = await brought(stage, records, file_of(client(0)))
    assert told["state"] == "imported"
    reads_only = await system_of(stage, key="reader", scope=["trede.read"])
    assert (await send(stage, reads_only, file_of(client(1)))).status_code == 403


@pytest.mark.parametrize(("rows", "letters"), [(501, 1), (3, 200_000)])
async def test_one_client_is_so_much_and_no_more(
    stage: Stage, records: System, rows: int, letters: int
) -> None:
    """A record is one transaction, and the imports of others wait for their turn."""
    of = {"kind": "trajectory", "clientSourceId": "c-0", "note": "x" * letters}
    content = file_of(client(1), *({**of, "sourceId": f"t-{number}"} for number in range(rows)))
    answer = await send(stage, records, content, on_behalf_of=hat(stage, "clinician"))
    assert answer.status_code == 400, answer.text
    assert [fault["code"] for fault in answer.json()["errors"]] == ["too_long"]
    assert (count(stage, "bulk_import"), count(stage, "bulk_row")) == (0, 0)


async def test_so_many_imports_of_an_organisation_wait_and_no_more(
    stage: Stage, records: System
) -> None:
    by = {"on_behalf_of": hat(stage, "clinician")}
    key = {"idempotency_key": "5c0e7a1e-6b0f-4f0b-9a52-7a3d2f1c9b10"}
    for number in range(19):
        assert (await send(stage, records, file_of(client(number)), **by)).status_code == 201
    sent = await send(stage, records, file_of(client(19)), **by, **key)
    again = await send(stage, records, file_of(client(19)), **by, **key)
    assert (again.status_code, again.json()) == (201, sent.json()), "whose answer was lost"
    assert (await send(stage, records, file_of(client(21)), **by)).status_code == 409
    stage.member("other_admin", Role.ORGANISATION_ADMIN, "other_ggz", "Beheerder-E1")
    elsewhere = await system_of(stage, admin="other_admin", key="elsewhere")
    other = {"on_behalf_of": hat(stage, "other_clinician")}
    assert (await send(stage, elsewhere, file_of(client(22)), **other)).status_code == 201
    await worked_off(stage)
    assert (await send(stage, records, file_of(client(21)), **by)).status_code == 201


async def test_files_that_broke_off_keep_no_other_file_out(stage: Stage, records: System) -> None:
    """They are destroyed after an hour; nothing more of them comes after ten minutes."""
    by = {"on_behalf_of": hat(stage, "clinician")}
    for number in range(20):
        await send(stage, records, file_of(client(number)), **by)
    with stage.straight() as db:
        db.execute("UPDATE bulk_import SET state = 'receiving'")
    assert (await send(stage, records, file_of(client(21)), **by)).status_code == 409
    with stage.straight() as db:
        db.execute("UPDATE bulk_import SET begun_at = now() - interval '11 minutes'")
    assert (await send(stage, records, file_of(client(21)), **by)).status_code == 201


async def test_an_import_is_seen_by_its_asker_and_its_administrator_alone(
    stage: Stage, records: System
) -> None:
    stage.member("other_admin", Role.ORGANISATION_ADMIN, "other_ggz", "Beheerder-E1")
    elsewhere = await system_of(stage, admin="other_admin", key="elsewhere")
    beside = await system_of(stage, key="beside")
    made = await send(stage, records, file_of(client(0)))
    await worked_off(stage)
    path = made.headers["location"]
    for other in (elsewhere, beside, "other_admin"):
        for place in (path, f"{path}/report"):
            assert (await call(stage, other, place)).status_code == 404
        assert (await call(stage, other, IMPORTS)).json()["items"] == []
    assert (await call(stage, "ggz_admin", path)).json()["progress"]["imported"] == 1
    assert (await call(stage, "ggz_admin", f"{path}/report")).status_code == 404
    assert (await call(stage, records, path)).json()["state"] == "finished"
    # The same file of another organisation is another client.
    [told] = await brought(stage, elsewhere, file_of(client(0)))
    assert told["state"] == "imported"


async def test_what_is_cancelled_is_done_no_further_and_destroyed(
    stage: Stage, records: System
) -> None:
    made = await send(stage, records, file_of(client(0), client(1)))
    path = f"{made.headers['location']}/cancellations"
    cancelled = await records.call("POST", path, {})
    assert cancelled.json()["state"] == "cancelled"
    assert (await records.call("POST", path, {})).status_code == 409
    await worked_off(stage)
    assert count(stage, "client") == 0
    await swept(stage)
    assert count(stage, "bulk_row WHERE content IS NOT NULL") == 0


async def swept(stage: Stage) -> None:
    async with worker(stage) as login, login.begin() as db:
        await work.destroy_old(db)


async def test_what_was_sent_goes_when_it_was_used_and_the_rest_after_a_week(
    stage: Stage, records: System
) -> None:
    made = await send(stage, records, file_of(client(0), client(1, client={})))
    with stage.straight() as db:
        kept = db.execute("SELECT string_agg(encode(content, 'escape'), '') FROM bulk_row")
        assert NUMBERS[0] not in str(kept.fetchone())
    await worked_off(stage)
    assert count(stage, "bulk_row WHERE content IS NOT NULL") == 0
    await swept(stage)
    assert len(await reported(stage, records, made)) == 2
    with stage.straight() as db:
        db.execute("UPDATE bulk_import SET begun_at = now() - interval '8 days'")
    await swept(stage)
    assert (count(stage, "bulk_import"), count(stage, "bulk_row")) == (0, 0)
    assert (await call(stage, records, made.headers["location"])).status_code == 404


async def test_an_import_stops_when_its_asker_may_no_longer(stage: Stage, records: System) -> None:
    people: list[Any] = [
        {
            "kind": "practitioner",
            "sourceId": f"m-{number}",
            "practitioner": {"name": f"Nieuw-{chr(65 + number)}"},
            "membership": {"role": "clinician"},
        }
        for number in range(3)
    ]
    made = await send(stage, records, file_of(*people), on_behalf_of=hat(stage, "ggz_admin"))
    async with worker(stage) as login:
        async with login.begin() as db:
            [jobs] = await work.waiting(db)
        assert await importing._one(stage.app, login, jobs)
        with stage.straight() as db:
            member = stage.parties["ggz_admin"].membership
            db.execute("UPDATE membership SET valid_until = moment() WHERE id = %s", [member])
    await worked_off(stage)
    state = (await call(stage, records, made.headers["location"])).json()
    assert (state["state"], state["progress"]["imported"]) == ("stopped", 1)
    assert state["progress"]["waiting"] == 2


async def test_an_import_stops_when_the_keys_of_its_sender_are_replaced(
    stage: Stage, records: System
) -> None:
    by = {"on_behalf_of": hat(stage, "clinician")}
    made = await send(stage, records, file_of(client(0)), **by)
    path = f"/v1/machines/{records.id}"
    body = {"jwks": {"keys": [public_jwk(ec_key("other"), kid="k2", use="sig", alg="ES384")]}}
    tag = (await stage.get("ggz_admin", path)).headers["etag"]
    changed = await stage.call("PATCH", "ggz_admin", path, body, if_match=tag)
    assert changed.status_code == 200, changed.text
    await worked_off(stage)
    state = (await call(stage, "ggz_admin", made.headers["location"])).json()
    assert (state["state"], state["progress"]["imported"]) == ("stopped", 0)
    assert count(stage, "client") == 0


async def test_a_record_that_cannot_be_committed_is_tried_again_and_then_given_up(
    stage: Stage, records: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(recorder: Recorder, job: Any, subject: bytes) -> None:
        await bring(recorder, job, subject)
        await driver_of(recorder.db).close()

    monkeypatch.setattr(importing, "bring", lost)
    made = await send(stage, records, file_of(client(0)))
    for left in range(MOST_ATTEMPTS - 1, -1, -1):
        await worked_off(stage)
        state = (await call(stage, records, made.headers["location"])).json()
        assert state["progress"]["waiting"] == min(left, 1)
    [told] = await reported(stage, records, made)
    assert (told["state"], told["faults"][0]["code"]) == ("refused", "internal_error")
    assert count(stage, "client") == 0


async def test_what_an_erased_client_was_called_elsewhere_is_forgotten(
    stage: Stage, records: System
) -> None:
    await brought(stage, records, file_of(client(0)))
    with stage.straight() as db:
        row = db.execute("SELECT client_id FROM source_link").fetchone()
        assert row is not None
        db.execute(
            "INSERT INTO tombstone (id, client_id, everything, recorded_until)"
            " VALUES (gen_random_uuid(), %s, true, moment())",
            [row[0]],
        )
    async with stage.app.state.services.engines.writer.begin() as db:
        await db.execute(text("SET LOCAL ROLE trede_compiler"))
        await db.execute(
            text("SELECT set_config('trede.compiling', :client, true)"), {"client": str(row[0])}
        )
        await destroy(db, [row[0]])
    assert count(stage, "source_link") == 0


async def test_no_number_of_a_client_is_in_anything_that_is_kept_in_the_clear(
    stage: Stage, records: System
) -> None:
    await brought(stage, records, file_of(client(0, trajectories=[running("t-1")])))
    with stage.straight() as db:
        for table in ("bulk_import", "bulk_row", "source_link", "outbox_event", "turn"):
            rows = db.execute(f"SELECT * FROM {table}").fetchall()
            assert NUMBERS[0] not in json.dumps(rows, default=str)
            assert NUMBERS[0].encode() not in b"".join(
                bytes(cell) for row in rows for cell in row if isinstance(cell, bytes | memoryview)
            )
