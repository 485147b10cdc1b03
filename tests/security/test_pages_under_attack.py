"""Somebody with a rightful login, or none, who sends to the pages what no page of ours sends."""

import asyncio
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from starlette.datastructures import UploadFile

from app.facades.web.incoming import UPLOAD_BYTES
from app.platform.http.reading import StrictRequest
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.facades.web.visiting import Visitor, sheet, visitor

MANY, FEW = 12, 4
BOUNDARY = "multipart/form-data; boundary=x"


class Counted:
    """The application within, and how many of its operations run side by side at most."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.now, self.most, self.times = inner, 0, 0, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.now += 1
        self.times += 1
        self.most = max(self.most, self.now)
        try:
            await self.inner(scope, receive, send)
        finally:
            self.now -= 1


async def coach(stage: Stage) -> tuple[Visitor, Situation]:
    alfa = await wgb_at_uwv(stage)
    return await visitor(stage, "coach"), alfa


# --- taking all there is ---------------------------------------------------------------------


async def test_who_opens_many_pages_at_once_takes_no_more_connections_than_with_one(
    stage: Stage,
) -> None:
    one, alfa = await coach(stage)
    stage.app.state.inner = counted = Counted(stage.app.state.inner)
    await asyncio.gather(*(one.get(alfa.of_trajectory[3:]) for _ in range(MANY)))
    assert 1 < counted.most <= FEW


async def test_nobody_sends_a_file_without_being_logged_in(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    monkeypatch.setattr(StrictRequest, "bounded", lambda _, most: read.append(most))
    answer = await stage.http.post(
        "/consents/x/scans/new", content=b"x" * 100, headers={"content-type": BOUNDARY}
    )
    assert answer.headers["location"].startswith("/login?")
    assert read == []


def with_file(csrf: str, size: int) -> bytes:
    """A form with a file, as a browser sends it."""
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + csrf.encode(),
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + b"%PDF" + b"x" * size,
    )
    return b"\r\n".join([*parts, b"--x--", b""])


async def test_of_who_sends_many_files_at_once_one_is_read_and_the_others_wait(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = await coach(stage)
    bounded = StrictRequest.bounded
    now: list[int] = []
    most: list[int] = []

    async def counted(self: StrictRequest, size: int) -> bytes:
        if size != UPLOAD_BYTES:
            return await bounded(self, size)
        now.append(size)
        most.append(len(now))
        await asyncio.sleep(0)
        try:
            return await bounded(self, size)
        finally:
            now.pop()

    monkeypatch.setattr(StrictRequest, "bounded", counted)
    body, headers = with_file(one.csrf, 100_000), {"content-type": BOUNDARY}
    paths = [f"/consents/{uuid4()}/scans/new"] * MANY
    answers = await asyncio.gather(
        *(one.asked("POST", path, content=body, headers=headers) for path in paths)
    )
    assert {answer.status_code for answer in answers} == {404}
    assert (len(most), max(most)) == (MANY, 1)


async def test_a_file_that_arrives_after_the_session_ended_does_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = await coach(stage)
    bounded = StrictRequest.bounded

    async def meanwhile(self: StrictRequest, size: int) -> bytes:
        with stage.straight() as db:
            db.execute("DELETE FROM browser_session")
        return await bounded(self, size)

    monkeypatch.setattr(StrictRequest, "bounded", meanwhile)
    body, headers = with_file(one.csrf, 100), {"content-type": BOUNDARY}
    path = f"/consents/{uuid4()}/scans/new"
    answer = await one.asked("POST", path, content=body, headers=headers)
    assert answer.headers["location"].startswith("/login?")


async def test_no_part_of_a_file_that_is_sent_lies_open_on_a_disk(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = await coach(stage)
    held: list[Any] = []
    made = UploadFile.__init__

    def noted(self: UploadFile, *given: Any, **terms: Any) -> None:
        made(self, *given, **terms)
        held.append(self.file)

    rolled: list[Any] = []
    monkeypatch.setattr(UploadFile, "__init__", noted)
    monkeypatch.setattr(SpooledTemporaryFile, "rollover", rolled.append)
    body, headers = with_file(one.csrf, 3 * 1024 * 1024), {"content-type": BOUNDARY}
    path = f"/consents/{uuid4()}/scans/new"
    assert (await one.asked("POST", path, content=body, headers=headers)).status_code == 404
    assert rolled == []
    assert [file.closed for file in held] == [True]


async def test_when_a_page_is_refused_nothing_of_it_goes_on_behind_the_answer(
    stage: Stage,
) -> None:
    one, alfa = await coach(stage)
    inner = stage.app.state.inner

    async def slow_but_for_one(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].endswith("/transitions"):
            await send({"type": "http.response.start", "status": 429, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await asyncio.sleep(0.05)
        await inner(scope, receive, send)

    stage.app.state.inner = counted = Counted(slow_but_for_one)
    answer = await one.get(alfa.of_trajectory[3:])
    assert (answer.status_code, counted.now) == (429, 0)


# --- what breaks a page ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b"--x\r\n\r\n\r\n--x--", b"--x\r\nContent-Disposition: a\r\n\r\n"]
)
async def test_a_file_that_is_sent_in_pieces_is_refused_and_is_no_fault_of_ours(
    stage: Stage, body: bytes
) -> None:
    one, _ = await coach(stage)
    headers = {"content-type": BOUNDARY}
    answer = await one.asked("POST", "/consents/x/scans/new", content=body, headers=headers)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "text",
    ['{"keys": "\\ud800"}', "[" * 50_000, "1" * 5000, '{"a": NaN}'],
    ids=["half a letter", "too deep", "too long", "no number"],
)
async def test_a_document_that_is_none_is_told_as_a_fault_of_what_was_typed(
    stage: Stage, text: str
) -> None:
    one = await visitor(stage, "ggz_admin")
    answer = await one.post("/organisation/machines/new", {"name": "Systeem", "jwks": text})
    assert answer.status_code == 422


async def test_a_moment_before_all_calendars_is_told_as_a_fault_of_what_was_typed(
    stage: Stage,
) -> None:
    one, alfa = await coach(stage)
    typed = {"proposals.0.startsAt": "01-01-0001", "proposals.0.startsAt.time": "00:00"}
    path = f"{alfa.of_trajectory[3:]}/start-conversations/new"
    answer = await one.post(path, {**typed, "kind": "wgb_start"})
    assert answer.status_code == 422
    assert "01-01-0001" in answer.text


# --- smuggling -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["key", "match"])
@pytest.mark.parametrize("value", ["x\r\nOn-Behalf-Of: y", "\x00", "é", "*", "x" * 9000])
async def test_what_a_form_says_of_itself_is_no_header_of_its_own(
    stage: Stage, name: str, value: str
) -> None:
    one, alfa = await coach(stage)
    answer = await one.post(f"{alfa.of_trajectory[3:]}/contacts/new", {name: value})
    assert answer.status_code in {400, 412, 422}


@pytest.mark.parametrize("id_", ["{0}/memberships", "{0}/../{0}", "\x00", "{{0}}", "x?y=z"])
async def test_an_id_in_a_form_leads_to_no_other_operation(stage: Stage, id_: str) -> None:
    one, alfa = await coach(stage)
    asked: list[str] = []
    inner = stage.app.state.inner

    async def heard(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])
        await inner(scope, receive, send)

    stage.app.state.inner = heard
    there = id_.format(stage.organisations["uwv"])
    path = f"{alfa.of_trajectory[3:]}/start-conversations/new"
    await one.post(path, [("more", "x"), ("party", f"labour_expert:{there}")])
    await one.get(f"{alfa.of_trajectory[3:]}/contacts/new?supersedes={quote(there)}")
    assert [each for each in asked if there in each] == []


async def test_a_form_with_very_many_parties_asks_for_few(stage: Stage) -> None:
    one, alfa = await coach(stage)
    stage.app.state.inner = counted = Counted(stage.app.state.inner)
    parties = [("party", f"labour_expert:{uuid4()}") for _ in range(1000)]
    path = f"{alfa.of_trajectory[3:]}/start-conversations/new"
    assert (await one.post(path, [("more", "x"), *parties])).status_code == 200
    assert counted.times < 100


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://evil.example/", "//evil.example", "/a\x00b", "a"]
)
async def test_what_was_typed_is_kept_for_a_page_of_ours_only(stage: Stage, address: str) -> None:
    one = await visitor(stage, "coach")
    kept = await one.post("/drafts", {"draft-of": address, "notes": "x"})
    assert kept.status_code < 500
    assert address not in (await one.read("/drafts")).links


async def test_who_seeks_a_client_by_name_leaves_that_name_in_no_address(stage: Stage) -> None:
    one, _ = await coach(stage)
    page = await one.get("/caseload")
    assert 'method="get"' not in page.text
    found = await one.fill("/caseload", name="Alfa")
    assert (found.status_code, "Testclient Alfa" in sheet(found).text) == (200, True)
    other = await one.fill("/caseload", name="Echo")
    assert "Testclient Alfa" not in sheet(other).text


# --- what is said ----------------------------------------------------------------------------


async def test_who_asks_too_much_is_told_so_and_is_not_sent_to_log_in(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, alfa = await coach(stage)
    limiter = stage.app.state.services.limiter
    monkeypatch.setattr(limiter, "_burst", 0)
    monkeypatch.setattr(limiter, "_per_second", 0.001)
    answer = await one.post(f"{alfa.of_trajectory[3:]}/contacts/new", {"notes": "Lang verhaal."})
    assert answer.status_code == 429
    assert "Even te veel tegelijk" in answer.text


@pytest.mark.parametrize("evil", ["<img src=x onerror=alert(1)>", "\"'><script>alert(1)</script>"])
async def test_what_somebody_is_called_is_text_on_every_page(stage: Stage, evil: str) -> None:
    _, alfa = await coach(stage)
    with stage.straight() as db:
        db.execute("UPDATE organisation SET name = name || %s", [evil])
        db.execute("UPDATE practitioner SET name = name || %s", [evil])
    at, of_client = alfa.of_trajectory[3:], alfa.of_client[3:]
    shown = 0
    for party, paths in {
        "coach": (at, "/caseload", "/tasks", "/teams", "/organisations", f"{at}/participants"),
        "alfa": ("/my-access", "/my-log", f"{of_client}/consents", "/my-file"),
    }.items():
        one = await visitor(stage, party)
        for path in paths:
            answer = await one.get(path)
            assert answer.status_code == 200, path
            assert evil not in answer.text, path
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["cache-control"] == "no-store"
            shown += evil in sheet(answer).text
    assert shown > 3
