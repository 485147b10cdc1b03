"""An export shows what the lists show, page by page decided anew, and says whether it is whole."""

import asyncio
import csv
import gzip
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.access.vocabulary import Role
from app.facades.bulk import exporting, streaming
from app.facades.bulk.forms import CASELOAD, Table
from app.platform import turns
from app.platform.db import Engine
from app.platform.security.signed import SKEW
from tests.bench.data import bsn_of, is_real
from tests.build.machines import System, system_of
from tests.build.processes import serving
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.databases import TestDatabase
from tests.platform.forging import ec_key, public_jwk

NUMBERS = [bsn_of(number) for number in range(1, 40) if is_real(bsn_of(number))]
TRAJECTORIES = "/v1/exports/trajectories"
CLIENTS = "/v1/exports/clients"
CASELOAD_TABLE = "/v1/exports/caseload"
LEFT = 10
"""Seconds that a token still holds when an export begins."""


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def values(lines: list[dict[str, Any]], kind: str) -> list[Any]:
    return [line["value"] for line in lines if line["kind"] == kind]


async def caseload(stage: Stage, count: int = 5) -> list[Situation]:
    """So many clients of UWV, in the order of the list of trajectories."""
    made = []
    for number in range(count):
        client = await stage.client(f"client{number}", bsn=NUMBERS[number])
        situation = Situation(stage, client)
        await situation.begin()
        await situation.responsible("uwv")
        await situation.assign("expert", "coach")
        made.append(situation)
    return sorted(made, key=lambda each: each.trajectory)


async def listed(stage: Stage, party: str, path: str) -> list[Any]:
    found, cursor = [], None
    while True:
        query = f"?pageSize=2{'' if cursor is None else f'&cursor={cursor}'}"
        page = await stage.seen(party, f"{path}{query}")
        found += page["items"]
        cursor = page.get("nextCursor")
        if cursor is None:
            return found


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)


@pytest.mark.parametrize("party", ["expert", "coach", "clinician", "client1", "other_clinician"])
async def test_an_export_is_what_the_lists_show_to_the_same_caller(
    stage: Stage, party: str
) -> None:
    await caseload(stage)
    for export, path, kind in (
        (TRAJECTORIES, "/v1/trajectories", "trajectory"),
        (CLIENTS, "/v1/clients", "client"),
    ):
        answer = await stage.get(party, export)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        lines = lines_of(answer.text)
        assert values(lines, kind) == await listed(stage, party, path)
        assert lines[-1] == {"kind": "complete"}


async def test_records_go_along_as_their_own_lists_show_them(stage: Stage) -> None:
    first, *_ = await caseload(stage, 2)
    measured = {"rung": 4, "measuredOn": "2025-01-14", "occasion": "start"}
    await stage.made("coach", f"{first.of_trajectory}/ladder-measurements", measured)
    path = f"{TRAJECTORIES}?records=ladder-measurements&records=participants"
    for party in ("coach", "expert"):
        lines = lines_of((await stage.get(party, path)).text)
        assert values(lines, "ladder-measurements")
        for name in ("ladder-measurements", "participants"):
            told = [
                {key: value for key, value in each.items() if key != "trajectoryId"}
                for each in values(lines, name)
                if each["trajectoryId"] == str(first.trajectory)
            ]
            assert told == await listed(stage, party, f"{first.of_trajectory}/{name}")


async def test_every_client_in_an_export_is_on_the_access_log(stage: Stage) -> None:
    made = await caseload(stage)
    with stage.straight() as db:
        db.execute("DELETE FROM access_log_entry")
    await stage.get("expert", TRAJECTORIES)
    with stage.straight() as db:
        found = db.execute("SELECT client_id FROM access_log_entry WHERE listed").fetchall()
    assert sorted(client for (client,) in found) == sorted(each.client for each in made)


