"""Cursors fit one caller and one filter, betray nothing and cannot be made up."""

from base64 import urlsafe_b64decode
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.http.paging import Cursors, fingerprint
from app.platform.http.problems import BadRequest
from tests.platform.http_app import client_of, make_app, pointers

cursors = Cursors(b"k" * 32)
POSITION = (UUID(int=7), datetime(2026, 1, 2, tzinfo=UTC), date(2026, 1, 1), 3, "text", None, True)


def test_a_position_comes_back_as_it_went_in() -> None:
    sealed = cursors.seal("anna", "f", POSITION)
    found = cursors.open("anna", "f", sealed)
    assert found == POSITION
    assert [type(part) for part in found] == [type(part) for part in POSITION]


def test_the_same_page_has_the_same_cursor_and_all_cursors_one_length() -> None:
    one, other = (cursors.seal("anna", "f", (UUID(int=n),)) for n in (1, 2))
    assert one == cursors.seal("anna", "f", (UUID(int=1),))
    assert one != other
    assert len({len(cursors.seal("", "", ("x" * n,))) for n in range(40)}) == 1


def test_a_cursor_does_not_show_its_position() -> None:
    hidden = uuid4()
    sealed = urlsafe_b64decode(cursors.seal("anna", "f", (hidden,)) + "==")
    assert hidden.bytes not in sealed
    assert str(hidden).encode() not in sealed


@pytest.mark.parametrize(
    ("caller", "filters", "key"),
    [("bert", "f", b"k" * 32), ("anna", "g", b"k" * 32), ("anna", "f", b"l" * 32)],
)
def test_a_cursor_of_another_caller_filter_or_key_is_refused(
    caller: str, filters: str, key: bytes
) -> None:
    with pytest.raises(BadRequest):
        Cursors(key).open(caller, filters, cursors.seal("anna", "f", POSITION))


@given(at=st.integers(min_value=0, max_value=300), bit=st.integers(min_value=0, max_value=5))
def test_a_cursor_that_was_changed_anywhere_is_refused(at: int, bit: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sealed = list(cursors.seal("anna", "f", POSITION))
    at %= len(sealed) - 1  # the last character carries unused bits
    sealed[at] = alphabet[alphabet.index(sealed[at]) ^ (1 << bit)]
    with pytest.raises(BadRequest):
        cursors.open("anna", "f", "".join(sealed))


@pytest.mark.parametrize("forged", ["", "x", "AAAA", "é", "A" * 5000, "=", "%00", "null", "1"])
async def test_a_made_up_cursor_gets_400(forged: str) -> None:
    async with client_of(make_app()) as client:
        answer = await client.get("/v1/things", params={"cursor": forged})
    assert answer.status_code == 400
    assert pointers(answer) == {"#/cursor": "invalid_cursor"}


async def test_a_page_leads_to_the_next_one_for_its_own_reader_only() -> None:
    app = make_app()
    async with client_of(app) as anna, client_of(app, caller="bert") as bert:
        first = (await anna.get("/v1/things?pageSize=5")).json()
        query = {"cursor": first["nextCursor"]}
        second = (await anna.get("/v1/things", params=query)).json()
        stolen = await bert.get("/v1/things", params=query)
    assert first.keys() == {"items", "nextCursor", "withheld"}
    assert second["items"][0]["name"] == "thing 5"
    assert stolen.status_code == 400


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "1e1", "", "%205"])
async def test_a_page_has_1_to_100_items(size: str) -> None:
    async with client_of(make_app()) as client:
        answer = await client.get(f"/v1/things?pageSize={size}")
    assert answer.status_code == 400
    assert list(pointers(answer)) == ["#/pageSize"]


def test_filters_are_told_apart_and_their_order_does_not_count() -> None:
    assert fingerprint(a="1", b="2") == fingerprint(b="2", a="1")
    assert fingerprint(a="1", b="2") != fingerprint(a="1,b=2")
    assert fingerprint(a=None) != fingerprint()
