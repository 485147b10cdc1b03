"""The texts that a client reads before saying yes: frozen per version, one per kind and recipient.

Source: GDPR 7(1) and 7(2): whoever asks must be able to show what was shown, in plain words.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.access.vocabulary import PERSONS, Category, Role
from app.domain.consent.rules.giving import shareable

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Sentence:
    """What this recipient may see after a yes, in one sentence."""

    category: Category
    role: Role
    text: str


@dataclass(frozen=True)
class ConsentText:
    """One version; `digest` (SHA-256 of its file) proves later what was shown."""

    version: str
    language: str
    valid_from: date
    introduction: str
    sentences: tuple[Sentence, ...]
    closing: tuple[str, ...]
    digest: str


@cache
def versions() -> dict[str, ConsentText]:
    """All versions by name, the oldest first; one that was shown is never changed or removed."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}


def _read(path: Path) -> ConsentText:
    raw = path.read_bytes()
    content = json.loads(raw)
    whats = {Category(name): words for name, words in content["categories"].items()}
    whos = {Role(name): words for name, words in content["recipients"].items()}
    template: str = content["sentence"]
    return ConsentText(
        version=path.stem,
        language=content["language"],
        valid_from=date.fromisoformat(content["validFrom"]),
        introduction=content["introduction"],
        sentences=tuple(
            Sentence(category, role, template.format(who=whos[role], what=whats[category]))
            for role in Role
            if role not in PERSONS
            for category in Category
            if category in shareable(role, 1)
        ),
        closing=tuple(content["closing"]),
        digest=hashlib.sha256(raw).hexdigest(),
    )
