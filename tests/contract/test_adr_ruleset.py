"""The ruleset for the API document refuses what it says it refuses: each rule is broken once."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / ".ci" / "npm"
RULESET = TOOLS / "adr.yaml"
SPECTRAL = TOOLS / "node_modules" / ".bin" / "spectral"

# All in one group: the linter is started once, on one worker.
pytestmark = pytest.mark.xdist_group("adr_ruleset")

Json = dict[str, Any]
HEADERS = {"API-Version": {"schema": {"type": "string"}}}
PROBLEM = {"type": "object", "properties": {m: {} for m in ("status", "title", "detail")}}
BAD = {
    "description": "invalid",
    "headers": HEADERS,
    "content": {"application/problem+json": {"schema": PROBLEM}},
}
DAY = {"type": "string", "format": "date", "examples": ["2026-03-01"]}
MOMENT = {"type": "string", "format": "date-time", "examples": ["2026-03-01T09:30:00Z"]}
GOOD: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "Things",
        "version": "1.2.3",
        "contact": {"name": "Desk", "email": "desk@example.org", "url": "https://example.org"},
    },
    "servers": [{"url": "https://example.org/v1"}],
    "tags": [{"name": "things"}],
    "paths": {
        "/early-plans/{planId}": {
            "parameters": [
                {"name": "planId", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "operationId": "readPlan",
                "parameters": [{"name": "pageSize", "in": "query", "schema": {"type": "integer"}}],
                "responses": {
                    "200": {
                        "description": "the plan",
                        "headers": HEADERS,
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Plan"},
                                "examples": {"one": {"value": {"startDate": "2026-03-01"}}},
                            }
                        },
                    },
                    "400": BAD,
                },
            },
        },
        "/early-plans/_search": {
            "post": {
                "operationId": "searchPlans",
                "responses": {"200": {"description": "plans", "headers": HEADERS}, "400": BAD},
            }
        },
    },
    "components": {
        "schemas": {
            "Plan": {"type": "object", "properties": {"startDate": DAY, "createdAt": MOMENT}}
        }
    },
}


def _path(document: Json, name: str) -> None:
    document["paths"][name] = document["paths"].pop("/early-plans/_search")


def _read(document: Json) -> Json:
    operation: Json = document["paths"]["/early-plans/{planId}"]["get"]
    return operation


def _search(document: Json) -> Json:
    operation: Json = document["paths"]["/early-plans/_search"]["post"]
    return operation


def _field(name: str, schema: Json) -> Callable[[Json], object]:
    return lambda d: d["components"]["schemas"]["Plan"]["properties"].update({name: schema})


SEEDS: dict[str, list[Callable[[Json], object]]] = {
    "oas3-schema": [lambda d: d["info"].pop("title")],
    "oas3-api-servers": [lambda d: d.pop("servers")],
    "oas3-server-variables": [lambda d: d["servers"].append({"url": "https://{host}/v1"})],
    "oas3-valid-media-example": [
        lambda d: _read(d)["responses"]["200"]["content"]["application/json"].update(
            examples={"one": {"value": "not an object"}}
        )
    ],
    "oas3-valid-schema-example": [_field("rung", {"type": "integer", "example": "low"})],
    "operation-operationId-unique": [lambda d: _search(d).update(operationId="readPlan")],
    "openapi-tags-uniqueness": [lambda d: d["tags"].append({"name": "things"})],
    "path-params": [lambda d: _path(d, "/early-plans/{other}/notes")],
    "path-keys-no-trailing-slash": [lambda d: _path(d, "/early-plans/")],
    "info-contact": [lambda d: d["info"].pop("contact")],
    "adr-openapi-3": [lambda d: (d.pop("openapi"), d.update({"swagger": "2.0"}))],
    "adr-contact-fields": [lambda d: d["info"]["contact"].pop("email")],
    "adr-semver": [lambda d: d["info"].update(version="1.2")],
    "adr-major-version-in-server": [lambda d: d["servers"][0].update(url="https://example.org/")],
    "adr-server-https": [lambda d: d["servers"][0].update(url="http://example.org/v1")],
    "adr-path-kebab-case": [
        lambda d: _path(d, "/earlyPlans"),
        lambda d: _path(d, "/early_plans"),
        lambda d: _path(d, "/_early/plans"),
        lambda d: _path(d, "/plans.json"),
        lambda d: _path(d, "/pl\u00e4ne"),
    ],
    "adr-http-methods": [
        lambda d: d["paths"]["/early-plans/_search"].update(
            trace={"operationId": "t", "responses": {"200": {"description": ""}}}
        )
    ],
    "adr-query-camel-case": [
        lambda d: _read(d)["parameters"][0].update(name="page_size"),
        lambda d: _read(d)["parameters"][0].update(name="PageSize"),
    ],
    "adr-version-header": [
        lambda d: _read(d)["responses"]["200"].pop("headers"),
        lambda d: _read(d)["responses"]["400"].pop("headers"),
        lambda d: _read(d)["responses"]["200"].update(headers={"ETag": HEADERS["API-Version"]}),
    ],
    "adr-problem-media-type": [
        lambda d: _read(d)["responses"]["400"].update(content={"application/json": {}}),
        lambda d: _read(d)["responses"]["400"].pop("content"),
    ],
    "adr-problem-members": [
        lambda d: _read(d)["responses"]["400"]["content"].update(
            {"application/problem+json": {"schema": {"properties": {"title": {}}}}}
        ),
        lambda d: _read(d)["responses"]["400"]["content"].update({"application/problem+json": {}}),
    ],
    "adr-invalid-input-body": [lambda d: _search(d)["responses"].pop("400")],
    "adr-invalid-input-parameters": [
        lambda d: _read(d)["responses"].pop("400"),
        lambda d: (_read(d).pop("parameters"), _read(d)["responses"].pop("400")),
    ],
    "adr-no-422": [lambda d: _read(d)["responses"].update({"422": BAD})],
    "adr-date-has-format": [
        _field("endDate", {"type": "string"}),
        _field("datum", MOMENT),
        lambda d: _read(d)["parameters"][0].update(name="fromDate", schema={"type": "string"}),
    ],
    "adr-time-local": [_field("startsAt", {"type": "string", "format": "time"})],
    "adr-moment-has-zone": [
        _field("endedAt", MOMENT | {"examples": ["2026-03-01T09:30:00-00:00"]}),
        _field("endedAt", MOMENT | {"default": "2026-03-01T09:30:00z"}),
    ],
    "adr-schema-camel-case": [lambda d: d["components"]["schemas"].update(plan_of={})],
    "adr-property-casing": [_field("own_words", {"type": "string"})],
}
CASES = [(rule, n) for rule, seeds in SEEDS.items() for n in range(len(seeds))]


def _seeded(rule: str, number: int) -> Json:
    document: Json = json.loads(json.dumps(GOOD))  # shares no part with another document
    SEEDS[rule][number](document)
    return document


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Which rules the linter named, per document."""
    assert shutil.which("node"), "node is not installed"
    assert SPECTRAL.exists(), "the API linter is not installed: make unit sets it up"
    folder = tmp_path_factory.mktemp("documents")
    documents = {"good": GOOD} | {f"{rule}.{n}": _seeded(rule, n) for rule, n in CASES}
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    found = subprocess.run(
        [str(SPECTRAL), "lint", "--quiet", "--format=json", f"--ruleset={RULESET}"]
        + [str(path) for path in sorted(folder.glob("*.json"))],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    result: dict[str, set[str]] = {name: set() for name in documents}
    for finding in json.loads(found.stdout):
        result[Path(finding["source"]).stem].add(finding["code"])
    return result


def test_a_document_that_keeps_the_rules_gets_no_finding(fired: dict[str, set[str]]) -> None:
    assert fired["good"] == set()


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_each_rule_fires_alone_on_what_breaks_it(
    fired: dict[str, set[str]], rule: str, number: int
) -> None:
    assert fired[f"{rule}.{number}"] == {rule}


def test_every_rule_is_broken_by_a_seed() -> None:
    rules = RULESET.read_text(encoding="utf-8").partition("\nrules:\n")[2]
    assert set(re.findall(r"^  ([A-Za-z0-9-]+):", rules, re.MULTILINE)) == set(SEEDS)
