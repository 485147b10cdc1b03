"""Versions: an ETag names what one caller is shown, and a change must name what it changes."""

import httpx
import pytest

from app.platform.http.etag import Etags, render
from app.platform.http.exchange import Exchange
from app.platform.http.problems import PreconditionFailed, PreconditionRequired
from tests.platform.http_app import KNOWN, ThingOut, client_of, make_app

PATH = f"/v1/things/{KNOWN}"
BODY = {"name": "x"}


async def tag_of(client: httpx.AsyncClient) -> str:
    return (await client.get(PATH)).headers["etag"]


async def test_the_etag_is_strong_and_stays_while_the_answer_stays() -> None:
    async with client_of(make_app()) as client:
        first, second = await tag_of(client), await tag_of(client)
    assert first == second
    assert first.startswith('"')
    assert first.endswith('"')


async def test_another_caller_and_another_key_give_another_etag() -> None:
    async with client_of(make_app()) as anna, client_of(make_app(), caller="bert") as bert:
        assert await tag_of(anna) != await tag_of(bert)


def exchange(if_match: str | None) -> Exchange:
    return Exchange("r", "t", "PATCH", "/v1/things/{thing_id}", if_match, None, None, None)


def test_an_act_that_compares_versions_itself_asks_for_the_header_too() -> None:
    etags, thing = Etags(b"k"), ThingOut(id=KNOWN, name="x")
    with pytest.raises(PreconditionRequired):
        etags.require_match(exchange(None), "anna", thing)
    with pytest.raises(PreconditionFailed):
        etags.require_match(exchange(etags.of("bert", render(thing))), "anna", thing)
    etags.require_match(exchange(etags.of("anna", render(thing))), "anna", thing)


async def test_a_list_has_no_etag() -> None:
    async with client_of(make_app()) as client:
        assert "etag" not in (await client.get("/v1/things")).headers


async def test_who_holds_this_version_gets_304_without_a_body() -> None:
    async with client_of(make_app()) as client:
        tag = await tag_of(client)
        same = await client.get(PATH, headers={"If-None-Match": f'"other", W/{tag}'})
        other = await client.get(PATH, headers={"If-None-Match": '"other"'})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == tag
    assert same.headers["api-version"] == "1.2.3"
    assert other.status_code == 200


async def test_a_change_that_names_the_present_version_is_made() -> None:
    async with client_of(make_app()) as client:
        tag = await tag_of(client)
        for named in (tag, f'"older", {tag}'):
            answer = await client.patch(PATH, json=BODY, headers={"If-Match": named})
            assert answer.status_code == 200
            assert answer.headers["etag"] == tag


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_change_without_if_match_gets_428(method: str) -> None:
    async with client_of(make_app()) as client:
        body = BODY if method == "PATCH" else None
        answer = await client.request(method, PATH, json=body)
    assert answer.status_code == 428


async def test_a_declared_transition_without_if_match_gets_428() -> None:
    async with client_of(make_app()) as client:
        assert (await client.post(f"{PATH}/transitions")).status_code == 428


@pytest.mark.parametrize("named", ["*", '"other"', "W/{tag}", "", "é"])
async def test_a_change_of_another_version_gets_412(named: str) -> None:
    async with client_of(make_app()) as client:
        header = named.replace("{tag}", await tag_of(client)).encode()
        answer = await client.patch(PATH, json=BODY, headers={b"If-Match": header})
    assert answer.status_code == 412


async def test_the_etag_of_another_caller_does_not_fit() -> None:
    async with client_of(make_app()) as anna, client_of(make_app(), caller="bert") as bert:
        tag = await tag_of(bert)
        answer = await anna.patch(PATH, json=BODY, headers={"If-Match": tag})
    assert answer.status_code == 412


async def test_a_hidden_thing_is_not_found_before_versions_are_compared() -> None:
    async with client_of(make_app()) as client:
        answer = await client.patch("/v1/things/x", json=BODY, headers={"If-Match": '"x"'})
    assert answer.status_code == 404


async def test_what_was_not_set_is_absent_and_moments_are_in_utc() -> None:
    async with client_of(make_app()) as client:
        answer = await client.get(PATH)
    assert answer.json() == {
        "id": str(KNOWN),
        "name": "known",
        "madeAt": "2026-03-01T09:30:00Z",
    }
