"""`python -m app audit`: an export of the access log, and checking one, for an outsider."""

import argparse
import asyncio
import os
import sys
from pathlib import Path
from uuid import UUID

from app.access.sealed.auditing import Report, verify
from app.access.sealed.exporting import ExportRefusedError, export
from app.access.sealed.proofs import published
from app.platform.db import engine
from app.platform.settings import Settings
from app.platform.transparency.notes import NoteError, VerifierKey
from app.startup import Ready, make_ready
from app.wiring import log_key


def add_commands(audit: argparse.ArgumentParser) -> None:
    acts = audit.add_subparsers(dest="act", required=True)
    check = acts.add_parser("verify", help="check an export; needs no database and no secret")
    check.add_argument("export", type=Path)
    check.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        help="a file, kept earlier; again for more",
    )
    check.add_argument("--key", help="the verifier key of the log that you kept: itself or a file")
    out = acts.add_parser("export", help="write what an auditor needs")
    out.add_argument("--for", dest="membership", type=UUID, required=True, help="whose audit it is")
    out.add_argument("--to", type=Path, required=True)
    acts.add_parser("checkpoint", help="print the last checkpoint, to be kept elsewhere")


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """One of the audit commands; the exit code."""
    if asked.act == "verify":
        return _verify(asked)
    ready = make_ready(settings)
    try:
        if asked.act == "export":
            return asyncio.run(_export(ready, settings, asked.membership, asked.to))
        return asyncio.run(_checkpoint(ready, settings.database_name))
    finally:
        ready.stop()


def _verify(asked: argparse.Namespace) -> int:
    try:
        key = _key(asked.key) if asked.key else None
        notes = [path.read_text(encoding="utf-8") for path in asked.checkpoint]
        with asked.export.open(encoding="utf-8") as lines:
            report = verify(lines, notes, key)
    except (NoteError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"This cannot be read: {error}\n")
        return 2
    _tell(report, len(notes), trusted=key is not None)
    return 1 if report.findings else 0


def _key(given: str) -> VerifierKey:
    """The key itself or a file that holds it, as it was kept. Raises NoteError, OSError."""
    path = Path(given)
    return VerifierKey.parse(path.read_text(encoding="utf-8") if path.is_file() else given)


def _tell(report: Report, notes: int, *, trusted: bool) -> None:
    for finding in report.findings:
        sys.stdout.write(f"{finding.kind}: {finding.words}\n")
    sys.stdout.write(
        f"{report.size} leaves, {report.opened} entries opened and compared with their leaf;"
        f" {report.agreed} earlier checkpoints agree.\n"
    )
    if report.key is not None and not trusted:
        sys.stdout.write(f"Compare the key with the one you were given: {report.key}\n")
    if not notes:
        sys.stdout.write("No earlier checkpoint: only that the export fits itself was checked.\n")


async def _export(ready: Ready, settings: Settings, membership: UUID, to: Path) -> int:
    """Whole or not at all, and readable by who made it only."""
    owner, draft = engine(ready.owner, pool_size=1), to.with_name(f".{to.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "w", encoding="utf-8") as file:
            opened = await export(owner, membership, log_key(settings), file.write)
        draft.rename(to)
    except ExportRefusedError as refused:
        sys.stderr.write(f"No export: {refused}.\n")
        return 1
    finally:
        draft.unlink(missing_ok=True)
        await owner.dispose()
    sys.stdout.write(f"{opened} entries opened in {to}\n")
    return 0


async def _checkpoint(ready: Ready, name: str) -> int:
    """The database is named where nothing is found: the demo has one of its own."""
    reader = engine(ready.logins.reader, pool_size=1)
    try:
        async with reader.begin() as db:
            found = await published(db, 0)
    finally:
        await reader.dispose()
    if found is None:
        sys.stderr.write(f"Nothing is sealed yet in {name}.\n")
        return 1
    sys.stdout.write(found.note)
    return 0
