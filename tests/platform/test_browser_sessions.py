"""A session is its token's alone and ends in time; a draft is its writer's alone and is sealed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.platform.db import Engine, engine
from app.platform.security.browser_sessions import BrowserSession, BrowserSessions, forget_ended
from app.platform.security.drafts import LARGEST, MOST, Drafts, TooLargeError, forget_old
from tests.databases import TestDatabase

ISSUER, SUBJECT = "https://login.example", "subject-coach"
SESSIONS = BrowserSessions(bytes(32))
DRAFTS = Drafts(bytes(32))
HAT = UUID(int=7)
PATH = "/trajectories/1/contacts/new"
TYPED = [("notes", "Het gaat beter."), ("notes", "Echt waar.")]
ME = BrowserSession("t", ISSUER, SUBJECT, HAT, None, "c", 900, datetime.now(UTC))


@pytest.fixture
async def api(database: TestDatabase) -> AsyncIterator[Engine]:
    made = engine(database.api, pool_size=4)
    yield made
    await made.dispose()


@pytest.fixture
async def db(api: Engine) -> AsyncIterator[AsyncConnection]:
    async with api.begin() as connection:
        yield connection


@pytest.fixture
async def worker(database: TestDatabase) -> AsyncIterator[Engine]:
    made = engine(database.worker, pool_size=1)
    yield made
    await made.dispose()


async def begun(api: Engine) -> str:
    async with api.begin() as db:
        return await SESSIONS.begin(db, ISSUER, SUBJECT)


async def test_a_token_leads_to_its_own_login_and_each_login_has_another(
    db: AsyncConnection,
) -> None:
    first, second = [await SESSIONS.begin(db, ISSUER, SUBJECT) for _ in range(2)]
    other = await SESSIONS.begin(db, ISSUER, "subject-other", hat=HAT)
    found = await SESSIONS.found(db, first)
    assert found is not None
    assert (found.issuer, found.subject, found.hat, found.purpose) == (ISSUER, SUBJECT, None, None)
    worn = await SESSIONS.found(db, other)
    assert worn is not None
    assert (worn.subject, worn.hat) == ("subject-other", HAT)
    assert len({first, second, other}) == 3
    for nobody in ("", "x" * 43, first[:-1], first + "=", "é" * 43, "\x00"):
        assert await SESSIONS.found(db, nobody) is None


async def test_the_table_holds_no_token_and_no_word_that_forms_carry(db: AsyncConnection) -> None:
    token = await SESSIONS.begin(db, ISSUER, SUBJECT, provider_session="sid-1")
    row = (await db.execute(text("SELECT s::text FROM browser_session s"))).scalar_one()
    found = await SESSIONS.found(db, token)
    assert found is not None
    assert token not in row
    assert found.csrf not in row
    assert found.csrf not in token
    assert "sid-1" in row


async def test_the_word_of_forms_is_another_for_each_session_and_installation(
    db: AsyncConnection,
) -> None:
    first, second = [await SESSIONS.begin(db, ISSUER, SUBJECT) for _ in range(2)]
    elsewhere = replace(SESSIONS, csrf_key=bytes([1]) * 32)
    words = {SESSIONS.csrf(first), SESSIONS.csrf(second), elsewhere.csrf(first)}
    assert len(words) == 3
    assert SESSIONS.csrf(first) == SESSIONS.csrf(first)


async def test_who_does_nothing_is_logged_out_after_a_while(
    api: Engine, database: TestDatabase
) -> None:
    token = await begun(api)
    with database.connect_as_superuser() as db:
        aged = "UPDATE browser_session SET seen_at = now() - %s::interval"
        db.execute(aged, ["14 minutes"])
        async with api.begin() as asked:
            found = await SESSIONS.found(asked, token, active=False)
        assert found is not None
        assert 0 < found.seconds_left <= 60
        db.execute(aged, ["15 minutes 1 second"])
    async with api.begin() as asked:
        assert await SESSIONS.found(asked, token) is None
        assert await SESSIONS.wear(asked, token, HAT) is None


async def test_nobody_is_logged_in_longer_than_a_working_day_however_busy(
    api: Engine, database: TestDatabase
) -> None:
    token = await begun(api)
    with database.connect_as_superuser() as db:
        aged = "UPDATE browser_session SET began_at = now() - %s::interval"
        db.execute(aged, ["9 hours 59 minutes"])
        async with api.begin() as asked:
            found = await SESSIONS.found(asked, token)
        assert found is not None
        assert found.seconds_left <= 60
        db.execute(aged, ["10 hours 1 second"])
    async with api.begin() as asked:
        assert await SESSIONS.found(asked, token) is None


async def test_another_hat_does_not_begin_the_day_anew(api: Engine, database: TestDatabase) -> None:
    token = await begun(api)
    with database.connect_as_superuser() as db:
        db.execute("UPDATE browser_session SET began_at = began_at - interval '9 hours'")
    async with api.begin() as asked:
        worn = await SESSIONS.wear(asked, token, HAT)
    with database.connect_as_superuser() as db:
        db.execute("UPDATE browser_session SET began_at = began_at - interval '1 hour'")
    assert worn is not None
    async with api.begin() as asked:
        assert await SESSIONS.found(asked, worn) is None


async def test_a_page_is_a_sign_of_life_and_what_happens_by_itself_is_none(
    api: Engine, database: TestDatabase
) -> None:
    token = await begun(api)
    seen = "SELECT now() - seen_at < interval '1 minute' FROM browser_session"
    with database.connect_as_superuser() as db:
        db.execute("UPDATE browser_session SET seen_at = now() - interval '10 minutes'")
        for active in (False, True):
            async with api.begin() as asked:
                found = await SESSIONS.found(asked, token, active=active)
            assert found is not None
            assert db.execute(seen).fetchone() == (active,)
            assert (found.seconds_left > 600) == active


async def test_a_page_soon_after_another_writes_nothing(
    api: Engine, database: TestDatabase
) -> None:
    token = await begun(api)
    with database.connect_as_superuser() as db:
        db.execute("UPDATE browser_session SET seen_at = now() - interval '30 seconds'")
        version = db.execute("SELECT xmin::text FROM browser_session").fetchone()
        async with api.begin() as asked:
            assert await SESSIONS.found(asked, token) is not None
        assert db.execute("SELECT xmin::text FROM browser_session").fetchone() == version


async def test_another_hat_is_another_token_and_the_old_one_is_nobody(api: Engine) -> None:
    token = await begun(api)
    async with api.begin() as db:
        worn = await SESSIONS.wear(db, token, HAT, "emergency")
    assert worn is not None
    async with api.begin() as db:
        assert await SESSIONS.found(db, token) is None
        found = await SESSIONS.found(db, worn)
    assert found is not None
    assert (found.hat, found.purpose) == (HAT, "emergency")
    assert found.csrf != SESSIONS.csrf(token)


async def test_of_two_changes_of_hat_at_once_one_counts(api: Engine) -> None:
    token = await begun(api)

    async def change(hat: UUID) -> str | None:
        async with api.begin() as db:
            return await SESSIONS.wear(db, token, hat)

    worn = await asyncio.gather(*(change(uuid4()) for _ in range(4)))
    assert len([one for one in worn if one is not None]) == 1


async def test_who_logs_out_is_out_and_the_others_stay(api: Engine) -> None:
    mine, other = await begun(api), await begun(api)
    async with api.begin() as db:
        await SESSIONS.end(db, mine)
    async with api.begin() as db:
        assert await SESSIONS.found(db, mine) is None
        assert await SESSIONS.found(db, other) is not None


async def test_the_worker_that_sweeps_reads_neither_who_is_logged_in_nor_what_was_typed(
    worker: Engine,
) -> None:
    for statement in ("SELECT subject FROM browser_session", "SELECT content FROM draft"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with worker.begin() as db:
                await db.execute(text(statement))


async def test_ended_sessions_and_old_drafts_are_swept_and_the_rest_stays(
    api: Engine, worker: Engine, database: TestDatabase
) -> None:
    await begun(api)
    async with api.begin() as db:
        await DRAFTS.keep(db, ME, PATH, TYPED)
    with database.connect_as_superuser() as db:
        db.execute("UPDATE browser_session SET began_at = began_at - interval '25 hours'")
        db.execute("UPDATE draft SET saved_at = saved_at - interval '25 hours'")
    kept = await begun(api)
    async with api.begin() as db:
        await DRAFTS.keep(db, ME, "/other", TYPED)
    async with worker.begin() as db:
        assert (await forget_ended(db), await forget_old(db)) == (1, 1)
    async with api.begin() as db:
        assert await SESSIONS.found(db, kept) is not None
        assert [one.path for one in await DRAFTS.unfinished(db, ME)] == ["/other"]


async def test_what_was_typed_comes_back_for_the_same_person_and_hat_only(
    db: AsyncConnection,
) -> None:
    await DRAFTS.keep(db, ME, PATH, TYPED)
    assert await DRAFTS.recalled(db, replace(ME, token="later"), PATH) == TYPED
    assert [one.path for one in await DRAFTS.unfinished(db, ME)] == [PATH]
    for other in (
        replace(ME, subject="subject-other"),
        replace(ME, issuer="https://other.example"),
        replace(ME, hat=UUID(int=8)),
        replace(ME, hat=None),
    ):
        assert await DRAFTS.recalled(db, other, PATH) is None
        assert await DRAFTS.unfinished(db, other) == []
        await DRAFTS.forgotten(db, other, PATH)
    assert await DRAFTS.recalled(db, ME, "/other") is None
    await DRAFTS.forgotten(db, ME, PATH)
    assert await DRAFTS.recalled(db, ME, PATH) is None


async def test_the_last_words_count_and_numbers_of_people_are_not_kept(
    db: AsyncConnection,
) -> None:
    await DRAFTS.keep(db, ME, PATH, TYPED)
    secret = [("bsn", "999990019"), ("client.Bsn", "999990019"), ("csrf", "word")]
    await DRAFTS.keep(db, ME, PATH, [("notes", "Nieuw."), *secret])
    assert await DRAFTS.recalled(db, ME, PATH) == [("notes", "Nieuw.")]


async def test_what_was_typed_lies_sealed_and_opens_nowhere_else(db: AsyncConnection) -> None:
    await DRAFTS.keep(db, ME, PATH, TYPED)
    kept = (await db.execute(text("SELECT content FROM draft"))).scalar_one()
    assert b"beter" not in kept
    assert b"notes" not in kept
    await DRAFTS.keep(db, ME, PATH, TYPED)
    assert (await db.execute(text("SELECT content FROM draft"))).scalar_one() != kept
    await db.execute(text("UPDATE draft SET content = :kept"), {"kept": kept})
    assert await DRAFTS.recalled(db, ME, PATH) == TYPED
    stranger = replace(ME, subject="subject-other")
    await DRAFTS.keep(db, stranger, PATH, [])
    await db.execute(text("UPDATE draft SET content = :kept"), {"kept": kept})
    assert await DRAFTS.recalled(db, stranger, PATH) is None
    assert await Drafts(bytes([1]) * 32).recalled(db, ME, PATH) is None


async def test_a_draft_of_yesterday_is_gone_before_it_is_swept(
    api: Engine, database: TestDatabase
) -> None:
    async with api.begin() as db:
        await DRAFTS.keep(db, ME, PATH, TYPED)
    with database.connect_as_superuser() as db:
        db.execute("UPDATE draft SET saved_at = now() - interval '24 hours 1 second'")
    async with api.begin() as asked:
        assert await DRAFTS.recalled(asked, ME, PATH) is None
        assert await DRAFTS.unfinished(asked, ME) == []


async def test_drafts_are_bounded_in_size_and_number(api: Engine) -> None:
    async with api.begin() as db:
        await DRAFTS.keep(db, ME, PATH, TYPED)
        for too_much in ((PATH, [("notes", "x" * LARGEST)]), ("/" + "x" * 500, TYPED)):
            with pytest.raises(TooLargeError):
                await DRAFTS.keep(db, ME, *too_much)
        assert await DRAFTS.recalled(db, ME, PATH) == TYPED
    for number in range(MOST):
        async with api.begin() as db:
            await DRAFTS.keep(db, ME, f"/{number}", TYPED)
    async with api.begin() as db:
        await DRAFTS.keep(db, replace(ME, subject="subject-other"), PATH, TYPED)
        paths = [one.path for one in await DRAFTS.unfinished(db, ME)]
    assert paths == [f"/{number}" for number in reversed(range(MOST))]


async def test_without_a_hat_nothing_is_kept(db: AsyncConnection) -> None:
    await DRAFTS.keep(db, replace(ME, hat=None), PATH, TYPED)
    assert (await db.execute(text("SELECT count(*) FROM draft"))).scalar_one() == 0
