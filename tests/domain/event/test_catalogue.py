"""The list of what can be told is closed: what is announced is in it, or silent for a reason."""

import ast
import json
from pathlib import Path

import pytest

from app import tables
from app.access.versions import Versioned
from app.domain.application.rules import Paper
from app.domain.event.rules.catalogue import MOVES, SILENT, Kind, is_silent, kinds, types
from tests.build.stage import Stage

APP = Path(__file__).parents[3] / "app"
CONTRACT = json.loads((APP.parent / "openapi" / "openapi.json").read_text(encoding="utf-8"))
ALTERNATIVES = {
    "event": {
        *("emergency_access.opened", "emergency_access.reviewed"),
        *("account_link.made", "account_link.ended"),
    },
    "verb": {
        *("consent.given", "conversation_consent.given", "consent.withdrawn"),
        *("placement.agreed", "placement.ended"),
        *("concern.reported", "concern.followed_up"),
    },
    "TOLD": {"client.policy_changed"},
    "f'application.{kind.value}'": {f"application.{paper.value}" for paper in Paper},
    "f'transition.{to.value}'": {f"transition.{move}" for move in MOVES},
    "f'{table.__tablename__}.ended'": {"representative.ended", "supporter.ended"},
    "f'{table.__tablename__}.released'": {"work_capacity.released", "work_advice.released"},
}
"""What a verb that is put together can come to."""


def announced() -> set[str]:
    """The verbs of all calls of `announce`, as they are written."""
    found: set[str] = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("announce")
            if isinstance(node, ast.Call) and called:
                verb = node.args[1]
                found.add(str(verb.value) if isinstance(verb, ast.Constant) else ast.unparse(verb))
    return found


def recorded() -> set[str]:
    tables.load()
    versioned = (t for t in tables.client_records() if issubclass(t, Versioned))
    return {f"{table.__tablename__}.recorded" for table in versioned} | {
        *("representative.recorded", "supporter.recorded"),
    }


def possible() -> set[str]:
    found: set[str] = set()
    for verb in announced():
        if verb.isidentifier() or verb.startswith("f'"):
            found |= recorded() if verb.endswith(".recorded'") else ALTERNATIVES[verb]
        else:
            found.add(verb)
    # A measurement has a verb of its own.
    return found - {"ladder_measurement.recorded"}


def test_all_that_is_announced_is_in_the_list_or_silent_for_a_reason() -> None:
    known = {verb for verb in possible() if not is_silent(verb)}
    assert known == set(kinds())


def test_nothing_is_called_silent_that_nobody_announces() -> None:
    prefixes = {verb.partition(".")[0] for verb in possible()} | possible()
    kept = {"employer_site", "employer_person", "employer_note", "employer_contact"}
    assert set(SILENT) <= prefixes | kept | {"workplace_scan"}


@pytest.mark.parametrize("kind", kinds().values(), ids=str)
def test_each_kind_names_the_category_of_its_table_and_a_path_of_the_contract(kind: Kind) -> None:
    tables.load()
    table = next(t for t in tables.client_records() if t.__tablename__ == kind.table)
    assert table.__category__ is kind.category
    shape = [part if "{" not in part else "{}" for part in kind.path.split("/")]
    paths = {
        tuple(part if "{" not in part else "{}" for part in path.split("/")): methods
        for path, methods in CONTRACT["paths"].items()
    }
    assert "get" in paths[tuple(shape)], kind.path


def test_a_type_says_the_plural_and_the_verb_in_reverse_domain_notation() -> None:
    assert len(types()) == len(kinds())
    for name in types():
        assert name.startswith("nl.trede.")
        assert all(part.replace("-", "").isalnum() and part.islower() for part in name.split("."))


async def test_whoever_wants_events_finds_what_there_is_without_logging_in(stage: Stage) -> None:
    answer = await stage.http.get("/v1/reference/event-types")
    found = {item["type"]: item for item in answer.json()["items"]}
    assert found.keys() == types().keys()
    assert all(item["meaning"] and item["dataref"].startswith("/v1/") for item in found.values())
