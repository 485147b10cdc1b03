"""What an auditor checks with an export and earlier checkpoints: no database, no secret, no trust.

The leaves must give every root that was ever signed, and each opened entry must be its leaf.
"""

import json
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.access.log import canonical, commitment
from app.access.sealed.exporting import FORMAT
from app.platform.transparency.notes import Checkpoint, NoteError, VerifierKey
from app.platform.transparency.tree import HASH_BYTES, Growing, leaf_hash


class Kind(StrEnum):
    """What can be wrong with a log."""

    MALFORMED = "malformed"
    FORGED = "forged"
    EDITED = "edited"
    MISSING = "missing"
    FOREIGN = "foreign"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    SPLIT_VIEW = "split_view"


@dataclass(frozen=True)
class Finding:
    kind: Kind
    words: str


@dataclass
class Report:
    """What was checked and what was found; no finding means that it all holds."""

    findings: list[Finding] = field(default_factory=list)
    key: VerifierKey | None = None
    size: int = 0
    opened: int = 0
    agreed: int = 0
    next: int = 0
    """The index that the following leaf must have."""

    def tell(self, kind: Kind, words: str) -> None:
        self.findings.append(Finding(kind, words))

    @property
    def kinds(self) -> set[Kind]:
        return {finding.kind for finding in self.findings}


class _Broken(Exception):
    """The export cannot be read on."""


def verify(
    lines: Iterable[str], earlier: Sequence[str] = (), key: VerifierKey | None = None
) -> Report:
    """Check an export against notes kept earlier, by oneself or by others.

    Without `key` the one in the export counts; the earlier notes must then be signed by it too.
    """
    report, lines = Report(), iter(lines)
    try:
        header = _json(next(lines, ""))
        key, signed = _signed(header, key, report)
        marks = _marks(report, key, signed, earlier)
        tree = Growing()
        for line in lines:
            _check(report, header, tree, _json(line))
            _compare(report, tree, marks)
    except _Broken as broken:
        report.tell(Kind.MALFORMED, str(broken))
        return report
    report.size = tree.size
    _end(report, tree, signed)
    return report


def _signed(
    header: dict[str, Any], key: VerifierKey | None, report: Report
) -> tuple[VerifierKey, Checkpoint]:
    """The checkpoint of the export itself."""
    if header.get("format") != FORMAT:
        raise _Broken("this is no export of an access log")
    try:
        report.key = key = key or VerifierKey.parse(str(header.get("verifierKey")))
        found = Checkpoint.parse(key.open(str(header.get("checkpoint"))))
    except NoteError as error:
        report.tell(Kind.FORGED, f"the checkpoint of the export: {error}")
        raise _Broken("without its checkpoint the export proves nothing") from None
    return key, found


def _marks(
    report: Report, key: VerifierKey, signed: Checkpoint, earlier: Sequence[str]
) -> dict[int, bytes]:
    """The root that each size must have, by notes of before; no two may contradict each other."""
    marks: dict[int, bytes] = {}
    for note in earlier:
        try:
            found = Checkpoint.parse(key.open(note))
        except NoteError as error:
            report.tell(Kind.FORGED, f"an earlier checkpoint: {error}")
            continue
        beside = signed.root if found.size == signed.size else found.root
        if found.origin != signed.origin:
            report.tell(Kind.FOREIGN, f"an earlier checkpoint is of another log: {found.origin}")
        elif {beside, marks.setdefault(found.size, found.root)} != {found.root}:
            report.tell(Kind.SPLIT_VIEW, f"two roots were signed for size {found.size}")
        elif found.size > signed.size:
            report.tell(Kind.TRUNCATED, f"{found.size} leaves were signed, {signed.size} are left")
    return marks


def _check(report: Report, header: dict[str, Any], tree: Growing, line: dict[str, Any]) -> None:
    """One leaf: in its place, and with the entry that it commits to."""
    index, leaf = line.get("index"), _bytes(line.get("leaf"))
    _place(report, index)
    if len(leaf) != HASH_BYTES:
        raise _Broken(f"leaf {index} is no hash")
    tree.add(leaf)
    organisation, content = header.get("organisationId"), line.get("content")
    if not isinstance(content, dict):
        if organisation is None:
            report.tell(Kind.MISSING, f"leaf {index} was sealed, and its entry is not there")
        return
    report.opened += 1
    if leaf_hash(commitment(_bytes(line.get("salt")), canonical(content))) != leaf:
        report.tell(Kind.EDITED, f"leaf {index} does not say what was sealed")
    if organisation not in {None, content.get("organisation_id")}:
        report.tell(Kind.FOREIGN, f"leaf {index} is not of the organisation of this export")


def _place(report: Report, index: object) -> None:
    """Each gap is told once; what comes after it is in its place again."""
    belongs = report.next
    if not isinstance(index, int):
        raise _Broken(f"the leaf after {belongs - 1} has no index")
    if index > belongs:
        report.tell(Kind.MISSING, f"{index - belongs} leaves are not there, from leaf {belongs}")
    elif index < belongs:
        report.tell(Kind.REORDERED, f"leaf {index} stands where {belongs} belongs")
    report.next = max(belongs, index + 1)


def _compare(report: Report, tree: Growing, marks: dict[int, bytes]) -> None:
    root = marks.get(tree.size)
    if root is None:
        return
    if tree.root() == root:
        report.agreed += 1
    else:
        report.tell(Kind.REWRITTEN, f"the first {tree.size} leaves are not those signed earlier")


def _end(report: Report, tree: Growing, signed: Checkpoint) -> None:
    if tree.size < signed.size:
        report.tell(Kind.TRUNCATED, f"{signed.size} leaves were signed, {tree.size} are given")
    elif tree.size > signed.size:
        report.tell(Kind.MALFORMED, f"{signed.size} leaves were signed, {tree.size} are given")
    elif tree.root() != signed.root:
        report.tell(Kind.REWRITTEN, "the leaves are not those of the checkpoint of the export")


def _json(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise _Broken("a line of the export is no JSON object")
    return value


def _bytes(value: object) -> bytes:
    try:
        return b64decode(str(value), validate=True)
    except ValueError:
        return b""
