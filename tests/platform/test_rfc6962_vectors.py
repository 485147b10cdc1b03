"""Proofs of others: the public vectors of RFC 6962 judge what our verifier accepts."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from app.platform.transparency.verifying import is_consistent, is_included
from tests.outside import outside

VECTORS = outside("rfc6962") / "testdata"
INCLUSION = sorted((VECTORS / "inclusion").rglob("*.json"))
CONSISTENCY = sorted((VECTORS / "consistency").rglob("*.json"))


def told(case: dict[str, Any], name: str) -> bytes:
    return b64decode(case[name] or "")


def proof(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(part) for part in case["proof"] or []]


def test_all_vectors_are_there() -> None:
    assert len(INCLUSION) + len(CONSISTENCY) == 196


@pytest.mark.parametrize("path", INCLUSION, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_inclusion_proof_is_accepted_when_the_vector_says_so(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    place = case["leafIdx"], case["treeSize"]
    held = is_included(told(case, "leafHash"), *place, proof(case), told(case, "root"))
    assert held is not case["wantErr"], case["desc"]


@pytest.mark.parametrize("path", CONSISTENCY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_consistency_proof_is_accepted_when_the_vector_says_so(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    sizes = case["size1"], case["size2"]
    held = is_consistent(*sizes, told(case, "root1"), told(case, "root2"), proof(case))
    assert held is not case["wantErr"], case["desc"]