async def test_an_export_goes_on_from_a_cursor(stage: Stage) -> None:
    await caseload(stage)
    whole = lines_of((await stage.get("expert", TRAJECTORIES)).text)
    cursor = values(whole, "cursor")[0]
    rest = lines_of((await stage.get("expert", f"{TRAJECTORIES}?cursor={cursor}")).text)
    assert rest == whole[3:]
    of_another = await stage.get("coach", f"{TRAJECTORIES}?cursor={cursor}")
    assert of_another.status_code == 400
    assert of_another.headers["content-type"] == "application/problem+json"


async def test_a_caseload_opens_in_a_spreadsheet_and_holds_no_formula(stage: Stage) -> None:
    body = {"givenName": "=HYPERLINK(1)", "familyName": "@Alfa", "birthDate": "1990-05-17"}
    await stage.made("clinician", "/v1/clients", {"bsn": NUMBERS[0], **body})
    await caseload(stage, 0)
    client = (await stage.seen("clinician", "/v1/clients"))["items"][0]
    started = {"clientId": client["id"], "kind": "wgb", "workQuestionAskedOn": "2025-01-14"}
    await stage.made("clinician", "/v1/trajectories", started)
    answer = await stage.get("clinician", CASELOAD_TABLE)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["line", *CASELOAD]
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["givenName"], told["familyName"]) == ("'=HYPERLINK(1)", "'@Alfa")
    assert told["clientId"] == client["id"]
    assert rows[-1] == ["complete"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_as_a_formula_wherever_it_is_opened(begin: str, separator: str) -> None:
    name = f"{begin}1+1{separator}{begin}1+1"
    written = Table().line("trajectory", {"id": name}).decode()
    for theirs in (";", separator):
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=theirs):
            assert not [cell for cell in row if cell.startswith(begin)]


@pytest.mark.parametrize("name", ['A,"=1+1,b', "A, =1+1", '"=1+1', " =1+1", "A,'=1+1"])
def test_no_cell_begins_as_a_formula_behind_what_a_spreadsheet_drops(name: str) -> None:
    written = Table().line("trajectory", {"id": name}).decode()
    for theirs in (";", ",", "\t"):
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=theirs):
            assert not [cell for cell in row if re.match(r"[\s\"]*=", cell)]


def test_a_cursor_in_a_table_is_given_as_it_is() -> None:
    assert Table().line("cursor", "-x") == b"cursor;-x\r\n"


