"""The document says what the conventions do, and follows the NL GOV API Design Rules."""

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.platform.http.openapi import document
from tests.platform.http_app import client_of, make_app

Json = dict[str, Any]
DOCUMENT = document(make_app())
OPERATIONS: dict[str, Json] = {
    f"{method} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method != "servers"
}
each_operation = pytest.mark.parametrize("name", OPERATIONS)


def resolved(node: Json) -> Json:
    while "$ref" in node:
        found: Any = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def headers_asked(operation: Json) -> dict[str, Json]:
    found = [resolved(parameter) for parameter in operation["parameters"]]
    return {parameter["name"]: parameter for parameter in found if parameter["in"] == "header"}


def test_it_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_the_bounds_of_a_number_are_told_in_the_words_of_json_schema() -> None:
    size = next(
        parameter["schema"]
        for parameter in OPERATIONS["get /things"]["parameters"]
        if parameter.get("name") == "pageSize"
    )
    assert (size["minimum"], size["maximum"], "ge" in size, "le" in size) == (1, 100, False, False)


def test_it_is_made_the_same_way_each_time() -> None:
    assert json.dumps(document(make_app())) == json.dumps(DOCUMENT)


async def test_it_is_what_the_application_serves_to_anyone() -> None:
    async with client_of(make_app(), caller=None) as client:
        answer = await client.get("/v1/openapi.json")
    assert answer.json() == DOCUMENT
    assert answer.headers["content-type"] == "application/json"


def test_the_version_stands_in_the_server_and_not_in_the_paths() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == ["/v1"]
    assert "/things/{thing_id}" in DOCUMENT["paths"]
    assert DOCUMENT["paths"]["/oauth2/token"]["servers"] == [{"url": "/"}]
    assert not [path for path in DOCUMENT["paths"] if path.startswith("/v1")]


def test_contact_licence_and_tags_are_told() -> None:
    assert DOCUMENT["info"]["contact"].keys() == {"name", "url", "email"}
    assert DOCUMENT["info"]["license"]["name"] == "EUPL-1.2"
    assert [tag["name"] for tag in DOCUMENT["tags"]] == ["things", "tokens"]


def test_fastapis_422_is_nowhere() -> None:
    assert not re.search(r'"422"|ValidationError', json.dumps(DOCUMENT))


@each_operation
def test_every_success_declares_the_version_header(name: str) -> None:
    operation = OPERATIONS[name]
    successes = [a for s, a in operation["responses"].items() if s[0] in "23"]
    assert successes
    for answer in successes:
        assert "API-Version" in answer["headers"]


@each_operation
def test_every_error_is_a_problem_and_400_is_always_among_them(name: str) -> None:
    operation = OPERATIONS[name]
    errors = {s: resolved(a) for s, a in operation["responses"].items() if s[0] in "45"}
    assert {"400", "406", "429", "500", "503"} <= errors.keys()
    for answer in errors.values():
        assert answer["content"].keys() == {"application/problem+json"}
        schema = resolved(answer["content"]["application/problem+json"]["schema"])
        assert {"status", "title", "detail"} <= schema["properties"].keys()


@each_operation
def test_a_body_can_be_too_large_or_of_another_kind(name: str) -> None:
    operation = OPERATIONS[name]
    assert ("requestBody" in operation) == ({"413", "415"} <= operation["responses"].keys())


@each_operation
def test_a_private_operation_asks_for_a_token_and_can_refuse(name: str) -> None:
    operation = OPERATIONS[name]
    public = name in {"post /oauth2/token", "get /things/{thing_id}/broken-off"}
    assert operation["security"] == ([] if public else [{"bearer": []}])
    assert ("401" in operation["responses"]) is not public
    assert ("Purpose-Of-Use" in headers_asked(operation)) is not public
    assert ("x-trede-act" in operation) is not public


@each_operation
def test_if_match_is_asked_for_where_it_is_enforced(name: str) -> None:
    operation = OPERATIONS[name]
    enforced = name.startswith(("patch", "delete")) or name.endswith("/transitions")
    assert ("If-Match" in headers_asked(operation)) is enforced
    assert ({"412", "428"} <= operation["responses"].keys()) is enforced


def test_idempotency_key_location_and_etag_are_told_where_they_occur() -> None:
    things = DOCUMENT["paths"]["/things"]
    assert "Idempotency-Key" in headers_asked(things["post"])
    assert "Idempotency-Key" not in headers_asked(things["get"])
    assert {"ETag", "Location"} <= things["post"]["responses"]["201"]["headers"].keys()
    assert "ETag" not in things["get"]["responses"]["200"]["headers"]
    assert "ETag" in DOCUMENT["paths"]["/things/{thing_id}"]["get"]["responses"]["200"]["headers"]


def test_names_follow_the_rules() -> None:
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                for parameter in map(resolved, operation["parameters"]):
                    if parameter["in"] == "query":
                        assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])
    assert all(
        re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) for name in DOCUMENT["components"]["schemas"]
    )
    ids = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(ids) == len(set(ids))
    assert "getThingsByThingId" in ids


def test_days_moments_and_times_have_their_format_also_when_optional() -> None:
    fields = DOCUMENT["components"]["schemas"]["ThingIn"]["properties"]
    assert fields["startDate"] == {"type": ["string", "null"], "format": "date"}
    assert fields["beginsAt"]["format"] == "date-time"
    assert fields["clock"]["format"] == "time-local"
    assert DOCUMENT["components"]["schemas"]["Part"]["properties"]["firstDay"]["format"] == "date"


def test_a_field_that_may_be_withheld_is_not_required() -> None:
    assert DOCUMENT["components"]["schemas"]["ThingOut"]["required"] == ["id", "name"]


def test_a_body_with_kinds_names_what_tells_them_apart() -> None:
    content = DOCUMENT["paths"]["/things/_shape"]["post"]["requestBody"]["content"]
    schema = content["application/json"]["schema"]
    assert schema["discriminator"]["propertyName"] == "shape"
    assert [choice["$ref"] for choice in schema["oneOf"]] == [
        "#/components/schemas/Circle",
        "#/components/schemas/Square",
    ]
