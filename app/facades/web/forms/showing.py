"""From fields, values and faults to what the template of a form shows."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.facades.operations import Json, Told
from app.facades.web.answers import problem_of
from app.facades.web.forms.fields import Field, Kind
from app.facades.web.rendering import local, typed_day
from app.facades.web.words import reading as words

Options = list[tuple[str, str]]
DAY_TEXT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d{2}")
FEW = 6
"""So many choices or fewer are shown all at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a form, with what was answered so far and what is wrong with that."""

    kind: str
    name: str
    label: str
    hint: str | None
    required: bool
    value: Any = ""
    error: str | None = None
    options: Options = field(default_factory=list)
    fields: list["Asked"] = field(default_factory=list)
    rows: list[list["Asked"]] = field(default_factory=list)
    addable: bool = False


@dataclass(frozen=True)
class Showing:
    """What is shown beside the schema: values, faults by name, choices of ids, rows asked for."""

    values: Json
    faults: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Options] = field(default_factory=dict)
    more: str = ""

    def asked(self, fields: Iterable[Field]) -> list[Asked]:
        """All questions; an id is asked only where there is something to choose from."""
        return self._asked(fields, self.values, "", "")

    def _asked(self, fields: Iterable[Field], values: Any, prefix: str, way: str) -> list[Asked]:
        held = values if isinstance(values, dict) else {}
        return [
            self._one(each, held.get(each.name), prefix + each.name, way + each.name)
            for each in fields
            if each.kind not in {Kind.ID, Kind.IDS} or self.choices.get(way + each.name)
        ]

    def _one(self, each: Field, value: Any, name: str, way: str) -> Asked:
        kind = each.kind.value
        options = self._options(each, way)
        fields: list[Asked] = []
        rows: list[list[Asked]] = []
        if each.kind is Kind.GROUP:
            fields = self._asked(each.fields, value, f"{name}.", f"{way}.")
        elif each.kind is Kind.ONE_OF:
            value = value.get(each.tag, "") if isinstance(value, dict) else ""
            fields = self._asked(
                each.variants.get(value, ()), self._at(name), f"{name}.", f"{way}."
            )
            name = f"{name}.{each.tag}"
        elif each.kind is Kind.ROWS:
            rows = self._rows(each, value, name, way)
        elif options:
            kind = _choosing(each.kind, options)
        return Asked(
            kind=kind,
            name=name,
            label=words.label(each.owner, each.name),
            hint=words.hint(each.owner, each.name),
            required=each.required,
            value=shown(each.kind, value),
            error=self.faults.get(name),
            options=options,
            fields=fields,
            rows=rows,
            addable=len(rows) < (each.most or len(rows) + 1),
        )

    def _options(self, each: Field, way: str) -> Options:
        if way in self.choices:
            return self.choices[way]
        if each.kind is Kind.FLAG:
            return [("true", "Ja"), ("false", "Nee")]
        return [(str(option), words.value(each.words, str(option))) for option in each.options]

    def _rows(self, each: Field, value: Any, name: str, way: str) -> list[list[Asked]]:
        held = value if isinstance(value, list) else []
        count = max(len(held) + (self.more == name), 1)
        blank: list[Any] = [None] * count
        return [
            self._asked(each.fields, row, f"{name}.{n}.", f"{way}.")
            for n, row in enumerate((held + blank)[:count])
        ]

    def _at(self, name: str) -> Any:
        found: Any = self.values
        for step in name.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found


def _choosing(kind: Kind, options: Options) -> str:
    if kind in {Kind.CHOICES, Kind.IDS}:
        return "checkboxes"
    return "radios" if len(options) <= FEW else "select"


def shown(kind: Kind, value: Any) -> Any:
    """A value as it is typed; one that could not be read as it was sent."""
    match kind, value:
        case ((Kind.CHOICES | Kind.IDS), _):
            return [str(each) for each in value or ()]
        case _, None:
            return ""
        case _, list():
            return "\n".join(_typed(str(each)) for each in value)
        case Kind.MOMENT, str():
            return _moment(value)
        case Kind.DOCUMENT, dict():
            return json.dumps(value, indent=2, ensure_ascii=False)
        case _:
            return _shown(value)


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}".replace(".", ",")
        case _:
            return _typed(str(value))


def _typed(text: str) -> str:
    """Whatever is a day is written as one."""
    try:
        return typed_day(text) if DAY_TEXT.fullmatch(text) else text
    except ValueError:
        return text


def _moment(text: str) -> tuple[str, str]:
    try:
        found = local(text)
    except ValueError:
        day, _, time = text.rpartition(" ")
        return day, time
    except OverflowError:  # in no calendar of ours; as it was typed
        found = datetime.fromisoformat(text)
    return f"{found:%d-%m}-{found.year:04}", f"{found:%H:%M}"


def faults_by_name(told: Told) -> dict[str, str]:
    """What is wrong, in Dutch, by the name of the field that it is about."""
    return {
        fault["pointer"].removeprefix("#").strip("/").replace("/", "."): words.fault(
            fault["code"], fault["detail"]
        )
        for fault in problem_of(told).get("errors", ())
        if fault["in"] == "body"
    }


def in_order(faults: Mapping[str, str], asked: Iterable[Asked]) -> dict[str, str]:
    """As the questions stand on the page; what is about none of them comes last."""
    place = {name: at for at, name in enumerate(labels_of(asked))}
    return dict(sorted(faults.items(), key=lambda fault: place.get(fault[0], len(place))))


def labels_of(asked: Iterable[Asked]) -> dict[str, str]:
    """How each question is called, by the name of its field."""
    found: dict[str, str] = {}
    for each in asked:
        found[each.name] = each.label
        for within in (each.fields, *each.rows):
            found |= labels_of(within)
    return found