async def test_who_takes_it_compressed_gets_the_same(stage: Stage) -> None:
    await caseload(stage, 3)
    plain = await stage.get("expert", TRAJECTORIES, accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    packed = await stage.get("expert", TRAJECTORIES, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content


async def test_one_caller_has_one_export_at_a_time(stage: Stage) -> None:
    await caseload(stage, 1)
    who = stage.parties["expert"]
    name = f"export {stage.issuer.url} {who.subject}"
    writer: Engine = stage.app.state.services.engines.writer
    holder = await turns.taken(writer, name)
    assert holder is not None
    busy = await stage.get("expert", TRAJECTORIES)
    assert busy.status_code == 429
    assert int(busy.headers["retry-after"]) > 0
    assert (await stage.get("coach", TRAJECTORIES)).status_code == 200
    await turns.given_back(writer, name, holder)
    for _ in range(2):
        assert (await stage.get("expert", TRAJECTORIES)).status_code == 200


async def test_of_a_holder_that_is_gone_the_turn_passes_on(stage: Stage) -> None:
    name = f"export {stage.issuer.url} {stage.parties['expert'].subject}"
    await turns.taken(stage.app.state.services.engines.writer, name)
    with stage.straight() as db:
        db.execute("UPDATE turn SET until = now() - interval '1 second'")
    assert (await stage.get("expert", TRAJECTORIES)).status_code == 200


async def test_without_a_hat_or_a_token_there_is_no_stream(stage: Stage) -> None:
    refused = await stage.http.get(TRAJECTORIES)
    assert refused.status_code == 401
    answer = await stage.get("expert", TRAJECTORIES, purpose_of_use="treatment")
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    with stage.straight() as db:
        assert db.execute("SELECT count(*) FROM turn").fetchone() == (0,)


# --- over real sockets, while something changes ----------------------------------------------


@pytest.fixture
def address(
    database: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A served process that takes its time between two pages."""
    renewed = turns.renewed

    async def slowly(*turn: Any) -> bool:
        await asyncio.sleep(1)
        return await renewed(*turn)

    monkeypatch.setattr(turns, "renewed", slowly)
    with serving(database, tmp_path) as [one]:
        yield one


async def streamed(
    stage: Stage, address: str, party: str, meanwhile: Any, **sent: str
) -> list[Any]:
    """The lines of an export; `meanwhile` happens after the first page came."""
    headers = {"Authorization": f"Bearer {stage.token(party)}"} | sent
    found: list[Any] = []
    async with (
        httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as http,
        http.stream("GET", TRAJECTORIES) as answer,
    ):
        async for line in answer.aiter_lines():
            found.append(json.loads(line))
            if meanwhile is not None and found[-1]["kind"] == "cursor":
                await meanwhile()
                meanwhile = None
    return found


async def test_what_is_withdrawn_during_an_export_is_not_in_what_comes_after(
    stage: Stage, address: str
) -> None:
    made = await caseload(stage)
    last = made[-1]
    [task] = (await stage.seen("expert", f"{last.of_trajectory}/responsibilities"))["items"]
    people = [key for key, who in stage.parties.items() if who.role is Role.CLIENT]
    [client] = [key for key in people if await _is(stage, key, last)]

    async def stop() -> None:
        path = f"{last.of_trajectory}/responsibilities/{task['id']}"
        await stage.act(client, path, "stops")

    lines = await streamed(stage, address, "expert", stop)
    told = [each["id"] for each in values(lines, "trajectory")]
    assert told == [str(each.trajectory) for each in made[:-1]]
    assert lines[-1] == {"kind": "complete"}


async def _is(stage: Stage, key: str, situation: Situation) -> bool:
    return (await stage.get(key, situation.of_trajectory)).status_code == 200


async def test_an_export_of_who_is_dismissed_meanwhile_breaks_off_and_says_so(
    stage: Stage, address: str
) -> None:
    await caseload(stage)

    async def dismiss() -> None:
        with stage.straight() as db:
            member = stage.parties["expert"].membership
            db.execute("UPDATE membership SET valid_until = moment() WHERE id = %s", [member])

    lines = await streamed(stage, address, "expert", dismiss)
    assert len(values(lines, "trajectory")) == 2
    assert lines[-1]["kind"] == "broken"
    assert lines[-1]["value"] == "not-allowed"


async def disabled(stage: Stage, system: System) -> None:
    await stage.act("uwv_admin", f"/v1/machines/{system.id}", "ends")


async def other_keys(stage: Stage, system: System) -> None:
    await renewed(stage, system, public_jwk(ec_key("other"), kid="k2", use="sig", alg="ES384"))


async def the_same_keys(stage: Stage, system: System) -> None:
    shown = await stage.seen("uwv_admin", f"/v1/machines/{system.id}")
    await renewed(stage, system, *shown["jwks"]["keys"])


async def renewed(stage: Stage, system: System, *keys: Any) -> None:
    path = f"/v1/machines/{system.id}"
    tag = (await stage.get("uwv_admin", path)).headers["etag"]
    changed = await stage.call("PATCH", "uwv_admin", path, {"jwks": {"keys": keys}}, if_match=tag)
    assert changed.status_code == 200, changed.text


async def less_scope(stage: Stage, system: System) -> None:
    with stage.straight() as db:
        db.execute("UPDATE machine SET scope = 'trede.write' WHERE id = %s", [system.id])


@pytest.mark.parametrize("revoke", [disabled, other_keys, the_same_keys, less_scope])
async def test_an_export_of_a_system_that_is_revoked_meanwhile_stops_at_once(
    stage: Stage, address: str, revoke: Any
) -> None:
    await caseload(stage)
    stage.member("uwv_admin", Role.ORGANISATION_ADMIN, "uwv", "Beheerder-U1")
    system = await system_of(stage, "uwv_admin")
    sent = {
        "Authorization": f"Bearer {await system.token()}",
        "On-Behalf-Of": str(stage.parties["expert"].membership),
    }
    lines = await streamed(stage, address, "expert", lambda: revoke(stage, system), **sent)
    assert len(values(lines, "trajectory")) == 2
    assert lines[-1] == {"kind": "broken", "value": "registration-changed"}


async def test_an_export_outlives_its_token_but_not_its_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await caseload(stage)
    who, now, renewed = stage.parties["expert"], time.time(), turns.renewed
    with monkeypatch.context() as earlier:
        earlier.setattr(time, "time", lambda: now - SKEW + LEFT)
        given: Any = {"audience": stage.audience, "client_id": "trede-demo", "lifetime": 1}
        token = stage.issuer.mint(who.subject, membership=who.membership, **given)
    sent = {"Authorization": f"Bearer {token}"}

    async def when_it_is_over(*turn: Any) -> bool:
        status = 200
        while status != 401:
            status = (await stage.http.get("/v1/me", headers=sent)).status_code
        return await renewed(*turn)

    monkeypatch.setattr(turns, "renewed", when_it_is_over)
    lines = lines_of((await stage.http.get(TRAJECTORIES, headers=sent)).text)
    assert len(values(lines, "trajectory")) == 5
    assert lines[-1] == {"kind": "complete"}
    monkeypatch.setattr(turns, "renewed", renewed)
    monkeypatch.setattr(streaming, "LONGEST", 0.0)
    lines = lines_of((await stage.get("expert", TRAJECTORIES)).text)
    assert [line["kind"] for line in lines[-2:]] == ["cursor", "broken"]
    assert lines[-1]["value"] == "too-long"


async def test_a_page_that_is_read_slowly_is_asked_for_again_within(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await caseload(stage)
    monkeypatch.setattr(exporting, "CHUNK", 100)
    monkeypatch.setattr(streaming, "EVERY", 0.0)
    asked: list[streaming.Turn] = []

    async def at_the_third_look(turn: streaming.Turn) -> streaming.Stop | None:
        asked.append(turn)
        return streaming.Stop.CHANGED if len(asked) == 3 else None

    monkeypatch.setattr(streaming.Turn, "stopped", at_the_third_look)
    lines = lines_of((await stage.get("expert", f"{TRAJECTORIES}?records=transitions")).text)
    told = [each["id"] for each in values(lines, "trajectory")]
    assert told == [str(each.trajectory) for each in made[:3]]
    assert lines[-1] == {"kind": "broken", "value": "registration-changed"}


async def test_who_hangs_up_can_begin_again(stage: Stage, address: str) -> None:
    await caseload(stage)
    sent = {"Authorization": f"Bearer {stage.token('expert')}"}
    async with httpx.AsyncClient(base_url=address, headers=sent, timeout=60) as http:
        async with http.stream("GET", TRAJECTORIES) as answer:
            async for _ in answer.aiter_lines():
                break
        again = await http.get(CLIENTS)
        while again.status_code == 429:
            await asyncio.sleep(0.1)
            again = await http.get(CLIENTS)
    assert lines_of(again.text)[-1] == {"kind": "complete"}


def test_the_compressed_stream_is_one_file() -> None:
    async def pages() -> Any:
        for text in (b"a\n", b"b\n" * 1000, b"c\n"):
            yield text

    async def packed() -> bytes:
        return b"".join([each async for each in streaming.compressed(pages())])

    assert gzip.decompress(asyncio.run(packed())) == b"a\n" + b"b\n" * 1000 + b"c\n"
