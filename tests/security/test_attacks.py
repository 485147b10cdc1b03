"""The list of attacks is whole, and every test that it names exists, once."""

import ast
from collections import Counter
from pathlib import Path

from tests.security.attacks import ATTACKS, NOT_APPLICABLE

NUMBERS = range(1, 65)


def test_every_attack_has_a_test_or_a_reason() -> None:
    assert sorted([*ATTACKS, *NOT_APPLICABLE]) == list(NUMBERS)
    assert all(ATTACKS.values())
    assert all(len(reason) > 40 for reason in NOT_APPLICABLE.values())


def test_every_test_that_is_named_exists() -> None:
    made = Counter(
        node.name
        for path in Path(__file__).parents[1].rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    named = {name for names in ATTACKS.values() for name in names}
    assert {name: made[name] for name in named if made[name] != 1} == {}
