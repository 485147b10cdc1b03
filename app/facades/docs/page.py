"""The page itself: operations by tag, who may call them, and the schemas."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from app.facades.docs.shapes import content, examples, notes, properties, resolved, sample, type_of
from app.platform.http.markup import Markup, Part, element, phrase, prose, table, together

Json = dict[str, Any]
_METHODS = ("get", "put", "post", "patch", "delete")
_UNTAGGED = "other"


def page(document: Json, *, stylesheet: str, source: str) -> str:
    """A whole HTML page for an OpenAPI 3.1 document; `source` is where the document is served."""
    info = document["info"]
    head = element(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'),
        element("title", info["title"]),
        Markup(f'<link rel="stylesheet" href="{stylesheet}">'),
    )
    intro = element(
        "header",
        element("h1", info["title"]),
        element("p", f"Version {info['version']}. ", element("a", "OpenAPI document", href=source)),
        prose(info.get("description")),
    )
    by_tag = _by_tag(document)
    main = element(
        "main", intro, *_groups(document, by_tag), _refusals(document), _schemas(document)
    )
    body = element("body", _navigation(by_tag), main)
    return "<!doctype html>\n" + element("html", head, body, lang="en")


def _by_tag(document: Json) -> dict[str, list[Markup]]:
    """The operations as HTML, in the order of the document's tags."""
    found: dict[str, list[Markup]] = {tag["name"]: [] for tag in document.get("tags", ())}
    for path, method, operation in _operations(document):
        tag = (operation.get("tags") or [_UNTAGGED])[0]
        found.setdefault(tag, []).append(_operation(document, path, method, operation))
    return {tag: operations for tag, operations in found.items() if operations}


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document.get("paths", {}).items():
        servers = item.get("servers") or document.get("servers") or [{"url": ""}]
        base = urlsplit(servers[0]["url"]).path.rstrip("/")
        shared = item.get("parameters", [])
        for method in _METHODS:
            if method in item:
                own = item[method]
                yield base + path, method, own | {"parameters": shared + own.get("parameters", [])}


def _navigation(by_tag: dict[str, list[Markup]]) -> Markup:
    links = [*by_tag, "refusals", "schemas"]
    items = (element("li", element("a", name, href=f"#{_anchor(name)}")) for name in links)
    return element("nav", element("ul", *items), aria_label="Contents")


def _groups(document: Json, by_tag: dict[str, list[Markup]]) -> Iterator[Markup]:
    told = {tag["name"]: tag.get("description") for tag in document.get("tags", ())}
    for tag, operations in by_tag.items():
        heading = element("h2", tag, id=_anchor(tag))
        yield element("section", heading, prose(told.get(tag)), *operations)


def _operation(document: Json, path: str, method: str, operation: Json) -> Markup:
    parameters = [resolved(document, each) for each in operation["parameters"]]
    body = resolved(document, operation.get("requestBody", {}))
    title = element(
        "summary",
        element("code", method.upper(), class_=f"method {method}"),
        " ",
        element("code", path),
        " ",
        element("span", operation.get("summary", "")),
    )
    return element(
        "details",
        title,
        prose(operation.get("description")),
        notes(operation),
        _parameters(parameters),
        together(element("h3", "Request body"), content(document, body)) if body else None,
        element("h3", "Responses"),
        *_responses(document, operation.get("responses", {})),
        id=operation.get("operationId", _anchor(method + path)),
    )


def _parameters(parameters: list[Json]) -> Markup | None:
    rows: list[tuple[Part, ...]] = [
        (
            element("code", each["name"]),
            each["in"],
            type_of(each.get("schema", {})),
            "yes" if each.get("required") else None,
            prose(each.get("description") or each.get("schema", {}).get("description")),
        )
        for each in parameters
    ]
    found = table(("Name", "In", "Type", "Required", "Meaning"), rows)
    return together(element("h3", "Parameters"), found) if found else None


def _responses(document: Json, responses: Json) -> Iterator[Markup]:
    """What is the operation's own in full; what many share by its status, with a link."""
    for status, each in responses.items():
        if "$ref" not in each:
            heading = element("h4", status, " ", phrase(each.get("description", "")))
            yield together(heading, content(document, each))
    shared = {status: each for status, each in responses.items() if "$ref" in each}
    if shared:
        links = (
            element("a", status, href=f"#{_refusal(each['$ref'])}", title=_words(document, each))
            for status, each in shared.items()
        )
        yield element("p", "Refusals: ", *(part for link in links for part in (link, " ")))


def _refusals(document: Json) -> Markup:
    """The answers that operations share, each told once."""
    shared = document.get("components", {}).get("responses", {})
    return element(
        "section",
        element("h2", "Refusals", id=_anchor("refusals")),
        *(
            element(
                "section",
                element("h3", phrase(each.get("description", name))),
                content(document, each),
                id=_refusal(name),
            )
            for name, each in shared.items()
        ),
    )


def _refusal(name: str) -> str:
    return f"response-{name.rpartition('/')[2]}"


def _words(document: Json, node: Json) -> str:
    return str(resolved(document, node).get("description", ""))


def _schemas(document: Json) -> Markup:
    schemas = document.get("components", {}).get("schemas", {})
    return element(
        "section",
        element("h2", "Schemas", id=_anchor("schemas")),
        *(_schema(name, each) for name, each in schemas.items()),
    )


def _schema(name: str, schema: Json) -> Markup:
    return element(
        "section",
        element("h3", name),
        prose(schema.get("description")),
        notes(schema),
        properties(schema) or element("p", type_of(schema)),
        *(sample(value) for value in examples(schema)),
        id=f"schema-{name}",
    )


def _anchor(name: str) -> str:
    return "part-" + "".join(c if c.isalnum() else "-" for c in name.lower())
