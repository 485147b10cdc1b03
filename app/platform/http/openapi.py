"""The OpenAPI 3.1 document as the NL GOV API Design Rules 2.2 want it, in a fixed order."""

import re
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.platform.http import openapi_parts as parts
from app.platform.http.openapi_tidying import tidy
from app.platform.http.routing import Operation, operations

BASE = "/v1"
METHODS = ("get", "post", "put", "patch", "delete")
CHANGING = frozenset({"post", "put", "patch"})
FASTAPIS_OWN = frozenset({"HTTPValidationError", "ValidationError"})
ERROR = re.compile(r"[45][0-9]{2}")

Json = dict[str, Any]


def document(app: FastAPI) -> Json:
    """The document of all operations; the same application always gives the same bytes."""
    found: Json = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        contact=app.contact,
        license_info=app.license_info,
        servers=[{"url": BASE, "description": "This installation"}],
    )
    routes = {
        (context.path_format or "", method.lower()): route
        for _, context, route in operations(app)
        for method in context.methods or ()
    }
    found["paths"] = _paths(found["paths"], routes)
    found["tags"] = _tags(app, found["paths"])
    found["components"] = _components(found.get("components", {}))
    tidied = deepcopy(found)  # the shared parts stay as they are
    tidy(tidied)
    return tidied


def _paths(paths: Json, routes: dict[tuple[str, str], Operation]) -> Json:
    done: Json = {}
    for path in sorted(paths):
        item: Json = {
            method: _operation(method, paths[path][method], routes[path, method])
            for method in METHODS
            if (path, method) in routes and method in paths[path]
        }
        below = path.removeprefix(BASE)
        if path == below:
            item["servers"] = [{"url": "/"}]  # not a part of the versioned API
        elif below in paths:
            raise ValueError(f"{path} and {below} would be one path in the document")
        if item:
            done[below or "/"] = item
    return done


def _operation(method: str, operation: Json, route: Operation) -> Json:
    declared = route.declared
    parameters = [*operation.get("parameters", ()), parts.ref("parameters", "RequestId")]
    if not declared.public:
        parameters.append(parts.ref("parameters", "PurposeOfUse"))
        parameters.append(parts.ref("parameters", "OnBehalfOf"))
        operation.setdefault("security", [{"bearer": []}])
    else:
        operation["security"] = []
    if declared.match:
        parameters.append(parts.ref("parameters", "IfMatch"))
    if declared.again is not None:
        parameters.append(parts.ref("parameters", "IdempotencyKey"))
    operation["parameters"] = parameters
    has_body = "requestBody" in operation
    refusals = _refusals(method, operation, route, has_body=has_body)
    answers = {
        status: _error(answer) if _is_problem(status, route) else _success(status, answer, route)
        for status, answer in operation.get("responses", {}).items()
        if status != "422"
    }
    responses = {**{str(s): parts.ref("responses", parts.REFUSALS[s]) for s in refusals}, **answers}
    operation["responses"] = dict(sorted(responses.items()))
    return operation


def _is_problem(status: str, route: Operation) -> bool:
    return ERROR.fullmatch(status) is not None and route.declared.refusing is None


def _refusals(method: str, operation: Json, route: Operation, *, has_body: bool) -> set[int]:
    """The problems that the conventions can give on this operation."""
    declared = route.declared
    found = {400, 406, 429, 500, 503}  # 400: every operation has parameters
    if not declared.public:
        found |= {401, 403}
    if any(map(_names_something, operation["parameters"])) or (has_body and not declared.public):
        found.add(404)  # an id in a body may be hidden too
    if has_body:
        found |= {408, 413, 415}
    if declared.match:
        found |= {412, 428}
    if method in CHANGING or declared.again is not None or declared.match:
        found.add(409)
    return found - ({409} if declared.reads else set())


def _names_something(parameter: Json) -> bool:
    """An id in the path, or one in the query by which a list is asked for."""
    return parameter.get("in") == "path" or (
        parameter.get("in") == "query" and parameter.get("schema", {}).get("format") == "uuid"
    )


def _success(status: str, answer: Json, route: Operation) -> Json:
    headers = dict(parts.EVERY_ANSWER)
    tagged = (
        not _is_page(route) and not route.declared.reads
    )  # an answer to a search is no resource
    if status in {"200", "201"} and tagged and "content" in answer:
        headers["ETag"] = parts.ref("headers", "ETag")
    if status == "201" and route.declared.location is not None:
        headers["Location"] = parts.ref("headers", "Location")
    return {**answer, "headers": {**headers, **answer.get("headers", {})}}


def _error(answer: Json) -> Json:
    """A problem that a route described itself: its words, our media type and schema."""
    content = {"application/problem+json": {"schema": parts.ref("schemas", "Problem")}}
    return {"description": answer["description"], "headers": parts.EVERY_ANSWER, "content": content}


def _is_page(route: Operation) -> bool:
    fields = getattr(route.response_model, "model_fields", {})
    return "items" in fields and "next_cursor" in fields


def _tags(app: FastAPI, paths: Json) -> list[Json]:
    used = {
        tag
        for item in paths.values()
        for method, operation in item.items()
        if method in METHODS
        for tag in operation.get("tags", ())
    }
    described = {tag["name"]: tag for tag in app.openapi_tags or ()}
    return [described.get(name, {"name": name}) for name in sorted(used | set(described))]


def _components(components: Json) -> Json:
    schemas = {
        name: schema
        for name, schema in components.get("schemas", {}).items()
        if name not in FASTAPIS_OWN
    }
    security = {**components.get("securitySchemes", {}), **parts.SECURITY}
    return {
        "headers": parts.HEADERS,
        "parameters": parts.PARAMETERS,
        "responses": parts.responses(),
        "schemas": dict(sorted({**schemas, **parts.SCHEMAS}.items())),
        "securitySchemes": dict(sorted(security.items())),
    }
