"""What records say is sealed on its way in, opens in its own place only, and goes with its key."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app import tables
from app.access.envelope.columns import Sealed, UnsealedError
from app.domain.feedback.tables import FeedbackEntry
from app.platform.security.keyring import KeyKeeper
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.rights.asking import (
    GOALS,
    PLAN,
    QUESTION,
    WISH,
    WORDS,
    WORKPLACE,
    File,
    with_file,
)
from tests.security.forgotten import in_context_of

CODES = {"author_role", "audience"}
"""Words of our own that every record may carry."""
OTHER_KEY = """
    UPDATE data_key k SET wrapped = o.wrapped FROM data_key o
     WHERE (k.category, o.category) = (128, 1024)"""


@pytest.fixture
async def file(stage: Stage) -> File:
    return await with_file(stage)


def holds_words(column: sa.ColumnElement[Any]) -> bool:
    kind = column.type.item_type if isinstance(column.type, sa.ARRAY) else column.type
    return isinstance(kind, (sa.String, sa.JSON))


def undeclared(table: sa.FromClause, said_open: Collection[str]) -> set[str]:
    """Columns with words that are neither sealed nor said to be open."""
    return {column.name for column in table.c if holds_words(column)} - CODES - set(said_open)


def test_every_column_with_words_is_sealed_or_says_that_it_is_open() -> None:
    records = tables.client_records()
    found = {t.__tablename__: undeclared(t.__table__, t.__open__) for t in records}
    assert {name: columns for name, columns in found.items() if columns} == {}
    for table in records:
        for name in table.__open__:
            assert holds_words(table.__table__.c[name]), f"{table.__tablename__}.{name}"


def test_a_column_that_says_nothing_is_noticed() -> None:
    diary = sa.Table(
        "diary",
        sa.MetaData(),
        sa.Column("kind", sa.Text()),
        sa.Column("words", sa.Text()),
        sa.Column("lines", sa.ARRAY(sa.Text())),
        sa.Column("parts", sa.JSON()),
        sa.Column("kept", Sealed()),
    )
    assert undeclared(diary, ("kind",)) == {"words", "lines", "parts"}


async def test_no_word_lies_in_the_tables_as_it_was_written(stage: Stage, file: File) -> None:
    with stage.database.connect_as_superuser() as db:
        rows = [
            str(row)
            for name in ("work_question", "treatment_plan", "work_capacity", "wellbeing")
            for row in db.execute(f"SELECT t::text FROM {name} t").fetchall()
        ]
        keys = db.execute(
            "SELECT DISTINCT organisation_id, category FROM data_key WHERE client_id = %s",
            [file.alfa.client],
        ).fetchall()
    assert len(rows) == 4
    for word in (WISH, GOALS, WORKPLACE, WORDS):
        assert not any(word in row for row in rows)
    ggz, uwv = (stage.organisations[name] for name in ("ggz", "uwv"))
    assert {(ggz, 128), (ggz, 1024), (uwv, 512), (None, 262144)} <= set(keys)
    assert (await stage.seen("clinician", file.question))["wish"] == WISH
    assert (await stage.seen("alfa", file.feeling))["ownWords"] == WORDS


async def test_what_was_recorded_before_there_were_seals_is_still_read(
    stage: Stage, file: File
) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE work_question SET wish = 'Van vroeger.'")
        db.execute("""UPDATE treatment_plan SET goals = '[{"goal": "Van toen."}]'""")
    assert (await stage.seen("clinician", file.question))["wish"] == "Van vroeger."
    assert (await stage.seen("clinician", file.plan))["goals"] == [{"goal": "Van toen."}]


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE work_question a SET wish = b.wish FROM work_question b WHERE a.id <> b.id",
        "UPDATE work_question SET possibilities = wish",
        "UPDATE work_question SET controller_organisation_id = NULL",
        OTHER_KEY,
        "UPDATE work_question SET wish = overlay(wish placing 'AAAA' from 40)",
    ],
)
async def test_what_lies_in_another_place_or_was_altered_does_not_open(
    stage: Stage, file: File, moved: str
) -> None:
    """Of another row, column or controller; under another's key; with other bytes."""
    await stage.made("clinician", f"{file.alfa.of_client}/work-questions", QUESTION)
    assert (await stage.get("alfa", file.question)).status_code == 200
    with stage.database.connect_as_superuser() as db:
        db.execute(moved.encode())
    answer = await stage.get("alfa", file.question)
    assert answer.status_code in {404, 500}
    assert WISH not in answer.text


