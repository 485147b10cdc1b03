"""`python -m app zgw`: check a file, keep the case system up to date, or tell what was refused."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.platform.postgres.locks import try_alone
from app.zgw.calls import LaterError, ShutError
from app.zgw.checking import misfits
from app.zgw.keeping import Keeper
from app.zgw.reading import read
from app.zgw.running import Adapter
from app.zgw.settings import UnfitError, ZgwFile
from app.zgw.trying import faults_of, shut_out
from app.zgw.zaken import Zaken

DONE, WAITS, UNFIT = 0, 1, 2


def add_commands(zgw: argparse.ArgumentParser) -> None:
    acts = zgw.add_subparsers(dest="act", required=True)
    for name, words in (
        ("check", "whether the file, the catalogue and both logins fit; writes nothing"),
        ("run", "keep the case system up to date"),
        ("letters", "what was refused, by trajectory and by name of what was wrong"),
    ):
        act = acts.add_parser(name, help=words)
        act.add_argument("file", type=Path)
        if name == "run":
            act.add_argument("--once", action="store_true", help="one round, and stop")
            act.add_argument("--every", type=float, default=30.0, help="seconds between rounds")


def run(asked: argparse.Namespace) -> int:
    """0: done. 1: something waits. 2: the file does not fit, or who it names."""
    try:
        file = read(asked.file)
        if asked.act == "letters":
            return _letters(file)
        with closing(Zaken(file.zgw)) as zaken:
            if asked.act == "check":
                return _told(_checked(file, zaken))
            found = _misfits(file, zaken)
            return _told(found) if found else _run(file, zaken, asked)
    except UnfitError as error:
        sys.stderr.write(f"{error}\n")
        return UNFIT
    except (LaterError, ShutError) as error:
        sys.stderr.write(f"{error}\n")
        return WAITS


def _misfits(file: ZgwFile, zaken: Zaken) -> list[str]:
    return misfits(file, zaken, datetime.now(UTC).date())


def _checked(file: ZgwFile, zaken: Zaken) -> list[str]:
    """Of the catalogue and of both sides, also where one of them is not there."""
    found: list[str] = []
    unasked = faults_of(lambda: found.extend(_misfits(file, zaken)))
    return [*found, *unasked, *shut_out(file, zaken)]


def _told(found: list[str]) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in found) or "Everything fits.\n")
    return UNFIT if found else DONE


def _run(file: ZgwFile, zaken: Zaken, asked: argparse.Namespace) -> int:
    with _alone(file.state) as alone:
        if not alone:
            sys.stderr.write("Another adapter runs in this folder.\n")
            return WAITS
        keeper = Keeper(file.state)
        with closing(Adapter(file, zaken, keeper)) as adapter:
            while True:
                done = adapter.round()
                if asked.once:
                    return DONE if done and not keeper.kept.letters else WAITS
                time.sleep(asked.every)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = try_alone(folder / "lock")
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


def _letters(file: ZgwFile) -> int:
    for trajectory, letter in Keeper(file.state).kept.letters.items():
        what = f"{letter.where} {letter.status} {' '.join(letter.names)}".rstrip()
        sys.stdout.write(f"{trajectory}: {what} ({letter.at:%Y-%m-%d})\n")
    return DONE
