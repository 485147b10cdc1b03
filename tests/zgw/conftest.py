"""A served Trede, a case system, and the adapter between them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.processes import serving
from tests.databases import TestDatabase
from tests.zgw.connecting import Connected, put, told
from tests.zgw.server import CaseSystem, case_system
from tests.zgw.world import World, played


@pytest.fixture(scope="module")
def world(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("faults")
    with serving(module_database, folder) as [address]:
        yield asyncio.run(played(module_database, folder, address))


@pytest.fixture
def system() -> Iterator[CaseSystem]:
    with case_system() as here:
        yield here


@pytest.fixture
def adapter(world: World, system: CaseSystem, tmp_path: Path) -> Iterator[Connected]:
    connected = Connected(put(tmp_path, told(system, world.trede)), system)
    yield connected
    connected.stop()
