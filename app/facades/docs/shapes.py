"""JSON schemas in words: what type, which properties, an example."""

import json
from typing import Any

from app.platform.http.markup import Markup, Part, element, prose, table, together

Json = dict[str, Any]
_OURS = "x-trede-"


def resolved(document: Json, node: Json) -> Json:
    """The node itself, or what its `$ref` points to inside the document."""
    if "$ref" not in node:
        return node
    found: Any = document
    for step in str(node["$ref"]).removeprefix("#/").split("/"):
        found = found[step]
    return resolved(document, found)


def type_of(schema: Json) -> Markup:
    """A type in a few words; a named schema is a link."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return element("a", name, href=f"#schema-{name}")
    for key, word in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if key in schema:
            return _joined([type_of(option) for option in schema[key]], word)
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return _joined([element("code", _compact(value)) for value in values], " | ")
    if schema.get("type") == "array":
        return together("list of ", type_of(schema.get("items", {})))
    kind = schema.get("type", "any")
    words = ", ".join(kind) if isinstance(kind, list) else str(kind)
    return together(words, f" ({schema['format']})" if "format" in schema else None)


def properties(schema: Json) -> Markup | None:
    """The table of an object's properties."""
    required = set(schema.get("required", ()))
    rows: list[tuple[Part, ...]] = [
        (
            element("code", name),
            type_of(each),
            "yes" if name in required else None,
            together(prose(each.get("description")), _for_example(each), notes(each)),
        )
        for name, each in schema.get("properties", {}).items()
    ]
    return table(("Property", "Type", "Required", "Meaning"), rows)


def notes(node: Json) -> Markup:
    """What Trede adds to the standard document, such as the data category of a field."""
    return together(
        *(
            element("p", key.removeprefix(_OURS), ": ", _plain(value), class_="note")
            for key, value in node.items()
            if key.startswith(_OURS)
        )
    )


def content(document: Json, body: Json) -> Markup:
    """The types and examples of a request or response body; a nameless type in full."""
    return together(
        *(_medium(document, media, each) for media, each in body.get("content", {}).items())
    )


def _medium(document: Json, media: str, body: Json) -> Markup:
    schema = body.get("schema", {})
    given = examples(body) or examples(resolved(document, schema))
    return together(
        element("p", element("code", media), " ", type_of(schema)),
        properties(schema),
        *(sample(value) for value in given),
    )


def examples(node: Json) -> list[object]:
    """The examples of a media type or of a schema, in either of the two ways to write them."""
    if "example" in node:
        return [node["example"]]
    given = node.get("examples", [])
    return [each.get("value") for each in given.values()] if isinstance(given, dict) else given


def sample(value: object) -> Markup:
    return element("pre", element("code", json.dumps(value, indent=2, ensure_ascii=False)))


def _for_example(schema: Json) -> Markup | None:
    given = [element("code", _compact(value)) for value in examples(schema)]
    return element("p", "For example ", _joined(given, " or ")) if given else None


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    return str(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _joined(parts: list[Markup], word: str) -> Markup:
    return together(*(p for n, part in enumerate(parts) for p in ((word, part) if n else (part,))))
