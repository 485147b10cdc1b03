"""Schemas as a reader would write them: no made-up titles or names, a nullable type as one."""

import re
from typing import Any

SIMPLE = frozenset({"string", "integer", "number", "boolean"})
BOUNDS = {"ge": "minimum", "le": "maximum"}
"""Pydantic writes its own words where a bound stands behind a validator of ours."""

Json = dict[str, Any]


def tidy(node: Any) -> None:
    """Readable schemas: no made-up titles, a nullable simple type as one type."""
    if isinstance(node, list):
        for inner in node:
            tidy(inner)
    if not isinstance(node, dict):
        return
    for inner in node.values():
        tidy(inner)
    _untitle(node)
    _one_type(node)
    _bound(node)
    if isinstance(ref := node.get("$ref"), str):
        node["$ref"] = _pascal(ref)
    if isinstance(schemas := node.get("schemas"), dict):
        named = {_pascal(name): schema for name, schema in schemas.items()}
        if len(named) != len(schemas):
            raise TypeError("two schemas would share one name in the document")
        for name, schema in named.items():
            schema["title"] = name  # generators name their classes by it
        node["schemas"] = named


def _untitle(node: Json) -> None:
    for schema in [*(node.get("properties") or {}).values(), node.get("schema")]:
        if isinstance(schema, dict):
            schema.pop("title", None)


def _bound(node: Json) -> None:
    for own, word in BOUNDS.items():
        if isinstance(node.get(own), int):
            node[word] = node.pop(own)


def _one_type(node: Json) -> None:
    """`anyOf` of a simple type and null becomes one schema, so that its format stands on it."""
    choices = node.get("anyOf")
    if not isinstance(choices, list) or len(choices) != 2 or choices[1] != {"type": "null"}:  # noqa: PLR2004
        return
    simple = choices[0]
    if simple.get("type") not in SIMPLE:
        return
    del node["anyOf"]
    kept = {**simple, **node}
    node.update(kept, type=[simple["type"], "null"])
    if "enum" in simple:
        node["enum"] = [*simple["enum"], None]


_LONG = re.compile(r"app__\w+?__(?P<noun>[a-z0-9]+)__\w*?(?P<name>[A-Z]\w*)$")


def _pascal(name: str) -> str:
    """`Page_Thing_` (FastAPI's way to write a generic) becomes `PageThing`.

    Of two schemas with one name each gets its noun in front: `PlacementEndIn`.
    """
    before, slash, last = name.rpartition("/")
    if long := _LONG.fullmatch(last):
        noun, short = long["noun"].capitalize(), long["name"]
        last = short if short.lower().startswith(noun.lower()) else noun + short
    return before + slash + re.sub(r"[_\-\[\], ]+(\w?)", lambda m: m[1].upper(), last)
