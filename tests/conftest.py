"""One embedded PostgreSQL per test run, shared by all workers; a fresh database per test."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.platform.postgres import PostgresError, Server
from app.platform.postgres import remove as remove_cluster
from app.platform.postgres import start as start_cluster
from app.platform.postgres.locks import only_one, try_alone
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase, copy_of_template, make_template

FOLDER = "TREDE_TEST_CLUSTER"
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - a test run of its own
"""A copied database is a thousand small files, five times as cheap where no disk is behind them."""
PREFIX = f"trede-test-{os.geteuid()}-"
CLAIM: pytest.StashKey[int | None] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder before xdist starts its workers: they inherit the environment.

    A run that another one started uses the server of that one.
    """
    if not hasattr(config, "workerinput") and FOLDER not in os.environ:
        _sweep()
        folder = Path(_roomy(), f"{PREFIX}{secrets.token_hex(6)}")
        config.stash[CLAIM] = try_alone(folder.with_suffix(".lock"))
        os.environ[FOLDER] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that started the workers outlives them all."""
    claim = config.stash.get(CLAIM, None)
    if claim is not None:
        _remove(Path(os.environ[FOLDER]))
        os.close(claim)


def _roomy() -> Path:
    """Where the server of this run is: in memory, where that is large enough."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if in_memory else Path(tempfile.gettempdir())


def _sweep() -> None:
    """Remove what killed runs left behind: their claim ended with them."""
    places = (Path(tempfile.gettempdir()), MEMORY)
    for claimed in (path for place in places for path in place.glob(f"{PREFIX}*.lock")):
        claim = try_alone(claimed)
        if claim is not None:
            with contextlib.suppress(PostgresError, OSError):
                _remove(claimed.with_suffix(""))
            os.close(claim)


def _remove(folder: Path) -> None:
    if folder.exists() and not remove_cluster(folder):
        return  # a worker still uses it; the next run sweeps it
    folder.with_suffix(".lock").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """The server of this run, with the template database migrated once."""
    folder = Path(os.environ[FOLDER])
    server = start_cluster(folder, durable=False)
    try:
        with only_one(folder / "template.lock"):
            make_template(server)
        yield server
    finally:
        server.stop()


@pytest.fixture
def database(cluster: Server) -> Iterator[TestDatabase]:
    """A fresh migrated database for this test alone."""
    with copy_of_template(cluster) as copy:
        yield copy


@pytest.fixture(scope="module")
def module_database(cluster: Server) -> Iterator[TestDatabase]:
    """One database for a module whose tests do not disturb each other; cheaper."""
    with copy_of_template(cluster) as copy:
        yield copy


@pytest.fixture
async def stage(database: TestDatabase, tmp_path: Path) -> AsyncIterator[Stage]:
    """The application on a fresh database, with the parties of trajectory H1."""
    async with on_stage(database, tmp_path) as ready:
        yield ready
