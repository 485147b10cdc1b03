"""Addresses of our own resources are told as they are held; another server's name nothing here."""

from collections.abc import Iterable
from typing import Any


def held(value: str, base: str) -> str:
    """`Type/id` for an address under ours; anything else as it is."""
    return value.removeprefix(f"{base}/")


def with_held(sent: Any, base: str) -> Any:
    """A resource, or a part of it, with each reference to one of ours as `Type/id`."""
    if isinstance(sent, list):
        return [with_held(each, base) for each in sent]
    if not isinstance(sent, dict):
        return sent
    return {name: _value(name, inner, base) for name, inner in sent.items()}


def _value(name: str, inner: Any, base: str) -> Any:
    is_told = name == "reference" and isinstance(inner, str)
    return held(inner, base) if is_told else with_held(inner, base)


def words_held(pairs: Iterable[tuple[str, str]], base: str) -> list[tuple[str, str]]:
    """The same for the words of a search."""
    return [(name, held(value, base)) for name, value in pairs]
