"""What each party finds when it follows every list of the contract: ids to try examples with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.build.contract import document
from tests.build.stage import Stage

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OK = 200
NIL = "00000000-0000-0000-0000-000000000000"
EACH = 2
"""Of one list; enough to meet records in different states."""
Ids = Mapping[str, str]


@dataclass
class Explorer:
    """One party; `ways` leads from the path of a record to the ids that fill it in."""

    stage: Stage
    party: str
    roots: Mapping[str, list[str]]
    role: str = ""
    ways: dict[str, list[Ids]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)

    async def explore(self) -> None:
        me = await self.stage.seen(self.party, "/v1/me")
        self.role = me.get("role") or ""
        self._note(me)
        self.ways = {"": [{}]}
        for path in document()["paths"]:
            for depth in range(path.count("{")):
                upto = "{".join(path.split("{")[: depth + 2])
                await self._lead(upto[: upto.rfind("}") + 1])

    def ways_to(self, path: str) -> list[Ids]:
        """The ids for a path, or for what it stands under."""
        return self.ways.get(path[: path.rfind("}") + 1], [])

    async def _lead(self, to: str) -> None:
        if to in self.ways:
            return
        collection, _, name = to.rpartition("/")
        name = name.strip("{}")
        found: list[Ids] = []
        for ids in self.ways_to(collection):
            keys = await self._keys(collection, name, ids)
            found += [{**ids, name: key} for key in keys]
        self.ways[to] = found

    async def _keys(self, collection: str, name: str, ids: Ids) -> list[str]:
        if collection in self.roots:
            return self.roots[collection]
        if "get" not in document()["paths"].get(collection, {}):  # listed elsewhere, or nowhere
            return self.by_name.get(name.replace("_", ""), [])[:EACH]
        answer = await self.stage.get(self.party, "/v1" + collection.format(**ids))
        if answer.status_code != OK:
            return []
        told = answer.json()
        self._note(told)
        items = told.get("items", []) if isinstance(told, dict) else []
        keys = [str(item.get("id") or item.get("code") or item.get("version")) for item in items]
        what = collection.rpartition("/")[2].removesuffix("s").replace("-", "")
        known = self.by_name.setdefault(what + "id", [])
        known.extend(key for key in keys if key not in known)
        return [*keys[:EACH], *keys[-EACH:]] if len(keys) > 2 * EACH else keys

    def _note(self, told: Any) -> None:
        """Under which name which ids were told."""
        for name, value in _leaves(told):
            if isinstance(value, str) and UUID.fullmatch(value):
                known = self.by_name.setdefault(name.lower(), [])
                if value not in known:
                    known.append(value)

    def asked(self, path: str, method: str, ids: Ids) -> dict[str, Any]:
        """The query that an operation cannot do without, as the documentation prints it."""
        given = document()["paths"][path][method.lower()].get("parameters", [])
        needed = [each for each in given if each.get("in") == "query" and each.get("required")]
        return {each["name"]: self._value(each["name"], _example(each), ids, 0) for each in needed}

    def filled(self, example: Any, ids: Ids, turn: int) -> Any:
        """An example with ids of what there is, by the name of the field; another each turn."""
        match example:
            case dict():
                return {key: self._value(key, value, ids, turn) for key, value in example.items()}
            case list():
                return [self.filled(each, ids, turn) for each in example]
            case _:
                return example

    def _value(self, key: str, value: Any, ids: Ids, turn: int) -> Any:
        if isinstance(value, list) and all(isinstance(v, str) and UUID.fullmatch(v) for v in value):
            known = self.by_name.get(key.lower().removesuffix("s"), [])
            return known[: len(value)] or value
        if not (isinstance(value, str) and UUID.fullmatch(value)):
            return self.filled(value, ids, turn)
        snake = re.sub(r"(?<=[a-z])[A-Z]", lambda m: "_" + m.group().lower(), key)
        known = self.by_name.get(key.lower(), [])
        return ids.get(snake) or (known[turn % len(known)] if known else value)


def _leaves(told: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    match told:
        case dict():
            for key, value in told.items():
                yield from _leaves(value, key)
        case list():
            for value in told:
                yield from _leaves(value, name.removesuffix("s"))
        case _:
            yield name, told


def _example(parameter: Mapping[str, Any]) -> Any:
    """An id is none that anybody has; it is filled in."""
    named = [each["value"] for each in parameter.get("examples", {}).values()]
    return [*named, *parameter["schema"].get("examples", ()), NIL][0]
