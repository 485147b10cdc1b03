"""`python -m app keys`: another key that wraps, and taking the old ones off the ring for good."""

import argparse
import asyncio
import sys
from pathlib import Path

from app.access.envelope import rewrapping
from app.platform.db import Engine, engine
from app.platform.security.keyring import KeyRing, add_key, keep_newest
from app.platform.settings import Settings
from app.startup import make_ready
from app.wiring import key_ring, ring_of


def add_commands(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("rotate", help="a new key wraps; every data key is wrapped anew under it")
    acts.add_parser(
        "retire", help="take the old keys off: backups from before the rotation lose what is sealed"
    )


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """One of the commands; the exit code. What is running follows the file of the ring."""
    ready = make_ready(settings)
    try:
        if asked.act == "rotate":
            add_key(key_ring(settings))
        return asyncio.run(_carry_out(asked.act, ready.owner, settings))
    finally:
        ready.stop()


async def _carry_out(act: str, owner: str, settings: Settings) -> int:
    ring, db = ring_of(settings), engine(owner, pool_size=1)
    try:
        rotating = act == "rotate"
        return await (_rotate(db, ring) if rotating else _retire(db, ring, key_ring(settings)))
    finally:
        await db.dispose()


async def _rotate(owner: Engine, ring: KeyRing) -> int:
    count = await rewrapping.rewrap(owner, ring)
    sys.stdout.write(
        f"{count} data keys are wrapped anew; what is running goes on with the new key.\n"
    )
    return 0


async def _retire(owner: Engine, ring: KeyRing, path: Path) -> int:
    behind = await rewrapping.behind(owner, ring)
    if behind:
        sys.stderr.write(f"{behind} data keys still need an old key: run `keys rotate` first.\n")
        return 1
    keep_newest(path)
    sys.stdout.write("Only the newest key is left on the ring.\n")
    return 0
