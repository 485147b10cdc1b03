"""Browsers for the pages, and a world that was lived in for all that only looks."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.platform.postgres import Server
from tests.build.stage import Stage
from tests.databases import copy_of_template
from tests.facades.web.living import Lived, living
from tests.facades.web.logging_in import Browser, provided


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    with provided(stage):
        yield Browser(stage.http)


@pytest.fixture(scope="session")
def lived(cluster: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Played and walked through once; tests that ask for it are in one group."""
    with (
        copy_of_template(cluster) as database,
        living(database, tmp_path_factory.mktemp("lived")) as found,
    ):
        yield found
