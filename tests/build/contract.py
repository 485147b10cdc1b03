"""Every operation of the contract with a body that fits, so that a test can try them all."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Called:
    """One method on one path of the contract."""

    method: str
    path: str
    body: Any
    roles: tuple[str, ...]
    verb: str
    base: str = "/v1"
    file: tuple[str, bytes] | None = None

    def at(self, ids: Mapping[str, Any]) -> str:
        """The path with these ids by the name of their parameter."""
        return self.base + self.path.format(**ids)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The segment before each id with the name of its parameter, from the outside in."""
        parts = self.path.strip("/").split("/")
        return [(parts[at - 1], p[1:-1]) for at, p in enumerate(parts) if p.startswith("{")]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def operations(*, acts: bool = True) -> Iterator[Called]:
    """Those of the API itself; `acts` leaves out what is public."""
    for path, methods in document()["paths"].items():
        for method in METHODS:
            operation = methods.get(method)
            if operation is None or path.startswith(("/oauth2", "/.well-known")):
                continue
            act = operation.get("x-trede-act")
            if act is not None or not acts:
                act = act or {"roles": [], "verb": "public"}
                body = _example(operation.get("requestBody"))
                base = "" if "servers" in methods else "/v1"
                roles, file = tuple(act["roles"]), _file(operation.get("requestBody"))
                yield Called(method.upper(), path, body, roles, act["verb"], base, file)


def _file(body: dict[str, Any] | None) -> tuple[str, bytes] | None:
    """What is sent where it is no JSON: its media type and its example."""
    if body is None or "application/json" in body["content"]:
        return None
    media, told = next(iter(body["content"].items()))
    return media, str(told["example"]).encode()


def _example(body: dict[str, Any] | None) -> Any:
    if body is None:
        return None
    if "application/json" not in body["content"]:
        return None
    schema = body["content"]["application/json"]["schema"]
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "examples" not in schema and "oneOf" in schema:
        return _example({"content": {"application/json": {"schema": schema["oneOf"][0]}}})
    return schema["examples"][0] if "examples" in schema else {}
