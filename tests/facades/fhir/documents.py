"""Documents as operations answer them, made from the contract: full, bare, or with each code."""

from collections.abc import Iterator
from typing import Any

from tests.build.contract import document

Json = dict[str, Any]
MOST_CODES = 45
FORMATS = {
    "uuid": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
    "date": "2025-04-03",
    "date-time": "2025-04-03T10:00:00Z",
}
PLAIN: dict[str, Any] = {"string": "woorden", "integer": 3, "number": 2.5, "boolean": True}
TOLD: Json = {
    "withheld": ["medical", "ladderNotes"],
    "rung": 5,
}
"""What the contract types more widely than it is."""


def _schema(found: Json) -> Json:
    while "$ref" in found:
        found = document()["components"]["schemas"][found["$ref"].rsplit("/", 1)[1]]
    return found


def full(name: str, at: int = 0) -> Json:
    """Everything told; of each list of codes the one at this place, from the start again."""
    made: Json = _made({"$ref": f"#/components/schemas/{name}"}, at, bare=False)
    return made


def bare(name: str) -> Json:
    """Only what must be told, and null wherever that is allowed."""
    made: Json = _made({"$ref": f"#/components/schemas/{name}"}, 0, bare=True)
    return made


def each(name: str, most: int = MOST_CODES) -> Iterator[Json]:
    """Documents in which every code of every list stands somewhere; fewer where `most` says so."""
    yield bare(name)
    for at in range(most):
        yield full(name, at)


def _made(schema: Json, at: int, *, bare: bool) -> Any:
    schema = _schema(schema)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            kinds = [_schema(one) for one in schema[choice]]
            if bare and {"type": "null"} in kinds:
                return None
            return _made(next(k for k in kinds if k.get("type") != "null"), at, bare=bare)
    kind = schema.get("type")
    if isinstance(kind, list):
        if bare and "null" in kind:
            return None
        kind = next(one for one in kind if one != "null")
    if "enum" in schema:
        return schema["enum"][at % len(schema["enum"])]
    if "const" in schema:
        return schema["const"]
    if kind == "array":
        return [] if bare else [_made(schema["items"], at + more, bare=False) for more in (0, 1)]
    if kind == "object" or "properties" in schema:
        return _object(schema, at, bare=bare)
    return FORMATS.get(schema.get("format", ""), PLAIN[str(kind)])


def _object(schema: Json, at: int, *, bare: bool) -> Json:
    wanted = schema.get("required", []) if bare else schema.get("properties", {})
    made = {name: _made(schema["properties"][name], at, bare=bare) for name in wanted}
    return {**made, **{name: value for name, value in TOLD.items() if name in made}}
