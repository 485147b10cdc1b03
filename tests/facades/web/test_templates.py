"""What holds for every template, and for what is gathered for the look of the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from app.facades.web.rendering import TEMPLATES, environment

WEB = TEMPLATES.parent
SOURCES = sorted(TEMPLATES.rglob("*.html"))
MOST_WORDS = 20
FORBIDDEN = re.compile(
    r"""<style|\sstyle\s*=|[\s"']on[a-z]+\s*=|javascript:|hx-on|hx-vals=.js:|<script(?![^>]*\ssrc=)"""
)
LAID_APART = re.compile(
    r"</?(?:p|li|h\d|div|td|th|dt|dd|legend|label|option|title|summary|button|caption)\b[^>]*>"
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_has_nothing_that_the_policy_of_the_pages_stops(source: Path) -> None:
    written = re.sub(r"{%.*?%}", "", source.read_text("utf-8"), flags=re.DOTALL)
    assert FORBIDDEN.findall(written) == []


@pytest.mark.parametrize("name", environment().list_templates(["html"]))
def test_a_template_can_be_read_and_uses_only_parts_that_exist(name: str) -> None:
    tree = environment().parse(_text(name))
    environment().get_template(name)
    imported = {
        each.target: _macros(each.template.value)
        for each in tree.find_all(nodes.Import)
        if isinstance(each.template, nodes.Const)
    }
    used = [
        (each.node.name, each.attr)
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name) and each.node.name in imported
    ]
    assert [f"{alias}.{macro}" for alias, macro in used if macro not in imported[alias]] == []


@pytest.mark.parametrize("name", environment().list_templates(["html"]))
def test_a_sentence_on_a_page_has_at_most_twenty_words(name: str) -> None:
    assert [each for each in _sentences(_text(name)) if len(each.split()) > MOST_WORDS] == []


def test_the_lock_file_of_the_look_names_no_address() -> None:
    lock = (WEB / "npm" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock


def test_what_was_gathered_asks_for_nothing_elsewhere_and_says_whose_it_is() -> None:
    style = (WEB / "static" / "vendor" / "nlds.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
    assert "EUPL-1.2" in style[:200]
    assert {path.name for path in (WEB / "static" / "vendor").glob("LICENSE-*")} == {
        "LICENSE-design-tokens.md",
        "LICENSE-htmx.txt",
        "LICENSE-source-sans-3.txt",
        "LICENSE-utrecht.md",
    }


def _text(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _macros(template: str) -> set[str]:
    tree = environment().parse(_text(template))
    return {each.name for each in tree.find_all(nodes.Macro)}


def _sentences(source: str) -> Iterator[str]:
    """Sentences in the text between tags, and in the texts given to macros."""
    shown: list[str] = []
    for _, kind, value in environment().lex(source):
        if kind == "data":
            shown.append(value)
        elif kind == "variable_begin":
            shown.append("iets")
        elif kind == "block_begin":
            shown.append(". ")
        elif kind == "string" and " " in value:
            yield from _split(value.strip("\"'"))
    for part in LAID_APART.split("".join(shown)):
        yield from _split(re.sub(r"<[^>]*>", "", part, flags=re.DOTALL))


def _split(text: str) -> Iterator[str]:
    yield from (" ".join(each.split()) for each in re.split(r"[.?!:](?:\s|$)", text))
