"""Hostile and sloppy bodies: a clear 400 or 413, never a 500, and nothing comes back."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from app.platform.http.problems import BadRequest
from app.platform.http.reading import StrictRequest
from app.platform.http.strict_json import parse
from tests.platform.http_app import BSN, client_of, make_app, pointers

JSON = {"Content-Type": "application/json"}


async def post(body: bytes, path: str = "/v1/things") -> httpx.Response:
    async with client_of(make_app()) as client:
        return await client.post(path, content=body, headers=JSON)


def named(rest: str) -> bytes:
    return f'{{"name": "{BSN}", {rest}}}'.encode()


HOSTILE = {
    "NaN": (named('"weight": NaN'), "#/weight", "not_finite"),
    "infinity": (named('"weight": -Infinity'), "#/weight", "not_finite"),
    "a float out of range": (named('"weight": 1e999'), "#/weight", "not_finite"),
    "2 to the 63rd": (named(f'"size": {2**63}'), "#/size", "integer_out_of_range"),
    "minus 2 to the 63rd minus 1": (
        named(f'"size": {-(2**63) - 1}'),
        "#/size",
        "integer_out_of_range",
    ),
    "5000 digits": (named('"size": ' + "9" * 5000), "#/size", "integer_out_of_range"),
    "NUL in a text": (named('"note": "a\\u0000b"'), "#/note", "invalid_character"),
    "NUL in a key": (b'{"a\\u0000": 1}', "#", "invalid_character"),
    "a lone surrogate": (named('"note": "\\ud800"'), "#/note", "invalid_character"),
    "a lone surrogate in a list": (named('"parts": ["\\udfff"]'), "#/parts/0", "invalid_character"),
    "a duplicate key": (named('"size": 1, "size": 2'), "#/size", "duplicate_key"),
    "a duplicate key deep down": (
        named('"parts": [{"a": 1, "a": 1}]'),
        "#/parts/0/a",
        "duplicate_key",
    ),
    "100000 lists": (b"[" * 100_000, "#", "too_deep"),
    "100000 objects": (b'{"a":' * 30_000, "#", "too_deep"),
    "33 levels": (b'{"a":' * 33 + b"1" + b"}" * 33, "#" + "/a" * 32, "too_deep"),
    "a list at the top": (b"[]", "#", "not_an_object"),
    "a text at the top": (f'"{BSN}"'.encode(), "#", "not_an_object"),
    "UTF-16": (json.dumps({"name": BSN}).encode("utf-16"), "#", "not_utf8"),
    "UTF-16 without mark": (json.dumps({"name": BSN}).encode("utf-16-le"), "#", "invalid_json"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "#", "invalid_json"),
    "Latin-1": ('{"name": "Zoë"}'.encode("latin-1"), "#", "not_utf8"),
    "a raw surrogate": (b'{"name": "\xed\xa0\x80"}', "#", "not_utf8"),
    "half an object": (f'{{"name": "{BSN}"'.encode(), "#", "invalid_json"),
    "two objects": (b"{}{}", "#", "invalid_json"),
    "a raw control character": (b'{"name": "a\x01"}', "#", "invalid_json"),
    "a single quote": (f"{{'name': '{BSN}'}}".encode(), "#", "invalid_json"),
    "no body": (b"", "#", "required"),
    "true for a number": (named('"size": true'), "#/size", "wrong_type"),
    "a text for a number": (named('"size": "1"'), "#/size", "wrong_type"),
    "a fraction for a number": (named('"size": 1.0'), "#/size", "wrong_type"),
    "a number for a flag": (named('"heavy": 1'), "#/heavy", "wrong_type"),
    "a number for a text": (b'{"name": 999990019}', "#/name", "wrong_type"),
    "an unknown field": (named('"zzz": 1'), "#/zzz", "unknown_field"),
    "an unknown field deep down": (
        named('"parts": [{"firstDay": "2026-01-01", "zzz": 1}]'),
        "#/parts/0/zzz",
        "unknown_field",
    ),
    "a field by its inner name": (
        named('"start_date": "2026-01-01"'),
        "#/start_date",
        "unknown_field",
    ),
    "an unknown value": (named(f'"kind": "{BSN}"'), "#/kind", "not_allowed_value"),
    "a timestamp for a day": (named('"startDate": 1700000000'), "#/startDate", "wrong_format"),
    "a written timestamp": (named('"startDate": "1700000000"'), "#/startDate", "wrong_format"),
    "a moment for a day": (
        named('"startDate": "2026-01-01T00:00:00"'),
        "#/startDate",
        "wrong_format",
    ),
    "a day that is none": (named('"startDate": "2026-02-30"'), "#/startDate", "wrong_format"),
    "a day in other digits": (named('"startDate": "٢٠٢٦-01-01"'), "#/startDate", "wrong_format"),
    "the first day of all": (named('"startDate": "0001-01-01"'), "#/startDate", "out_of_range"),
    "a naive moment": (named('"beginsAt": "2026-01-01T00:00:00"'), "#/beginsAt", "wrong_format"),
    "a timestamp for a moment": (named('"beginsAt": 1700000000'), "#/beginsAt", "wrong_format"),
    "minus zero offset": (
        named('"beginsAt": "2026-01-01T00:00:00-00:00"'),
        "#/beginsAt",
        "wrong_format",
    ),
    "a moment before time": (
        named('"beginsAt": "0001-01-01T00:00:00+14:00"'),
        "#/beginsAt",
        "out_of_range",
    ),
    "a time of day with offset": (named('"clock": "09:00Z"'), "#/clock", "wrong_format"),
    "a malformed id": (named(f'"otherId": "{BSN}"'), "#/otherId", "wrong_format"),
    "an empty text": (b'{"name": "  "}', "#/name", "too_short"),
    "a long text": (b'{"name": "' + b"x" * 201 + b'"}', "#/name", "too_long"),
    "a turned text": ('{"name": "a\u202eb"}'.encode(), "#/name", "control_character"),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_body_that_does_not_fit_gets_400_with_its_place_and_nothing_of_itself(
    case: str,
) -> None:
    body, pointer, code = HOSTILE[case]
    answer = await post(body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert pointers(answer).get(pointer) == code
    assert BSN not in answer.text


async def test_the_words_of_an_exception_in_a_validator_are_not_repeated() -> None:
    answer = await post(b'{"name": "quoted %s"}' % BSN.encode())
    assert pointers(answer) == {"#/name": "invalid"}
    assert BSN not in answer.text


async def test_all_faults_come_at_once() -> None:
    answer = await post(b'{"size": "x", "kind": "blue", "parts": [{"amount": 1.5}, {"x": 1}]}')
    assert pointers(answer) == {
        "#/name": "required",
        "#/size": "wrong_type",
        "#/kind": "not_allowed_value",
        "#/parts/0/firstDay": "required",
        "#/parts/0/amount": "wrong_type",
        "#/parts/1/firstDay": "required",
        "#/parts/1/x": "unknown_field",
    }


async def test_faults_of_the_text_itself_come_all_at_once_too() -> None:
    answer = await post(b'{"weight": NaN, "size": 99999999999999999999, "note": "\\ud800"}')
    assert set(pointers(answer)) == {"#/weight", "#/size", "#/note"}


@pytest.mark.parametrize("key", [BSN, f"bsn{BSN}", "<script>", "k" * 65, "a/b", "Jan de Vries"])
async def test_a_key_that_is_no_plain_name_is_not_repeated(key: str) -> None:
    answer = await post(json.dumps({"name": "x", key: 1}).encode())
    assert answer.status_code == 400
    assert key not in answer.text
    assert pointers(answer) == {"#": "unknown_field"}


async def test_thousands_of_faults_give_an_answer_of_bounded_size() -> None:
    answer = await post(json.dumps({"name": "x", "parts": [{}] * 5000}).encode())
    assert len(answer.json()["errors"]) == 100


@pytest.mark.parametrize("size", [256 * 1024 + 1, 20_000_000])
async def test_a_body_over_the_limit_gets_413(size: int) -> None:
    answer = await post(b'{"name":"' + b"x" * (size - 11) + b'"}')
    assert answer.status_code == 413


async def test_a_body_without_length_is_counted_while_it_comes() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b" " * 65536

    async with client_of(make_app()) as client:
        answer = await client.post("/v1/things", content=endless(), headers=JSON)
    assert answer.status_code == 413
    assert sent < 10


async def test_a_body_that_takes_too_long_gets_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StrictRequest, "body_seconds", 0.01)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with client_of(make_app()) as client:
        answer = await client.post("/v1/things", content=never(), headers=JSON)
    assert answer.status_code == 408


async def test_what_fits_is_taken_and_given_back_in_one_form() -> None:
    body = {
        "name": " Zoe\u0308 ",
        "note": "line\r\nline",
        "startDate": "2026-01-31",
        "beginsAt": "2026-01-01T00:30:00+01:00",
        "clock": "09:30",
        "size": 2**63 - 1,
        "weight": 1,
    }
    answer = await post(json.dumps(body).encode())
    assert answer.status_code == 201
    made = answer.json()
    assert made["name"] == "Zo\u00eb"
    assert made["note"] == "line\nline"
    assert made["startDate"] == "2026-01-31"
    assert answer.headers["location"] == f"/v1/things/{made['id']}"


async def test_a_body_may_be_one_of_several_schemas_and_stays_strict() -> None:
    good = await post(b'{"shape": "square", "sideLength": 2}', "/v1/things/_shape")
    bad = await post(b'{"shape": "square", "sideLength": "2"}', "/v1/things/_shape")
    unknown = await post(b'{"shape": "%s"}' % BSN.encode(), "/v1/things/_shape")
    assert good.json()["name"] == "Square"
    assert pointers(bad) == {"#/sideLength": "wrong_type"}
    assert unknown.status_code == 400
    assert BSN not in unknown.text


async def test_an_act_without_body_takes_none_but_an_empty_object() -> None:
    path = "/v1/things/x/transitions"
    async with client_of(make_app()) as client:
        tag = {"If-Match": '"x"'}
        assert (await client.post(path, headers=tag)).status_code == 200
        assert (await client.post(path, json={}, headers=tag)).status_code == 200
        refused = await client.post(path, json={"a": BSN}, headers=tag)
    assert pointers(refused) == {"#": "unexpected_body"}


def test_a_document_keeps_the_bytes_it_was_read_from() -> None:
    raw = '{"a": ["\\ud83d\\ude00", "é"]}'.encode()
    document = parse(raw)
    assert document == {"a": ["\U0001f600", "é"]}
    assert document.raw == raw


def test_32_levels_are_not_too_deep() -> None:
    assert parse(b'{"a":' * 32 + b"1" + b"}" * 32)
    with pytest.raises(BadRequest):
        parse(b'{"a":' * 33 + b"1" + b"}" * 33)
