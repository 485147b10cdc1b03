"""From referral to end: what a municipality's case system holds, over HTTP on both sides."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.alfa_municipal import MUNICIPAL
from tests.build.processes import serving
from tests.databases import TestDatabase
from tests.scenarios.playing import Playing, Promises
from tests.zgw.connecting import RSIN, Connected, connected, given_out
from tests.zgw.server import CaseSystem, case_system

BSN = "999990019"
OF_CARE = (
    *("ggz", "behandelaar-a1", "psycholo", "arts", "klantmanager", "coach-a1", "testclient"),
    *("hout", "anamnes", "advies", "ladder", "plan", "wgb", "participatiewet"),
    *("pauz", "paused", "goal", "1990-05", "diagnos", "medic", "houtplaats", "meubel"),
)
promises = Promises()
pytestmark = pytest.mark.xdist_group("zgw")


class Here:
    """What the promises have in common: one adapter that runs on, beside the play."""

    address: str
    system: CaseSystem
    folder: Path
    adapter: Connected | None = None


@pytest.fixture(scope="module")
def kept(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Exception | None]]:
    Here.folder = tmp_path_factory.mktemp("municipal")
    with serving(module_database, Here.folder) as [Here.address], case_system() as Here.system:
        yield promises.kept(module_database, Here.folder, MUNICIPAL, "alfa", "manager")
        if Here.adapter is not None:
            Here.adapter.stop()


async def followed(m: Playing) -> CaseSystem:
    """The adapter after one round of what was announced; it looks at everything once only."""
    if Here.adapter is None:
        folder = Here.folder / "adapter"
        Here.adapter = await connected(m, Here.address, Here.system, folder)
    given_out(m.stage)
    assert Here.adapter.next_round()
    assert Here.adapter.letters == []
    return Here.system


def names(system: CaseSystem) -> list[tuple[str, str]]:
    """Statuses by name and day, as they were made."""
    return [
        (one["statustype"].rpartition("/")[2], one["datumStatusGezet"][:10])
        for one in system.kept["statussen"]
    ]


def rollen(system: CaseSystem) -> dict[str, Any]:
    return {
        one["roltype"].rpartition("/")[2]: one["betrokkeneIdentificatie"]
        for one in system.kept["rollen"]
    }


@promises.on("2025-01-30")
async def a_referral_that_waits_is_no_zaak(m: Playing) -> None:
    assert (await followed(m)).got == []


@promises.on("2025-02-04")
async def an_accepted_referral_is_a_closed_off_zaak_that_says_nothing(m: Playing) -> None:
    system, trajectory = await followed(m), m.scene["trajectory"]
    (zaak,) = system.kept["zaken"]
    sent = json.loads(next(body for _, path, body in system.written if path.endswith("/zaken")))
    assert sent == {
        "zaaktype": zaak["zaaktype"],
        "bronorganisatie": RSIN,
        "verantwoordelijkeOrganisatie": RSIN,
        "identificatie": f"TREDE-{trajectory.replace('-', '')}",
        "kenmerken": [{"kenmerk": trajectory, "bron": "trede"}],
        "omschrijving": "Re-integratietraject",
        "startdatum": "2025-01-30",
        "vertrouwelijkheidaanduiding": "vertrouwelijk",
    }


@promises.on("2025-02-04")
async def the_municipality_is_in_charge_and_nobody_is_named(m: Playing) -> None:
    body = {"innNnpId": RSIN, "statutaireNaam": "Gemeente Proefgemeente"}
    assert rollen(await followed(m)) == {"body": body}


@promises.on("2025-03-04")
async def a_talk_about_work_is_a_status(m: Playing) -> None:
    assert names(await followed(m))[-1] == ("work_talk", "2025-03-04")


@promises.on("2025-03-11")
async def the_coach_is_told_by_organisation(m: Playing) -> None:
    assert rollen(await followed(m))["coach"] == {"statutaireNaam": "Re-integratie Proef BV"}


@promises.on("2025-04-07")
async def the_feed_alone_brings_every_moment_once_and_in_order(m: Playing) -> None:
    assert names(await followed(m)) == [
        ("referred", "2025-01-30"),
        ("referral_accepted", "2025-02-04"),
        ("work_talk", "2025-03-04"),
        ("coach_linked", "2025-03-11"),
        ("start_conversation_confirmed", "2025-04-07"),
    ]


@promises.on("2025-04-03")
async def a_start_conversation_that_is_not_confirmed_is_not_told(m: Playing) -> None:
    before = len(Here.system.written)
    await followed(m)
    assert len(Here.system.written) == before


@promises.on("2025-07-03")
async def a_review_and_a_ladder_are_not_told(m: Playing) -> None:
    before = len(Here.system.written)
    await followed(m)
    assert len(Here.system.written) == before


@promises.on("2026-04-03")
async def the_end_closes_the_zaak_after_its_result(m: Playing) -> None:
    system = await followed(m)
    (zaak,) = system.kept["zaken"]
    assert zaak["einddatum"] == "2026-04-03"
    assert [path.rpartition("/")[2] for _, path, _ in system.written][-2:] == [
        "resultaten",
        "statussen",
    ]
    assert names(system)[-1] == ("ended", "2026-04-03")


@promises.on("2026-04-03")
async def nothing_of_care_ever_left(m: Playing) -> None:
    system = await followed(m)
    sent = " ".join(body for _, _, body in system.written).lower()
    assert [word for word in OF_CARE if word in sent] == []
    asked = " ".join(f"{got.path}?{got.query} {got.headers}" for got in system.got)
    assert BSN not in asked
    assert BSN not in sent
    assert all(got.headers["traceparent"].startswith("00-") for got in system.got)


@promises.on("2026-04-03")
async def the_client_reads_that_the_case_system_looked(m: Playing) -> None:
    path = f"{m.scene.of_client}/access-log?pageSize=100"
    lines = (await m.stage.seen("alfa", path))["items"]
    looks = [line for line in lines if line["system"] == "Zaaksysteem"]
    assert {line["role"] for line in looks} == {"municipal_case_manager"}


@promises.on("2026-04-03")
async def one_trace_joins_what_was_read_here_and_written_there(m: Playing) -> None:
    system = await followed(m)
    written = {got.headers["traceparent"].split("-")[1] for got in system.got if got.writes}
    assert written
    with m.stage.straight() as db:
        found = db.execute("SELECT trace_id FROM access_log_entry")
        assert written <= {trace for (trace,) in found}


@promises.on("2026-04-03")
async def reading_everything_anew_writes_nothing(m: Playing) -> None:
    system = await followed(m)
    before = list(system.written)
    assert Here.adapter is not None
    (Here.adapter.file.state / "read.json").unlink()
    assert Here.adapter.round()
    assert system.written == before


@pytest.mark.parametrize("promise", promises.names)
def test_whole_path(kept: dict[str, Exception | None], promise: str) -> None:
    wrong = kept[promise]
    if wrong is not None:
        raise wrong