async def test_without_its_key_a_record_reads_as_absent_in_lists_and_parts_too(
    stage: Stage, file: File
) -> None:
    goal = {"goal": "Een dagritme.", "steps": ["Om acht uur op."]}
    plans = f"{file.alfa.of_client}/treatment-plans"
    made = await stage.made("clinician", plans, {**PLAN, "workGoals": [goal]})
    plan = f"{plans}/{made['id']}"
    assert len((await stage.seen("clinician", plan))["workGoals"]) == 1
    with stage.database.connect_as_superuser() as db:
        db.execute("DELETE FROM data_key WHERE category IN (64, 128)")
    assert (await stage.seen("clinician", plan))["workGoals"] == []
    assert (await stage.get("clinician", file.question)).status_code == 404
    listed = await stage.seen("clinician", f"{file.alfa.of_client}/work-questions")
    assert listed["items"] == []


async def test_what_was_joined_to_a_record_is_gone_without_taking_the_record(
    stage: Stage, file: File
) -> None:
    measured = {
        "rung": 2,
        "measuredOn": "2025-01-14",
        "occasion": "start",
        "clientAgrees": "yes",
        "reason": "Er is een reden.",
    }
    path = f"{file.alfa.of_trajectory}/ladder-measurements"
    made = await stage.made("coach", path, measured)
    assert made["reason"] == "Er is een reden."
    with stage.database.connect_as_superuser() as db:
        db.execute("DELETE FROM data_key WHERE category = 32")
    left = await stage.seen("coach", f"{path}/{made['id']}")
    assert (left["rung"], left["reason"]) == (2, None)


async def test_a_key_is_for_who_holds_the_category_of_that_client(stage: Stage, file: File) -> None:
    asked = "SELECT category FROM data_key WHERE client_id = %s AND category IN (128, 1024, 512)"
    for party, expected in (("clinician", {128, 1024}), ("physician", {512}), ("employer", set())):
        with in_context_of(stage, party) as db:
            found = {row[0] for row in db.execute(asked, [file.alfa.client]).fetchall()}
        assert found == expected, party


async def test_nothing_reaches_a_sealed_column_as_it_stands(stage: Stage) -> None:
    statement = sa.update(FeedbackEntry).values(text="Open en bloot.")
    async with stage.app.state.services.engines.writer.begin() as db:
        with pytest.raises(sa.exc.StatementError) as refused:
            await db.execute(statement)
    assert isinstance(refused.value.orig, UnsealedError)
    assert "Open en bloot" not in str(refused.value.orig)


class Counting:
    """A keeper of keys that counts what it is asked."""

    def __init__(self, keeper: KeyKeeper) -> None:
        self.keeper = keeper
        self.unwrapped = 0

    async def wrap(self, data_key: bytes, bound: bytes) -> bytes:
        return await self.keeper.wrap(data_key, bound)

    async def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        self.unwrapped += 1
        return await self.keeper.unwrap(wrapped, bound)


class Together(Counting):
    """Hands out a key when two ask for their first one."""

    def __init__(self, keeper: KeyKeeper) -> None:
        super().__init__(keeper)
        self.both = asyncio.Barrier(2)

    async def wrap(self, data_key: bytes, bound: bytes) -> bytes:
        async with asyncio.timeout(30):
            await self.both.wait()
        return await super().wrap(data_key, bound)


async def test_two_who_write_the_first_words_at_once_are_both_read(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    together = Together(stage.app.state.services.key_keeper)
    stage.app.state.services = replace(stage.app.state.services, key_keeper=together)
    path = f"{alfa.of_client}/work-questions"
    await asyncio.gather(*(stage.made("clinician", path, QUESTION) for _ in range(2)))
    listed = await stage.seen("clinician", path)
    assert [item["wish"] for item in listed["items"]] == [WISH, WISH]


async def test_a_request_unwraps_each_key_once_whatever_the_number_of_records(
    stage: Stage, file: File
) -> None:
    """And the keeper of keys can be another one: this is the seam for a key service."""
    for _ in range(3):
        await stage.made("clinician", f"{file.alfa.of_client}/work-questions", QUESTION)
    counting = Counting(stage.app.state.services.key_keeper)
    stage.app.state.services = replace(stage.app.state.services, key_keeper=counting)
    for _ in range(2):
        listed = await stage.seen("clinician", f"{file.alfa.of_client}/work-questions")
        assert [item["wish"] for item in listed["items"]] == [WISH] * 4
    assert counting.unwrapped == 2
