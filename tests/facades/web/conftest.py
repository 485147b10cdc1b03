"""Browsers for the pages."""

from collections.abc import AsyncIterator

import pytest

from tests.build.stage import Stage
from tests.facades.web.logging_in import Browser, provided


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    with provided(stage):
        yield Browser(stage.http)
