"""A viewer gets the same answers whatever the hidden holds; and a hunter that would notice."""

import asyncio
from pathlib import Path

import pytest

from app.platform.postgres import Server
from tests.databases import TestDatabase, copy_of_template
from tests.leaks.campaign import Campaign, campaign
from tests.leaks.channels import WEIGHTS
from tests.leaks.planted import PLANTED
from tests.leaks.script import KINDS

HUNTED = pytest.mark.xdist_group("leaks")
PROVED = pytest.mark.xdist_group("planted leaks")
REQUESTS = 50
SEEDS = (1,)
HIDDEN = (
    ("rewritten", "expert"),
    ("rewritten", "coach"),
    ("rewritten", "clinician"),
    ("rewritten", "alfa"),
    ("removed", "physician"),
)
ENDED = (("withdrawn", "coach"), ("links ended", "coach"), ("erased", "clinician"))
STATUSES = {200, 201, 304, 400, 403, 404, 405, 409}


async def _clean(database: TestDatabase, folder: Path) -> Campaign:
    async with campaign(database, folder) as hunted:
        for form, viewer in (*HIDDEN, *ENDED):
            await hunted.clean(form, viewer, SEEDS, REQUESTS)
        return hunted


async def _proved(database: TestDatabase, folder: Path) -> Campaign:
    async with campaign(database, folder) as hunted:
        await hunted.prove(seed=5, requests=60)
        return hunted


@pytest.fixture(scope="module")
def clean(cluster: Server, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    with copy_of_template(cluster) as database:
        return asyncio.run(_clean(database, tmp_path_factory.mktemp("leaks")))


@pytest.fixture(scope="module")
def proved(cluster: Server, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    with copy_of_template(cluster) as database:
        return asyncio.run(_proved(database, tmp_path_factory.mktemp("planted")))


@HUNTED
def test_no_answer_differs_by_what_its_reader_may_not_see(clean: Campaign) -> None:
    assert [str(leak) for leak in clean.leaks] == []


@HUNTED
def test_the_scripts_reached_what_could_leak(clean: Campaign) -> None:
    tally = clean.tally
    assert tally.kinds.keys() == KINDS.keys()
    assert tally.statuses.keys() >= STATUSES
    assert tally.failures == 0
    assert min(tally.kinds[name] for name in WEIGHTS) > 10
    assert min(tally.told[name] for name in WEIGHTS) > 0
    assert min(tally.asked[name] for name in ("A", "B", "hidden", "rows compared")) > 20
    assert tally.items > 50
    assert tally.statements > tally.requests
    assert tally.rows > tally.requests


@HUNTED
def test_no_request_reads_a_whole_table_of_what_everybody_has_in_it(clean: Campaign) -> None:
    assert clean.tally.scanned == {}


@PROVED
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_found(proved: Campaign, name: str) -> None:
    assert proved.planted[name] is not None
