"""Takes a resource apart: each element is taken once, and what is left cannot be kept.

So nothing of what was sent is dropped in silence: an element that no mapping takes is refused by
name.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.facades.fhir import names, outcomes
from app.facades.fhir.elements import Json
from app.platform.http.problems import BadRequest, Fault

Step = str | int
Path = tuple[Step, ...]
MOST_NAMED = 20
DERIVED = frozenset({"generated", "empty"})
"""Narratives that say nothing which is not in the elements."""
LANGUAGES = frozenset({"nl", "nl-NL"})


@dataclass(frozen=True)
class Taking:
    """A resource, or a part of it; the leaves are shared between the parts."""

    type: str
    leaves: dict[Path, Any]
    at: Path = ()
    places: dict[str, str] = field(default_factory=dict)
    """Fields of the body for the API, and the element that each came from."""

    def take(self, *path: Step, to: str = "") -> Any:
        """The value of one element; None where there is none."""
        whole = (*self.at, *path)
        if to:
            self.places[f"#/{to}"] = self._expression(whole)
        return self.leaves.pop(whole, None)

    def fixed(self, *path: Step, among: Collection[Any]) -> None:
        """Takes an element that says what goes without saying; any other stays, and is refused."""
        if self.leaves.get((*self.at, *path)) in among:
            self.take(*path)

    def within(self, *path: Step) -> "Taking":
        return Taking(self.type, self.leaves, (*self.at, *path), self.places)

    def each(self, *path: Step) -> Iterator["Taking"]:
        """The items of a list."""
        whole = (*self.at, *path)
        deep = len(whole)
        found = {leaf[deep] for leaf in self.leaves if leaf[:deep] == whole and len(leaf) > deep}
        for index in sorted(found, key=str):
            yield self.within(*path, index)

    def there(self, *path: Step) -> bool:
        whole = (*self.at, *path)
        return any(leaf[: len(whole)] == whole for leaf in self.leaves)

    def drop(self, *path: Step) -> None:
        """Takes an element with all that is in it."""
        whole = (*self.at, *path)
        for leaf in [leaf for leaf in self.leaves if leaf[: len(whole)] == whole]:
            del self.leaves[leaf]

    def reference(self, kind: str, *path: Step, to: str = "") -> str | None:
        """The id in a reference to a resource here; type and display say no more than that."""
        told = self.take(*path, "reference", to=to)
        self.take(*path, "display")
        self.fixed(*path, "type", among={kind})
        if told is None:
            return None
        named, _, id_ = str(told).partition("/")
        if named != kind or "/" in id_:
            raise self.wrong(*path, code="wrong_type", detail=f"A reference to {kind} is meant.")
        return id_

    def code(self, system: str, *path: Step, to: str = "") -> str | None:
        """The code of a concept in this system; its words are ours to give.

        A second one in the same system would say something else: it stays, and is refused.
        """
        found = None
        for coding in self.within(*path).each("coding"):
            if found is None and coding.leaves.get((*coding.at, "system")) == system:
                coding.take("system")
                coding.take("display")
                found = coding.take("code", to=to)
        return found

    def said(self, system: str, code: str, *path: Step) -> None:
        """Takes a concept that says what goes without saying; any other stays, and is refused."""
        for coding in self.within(*path).each("coding"):
            told = [coding.leaves.get((*coding.at, part)) for part in ("system", "code")]
            if told == [system, code]:
                for part in ("system", "code", "display"):
                    coding.take(part)

    def extension(self, name: str, value: str, to: str = "") -> Any:
        """The value of an extension of our own."""
        for each in self.each("extension"):
            if each.leaves.get((*each.at, "url")) == names.own_extension(name):
                each.take("url")
                return each.take(value, to=to)
        return None

    def required(self, value: Any, *path: Step) -> Any:
        """What must be there. Raises BadRequest."""
        if value is None:
            raise self.wrong(*path, code="required", detail="This is required here.")
        return value

    def wrong(self, *path: Step, code: str, detail: str) -> BadRequest:
        where = self._expression((*self.at, *path))
        return BadRequest(errors=[Fault("body", where, code, detail)])

    def done(self) -> None:
        """Raises a refusal that names what is left."""
        left = list(dict.fromkeys(self._expression(leaf) for leaf in sorted(self.leaves, key=str)))
        if left:
            raise outcomes.unsupported(*left[:MOST_NAMED])

    def _expression(self, path: Path) -> str:
        parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
        return self.type + "".join(parts)


def taking(resource: Json) -> Taking:
    """The resource without what is only about its own form or given by the server."""
    found = Taking(resource["resourceType"], dict(_leaves(resource)))
    for name in ("resourceType", "id"):
        found.take(name)
    for name in ("versionId", "lastUpdated"):
        found.take("meta", name)
    for index, profile in enumerate(resource.get("meta", {}).get("profile", [])):
        if str(profile).startswith((names.nl_core(""), names.OWN)):
            found.take("meta", "profile", index)
    found.fixed("language", among=LANGUAGES)
    if resource.get("text", {}).get("status") in DERIVED:
        found.drop("text")
    return found


def _leaves(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*at, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*at, index))
    elif value is not None:
        yield at, value
