"""Texts of a table become what a schema asks for: numbers, yes and no, and Dutch days."""

import re
from typing import Any

from app.facades.contract import Contract
from app.facades.operations import Json

FLAGS = {"true": True, "waar": True, "ja": True, "false": False, "onwaar": False, "nee": False}
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
NUMBER = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,10})?")
DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")


def typed(contract: Contract, node: Json, value: Any) -> Any:
    """The value as this schema reads it; a text that does not fit stays one, to be refused."""
    options = list(_options(contract, node))
    if isinstance(value, dict):
        known: Json = {}
        for option in options:
            known |= option.get("properties", {})
        return {name: typed(contract, known.get(name, {}), each) for name, each in value.items()}
    if isinstance(value, list):
        items: Json = next((option["items"] for option in options if "items" in option), {})
        return [typed(contract, items, each) for each in value]
    if any("items" in option for option in options) and isinstance(value, str):
        return [typed(contract, {"anyOf": options}, each) for each in value.split("|")]
    return _read(options, value) if isinstance(value, str) else value


def _options(contract: Contract, node: Json) -> list[Json]:
    _, found = contract.resolved(node)
    several = found.get("anyOf", found.get("oneOf"))
    if several is None:
        return [found]
    return [option for each in several for option in _options(contract, each)]


def _read(options: list[Json], text: str) -> Any:
    for option in options:
        told, form = option.get("type"), option.get("format")
        kinds = told if isinstance(told, list) else [told]
        if "boolean" in kinds and text.lower() in FLAGS:
            return FLAGS[text.lower()]
        if "integer" in kinds and WHOLE.fullmatch(text):
            return int(text)
        if "number" in kinds and NUMBER.fullmatch(text):
            return float(text.replace(",", "."))
        if form == "date" and (day := DUTCH_DAY.fullmatch(text)):
            return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
    return text
