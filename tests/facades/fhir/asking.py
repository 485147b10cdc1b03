"""Requests of a party at the façade, and what every answer there must be."""

import json
from typing import Any

import httpx
from fhir.resources.R4B import get_fhir_model_class

from tests.build.stage import Stage

FHIR = "/fhir/r4"
JSON, XML = "application/fhir+json", "application/fhir+xml"
BODY = {"content-type": JSON}


async def ask(
    stage: Stage, party: str, path: str, method: str = "GET", body: Any = None, **headers: str
) -> httpx.Response:
    """As this party; the answer is a valid resource, whatever it says."""
    sent = {"Authorization": f"Bearer {stage.token(party)}", "accept": JSON}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    content = None
    if body is not None:
        content = json.dumps(body) if isinstance(body, dict) else body
        sent.setdefault("content-type", JSON)
    answer = await stage.http.request(
        method, f"{FHIR}/{path}" if path else FHIR, content=content, headers=sent
    )
    if answer.content:
        valid(answer)
    return answer


async def seen(stage: Stage, party: str, path: str, **headers: str) -> dict[str, Any]:
    """A look that must succeed."""
    answer = await ask(stage, party, path, **headers)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
    found: dict[str, Any] = answer.json()
    return found


async def found(stage: Stage, party: str, path: str) -> list[dict[str, Any]]:
    """What a search finds, over all its pages."""
    resources = []
    bundle = await seen(stage, party, path)
    while True:
        assert "total" not in bundle
        resources += [entry["resource"] for entry in bundle.get("entry", [])]
        onward = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        if not onward:
            return resources
        bundle = await seen(stage, party, onward[0].partition(f"{FHIR}/")[2])


async def by_form(stage: Stage, party: str, kind: str, **form: Any) -> httpx.Response:
    """A search whose words stand in the body."""
    sent = {"Authorization": f"Bearer {stage.token(party)}"}
    answer = await stage.http.post(f"{FHIR}/{kind}/_search", data=form, headers=sent)
    valid(answer)
    return answer


def valid(answer: httpx.Response) -> Any:
    """The resource, valid as R4B has it, in the format in which it came."""
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == XML:
        name = answer.text.partition("?>")[2].strip().removeprefix("<").partition(" ")[0]
        return get_fhir_model_class(name).model_validate_xml(answer.content)
    assert kind == JSON, kind
    content = answer.json()
    return get_fhir_model_class(content["resourceType"]).model_validate(content)


def issue(answer: httpx.Response) -> tuple[int, str]:
    """Status and the code of the first issue."""
    content = answer.json()
    assert content["resourceType"] == "OperationOutcome", content
    return answer.status_code, content["issue"][0]["code"]
