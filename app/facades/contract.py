"""What the API says of its operations: who may call them, and with which body."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI

from app.facades.operations import Json
from app.platform.http.openapi import document

_REF = "#/components/schemas/"
_IF_MATCH = "#/components/parameters/IfMatch"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: the roles that may call it at most, whether it asks If-Match.

    `body` and `answer` are the schemas of what goes in and what comes out, `categories` the kinds
    of data that it is about, the first one first.
    """

    name: str
    method: str
    path: str
    roles: frozenset[str]
    body: str | None
    answer: str | None
    matches: bool
    categories: tuple[str, ...]

    def is_item_of(self, collection: str) -> bool:
        """Whether this reads one record of a collection."""
        owner, _, last = self.path.rpartition("/")
        return self.method == "GET" and owner == collection and last.startswith("{")

    @property
    def resource(self) -> str:
        """What is read before it: the record that an act is about, or the collection's owner."""
        return self.path.rpartition("/")[0] if self.method == "POST" else self.path


class Contract:
    """The OpenAPI document of this application, asked by operation and schema."""

    def __init__(self, told: Json) -> None:
        self._schemas: Mapping[str, Json] = told["components"]["schemas"]
        self._operations = {
            f"{method.upper()} {path}": _operation(method.upper(), path, found)
            for path, item in told["paths"].items()
            for method, found in item.items()
            if isinstance(found, dict) and "responses" in found
        }

    def operation(self, name: str) -> Operation:
        """By method and path, as `POST /trajectories/{trajectory_id}/pauses`. Raises KeyError."""
        return self._operations[name]

    def readable(self, path: str) -> str | None:
        """This path or the nearest above it with ids that can be read; None where there is none."""
        while "}" in path:
            if self.knows(f"GET {path}"):
                return path
            path = path.rpartition("/")[0]
        return None

    def knows(self, name: str) -> bool:
        return name in self._operations

    def item(self, collection: str) -> str:
        """The path of one record in a collection, as the contract names its id. Raises KeyError."""
        every = self._operations.values()
        found = next((each.path for each in every if each.is_item_of(collection)), None)
        if found is None:
            raise KeyError(collection)
        return found

    def schema(self, name: str) -> Json:
        """A named schema. Raises KeyError."""
        return self._schemas[name]

    def resolved(self, node: Json) -> tuple[str | None, Json]:
        """The schema that a node refers to, with its name; the node itself where it is no ref."""
        target = node.get("$ref")
        if target is None:
            return None, node
        name = str(target).removeprefix(_REF)
        return name, self.schema(name)


def contract_of(app: FastAPI) -> Contract:
    """Made once: the document does not change while we serve."""
    found: Contract | None = getattr(app.state, "contract", None)
    if found is None:
        app.state.contract = found = Contract(document(app))
    return found


def _operation(method: str, path: str, found: Json) -> Operation:
    answers = (found["responses"].get(status, {}) for status in ("200", "201"))
    return Operation(
        name=f"{method} {path}",
        method=method,
        path=path,
        roles=frozenset(found.get("x-trede-act", {}).get("roles", ())),
        body=_schema(found.get("requestBody", {})),
        answer=next(filter(None, map(_schema, answers)), None),
        matches=any(each.get("$ref") == _IF_MATCH for each in found.get("parameters", ())),
        categories=tuple(found.get("x-trede-act", {}).get("categories", ())),
    )


def _schema(part: Json) -> str | None:
    content = part.get("content", {}).get("application/json", {})
    named = content.get("schema", {}).get("$ref")
    return None if named is None else str(named).removeprefix(_REF)
