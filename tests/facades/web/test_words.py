"""Every word of the contract has a Dutch one on the pages, and none stands there unused."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.privacy.rules.oddities import RULES
from app.domain.privacy.rules.retention import retention
from app.facades.contract import Contract
from app.facades.web.forms.fields import Field, fields_of
from app.facades.web.words.files import rows_of
from app.facades.web.words.reading import EVERY, act, hint, label, source, stem, value, values

CONTRACT = json.loads(Path("openapi/openapi.json").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
FIELDS = [(schema, name) for schema, told in SCHEMAS.items() for name in told.get("properties", {})]
METHODS = {"get", "post", "put", "patch", "delete"}
OPERATIONS = {
    f"{method.upper()} {path}": method
    for path, methods in CONTRACT["paths"].items()
    for method in methods
    if method in METHODS
}
ONLY_ON_PAGES = {"boolean"}
"""Lists of which the contract knows no codes."""
LONGEST_LABEL, LONGEST_HINT = 60, 15


def codes_of(told: Any) -> list[str] | None:
    """The values of a property that has a closed list of its own, not that of a named schema."""
    for part in [told, told.get("items", {}), *told.get("anyOf", []), *told.get("oneOf", [])]:
        if "enum" in part:
            return [str(code) for code in part["enum"] if code is not None]
        if "const" in part:
            return [str(part["const"])]
    return None


def kinds() -> Iterator[str]:
    """The names under which a form asks for the kind of something that has kinds."""
    for schema, told in SCHEMAS.items():
        for name, property_ in told.get("properties", {}).items():
            tag = {**property_, **property_.get("items", {})}.get("discriminator")
            if tag is not None:
                yield f"{schema}.{name}.{tag['propertyName']}"


def lists() -> Iterator[tuple[str, list[str]]]:
    """Every closed list of the contract, by the name under which the words stand."""
    for schema, told in SCHEMAS.items():
        if "enum" in told:
            yield schema, told["enum"]
        for name, property_ in told.get("properties", {}).items():
            codes = codes_of(property_)
            if codes is not None:
                yield f"{schema}.{name}", codes


def test_every_field_of_the_contract_has_a_dutch_label_that_is_not_its_own_name() -> None:
    for schema, name in FIELDS:
        words = label(schema, name)
        assert 0 < len(words) <= LONGEST_LABEL, (schema, name)
        assert words.casefold() != name.casefold(), (schema, name)


def test_a_hint_is_one_short_sentence() -> None:
    for schema, name in FIELDS:
        words = hint(schema, name)
        if words is not None:
            assert words.endswith("."), (schema, name)
            assert len(words.split()) <= LONGEST_HINT, (schema, name)


def test_no_words_of_a_field_stand_unused_or_twice() -> None:
    rows = [(row["schema"], row["field"]) for row in rows_of("fields.csv")]
    assert len(rows) == len(set(rows))
    of_schemas = {
        place for schema, name in FIELDS for place in ((schema, name), (stem(schema), name))
    }
    for schema, name in rows:
        assert (schema, name) in of_schemas or schema == EVERY, (schema, name)
    names = {name for _, name in FIELDS}
    assert {name for schema, name in rows if schema == EVERY} == names


def test_an_unknown_field_has_no_words() -> None:
    with pytest.raises(KeyError):
        label("ContactIn", "noSuchField")


def test_every_closed_list_has_dutch_words_in_the_order_of_the_contract() -> None:
    for name, codes in lists():
        assert list(values(name)) == codes, name
        assert all(values(name).values()), name


def test_the_kinds_of_what_has_kinds_have_words() -> None:
    assert value("EarlyWarningPlanIn.content.kind", "crisis_card") == "Crisiskaart"
    assert all(values(name) for name in kinds())


def named(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields of a form, and those inside them."""
    for each in fields:
        yield each
        yield from named(each.fields)
        for variant in each.variants.values():
            yield from named(variant)


def test_a_form_of_any_schema_finds_words_for_all_it_asks() -> None:
    contract = Contract(CONTRACT)
    for schema in {schema for schema, _ in FIELDS}:
        for each in named(fields_of(contract, schema)):
            assert label(each.owner, each.name)
            assert all(value(each.words, str(option)) for option in each.options), each.words


def test_no_list_stands_unused() -> None:
    known = {name for name, _ in lists()} | {f"{schema}.{name}" for schema, name in FIELDS}
    known |= set(kinds())
    told = {row["list"] for name in ("lists.csv", "values.csv") for row in rows_of(name)}
    assert told <= known | ONLY_ON_PAGES


def test_why_something_is_kept_and_why_a_look_is_odd_is_told_in_dutch() -> None:
    assert all(value("RetainedOut.source", each.source) for each in retention().values())
    assert (
        source("Archiefbesluit van de eigen instelling") == "Archiefbesluit van de eigen instelling"
    )
    for rule in RULES.values():
        assert value("RuleOut.words", rule.words)
        assert value("RuleOut.source", rule.source)


def test_the_rungs_have_their_official_names() -> None:
    assert list(values("rung")) == ["1", "2", "3", "4", "5", "6"]
    assert value("rung", "4") == "Onbetaald werk"


@pytest.mark.parametrize(("name", "code"), [("NoSuchList", "a"), ("Role", "no_such_role")])
def test_a_wrong_list_or_value_does_not_go_unnoticed(name: str, code: str) -> None:
    with pytest.raises(KeyError):
        value(name, code)


def test_every_operation_has_a_title_and_every_act_a_button_and_an_end() -> None:
    assert [row["operation"] for row in rows_of("acts.csv")] == list(OPERATIONS)
    for operation, method in OPERATIONS.items():
        words = act(operation)
        assert words.title, operation
        assert bool(words.button) is (method != "get"), operation
        only_shows = method == "get" or "/_" in operation
        assert words.done.endswith(".") is not only_shows, operation
