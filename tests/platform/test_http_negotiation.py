"""What a request says about itself: media types, parameters and headers, each once and known."""

import httpx
import pytest

from app.platform.http.negotiation import accepts
from tests.platform.http_app import BSN, KNOWN, client_of, make_app, pointers

THING = b'{"name": "x"}'


async def post(path: str = "/v1/things", content: bytes = THING, **headers: str) -> httpx.Response:
    async with client_of(make_app()) as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.post(path, content=content, headers=named)


async def get(path: str) -> httpx.Response:
    async with client_of(make_app()) as client:
        return await client.get(path)


@pytest.mark.parametrize(
    "media",
    ["text/plain", "application/xml", "application/jsonx", "application/merge-patch+json", "",
     "application/json; charset=utf-16", "application/x-www-form-urlencoded", "json"],
)  # fmt: skip
async def test_a_body_of_another_media_type_gets_415(media: str) -> None:
    answer = await post(Content_Type=media)
    assert answer.status_code == 415
    assert answer.headers["accept"] == "application/json"


async def test_a_body_without_media_type_and_a_packed_body_get_415() -> None:
    assert (await post()).status_code == 415
    packed = await post(Content_Type="application/json", Content_Encoding="gzip")
    assert packed.status_code == 415


@pytest.mark.parametrize("media", ["application/json", "Application/JSON; charset=UTF-8"])
async def test_json_is_taken_however_it_is_written(media: str) -> None:
    assert (await post(Content_Type=media)).status_code == 201


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        (None, True),
        ("", True),
        ("*/*", True),
        ("application/*;q=0.1", True),
        ("text/html, application/json;q=0.2", True),
        ("text/html", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("*/*;q=0, application/json", True),
        ("application/json;q=zero", False),
    ],
)
def test_the_most_specific_range_of_accept_decides(header: str | None, *, fits: bool) -> None:
    assert accepts(header, "application/json") is fits


async def test_accept_that_leaves_out_json_gets_406_before_anything_is_done() -> None:
    answer = await post(Content_Type="application/json", Accept="text/html")
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


async def test_unknown_and_repeated_parameters_get_400_all_at_once() -> None:
    answer = await get(f"/v1/things?pageSize=1&pageSize=2&sort=name&{BSN}=1&page_size=3")
    assert answer.status_code == 400
    assert pointers(answer) == {
        "#/pageSize": "repeated",
        "#/sort": "unknown_parameter",
        "#/page_size": "unknown_parameter",
        "#": "unknown_parameter",
    }
    assert BSN not in answer.text


@pytest.mark.parametrize(
    "query",
    ["day=1700000000", "day=2026-02-30", "day=2026-01-01T00:00:00", "least=%201", "least=%2B1",
     "least=1_0", "least=1.0", "least=-1", "least=", "least=01", "least=" + "9" * 5000,
     "heavy=1", "heavy=on", "heavy=True", "text=a%00b", "text=a%0Ab", "text=%20"],
)  # fmt: skip
async def test_a_loosely_written_parameter_gets_400(query: str) -> None:
    answer = await get(f"/v1/things/_filtered?{query}")
    assert answer.status_code == 400
    assert list(pointers(answer)) == [f"#/{query.split('=', maxsplit=1)[0]}"]
    assert {fault["in"] for fault in answer.json()["errors"]} == {"query"}


async def test_a_well_written_parameter_is_read() -> None:
    answer = await get("/v1/things/_filtered?day=2026-01-31&least=10&heavy=true&text=a%20b")
    assert answer.json()["name"] == "2026-01-31 10 True a b"


async def test_a_malformed_id_in_the_query_matches_nothing_instead_of_failing() -> None:
    answer = await get(f"/v1/things/_filtered?owner={BSN}")
    assert answer.json()["id"] == "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize("number", ["%201", "+1", "1_0", "1.0", "-1", "٣"])
async def test_a_loosely_written_number_in_a_path_gets_400(number: str) -> None:
    answer = await get(f"/v1/things/{KNOWN}/numbered/{number}")
    assert answer.status_code == 400
    assert pointers(answer) == {"#/number": "wrong_type"}


async def test_a_control_character_in_a_path_does_not_reach_the_database() -> None:
    answer = await get(f"/v1/things/{KNOWN}/named/a%00b")
    assert answer.json()["name"] == "\ufffd"


@pytest.mark.parametrize("name", ["Authorization", "Purpose-Of-Use", "If-Match", "Content-Type"])
async def test_a_header_that_decides_may_be_sent_once(name: str) -> None:
    twice = [(name, "treatment"), (name, "reintegration"), ("Accept", "*/*")]
    async with client_of(make_app(), caller=None) as client:
        answer = await client.get(f"/v1/things/{KNOWN}", headers=twice)
    assert answer.status_code == 400
    assert pointers(answer) == {f"#/{name.lower()}": "repeated"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("Idempotency-Key", BSN), ("Idempotency-Key", ""), ("Purpose-Of-Use", "A' OR 1=1")],
)
async def test_a_malformed_header_gets_400_and_does_not_come_back(name: str, value: str) -> None:
    headers = {name: value}
    async with client_of(make_app()) as client:
        answer = await client.post("/v1/things", json={"name": "x"}, headers=headers)
    assert answer.status_code == 400
    assert pointers(answer) == {f"#/{name}": "wrong_format"}
    assert not value or value not in answer.text


async def test_a_form_is_taken_where_it_is_declared_and_each_field_once() -> None:
    async with client_of(make_app(), caller=None) as client:
        good = await client.post("/oauth2/token", data={"grant_type": "x"})
        twice = await client.post("/oauth2/token", data={"grant_type": ["x", "y"]})
        json = await client.post("/oauth2/token", json={"grant_type": "x"})
    assert good.json()["name"] == "x"
    assert pointers(twice) == {"#/grant_type": "repeated"}
    assert json.status_code == 415
