"""A record system connects with a library of its own choice, over a real socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fhirpy import AsyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from tests.build.machines import system_of
from tests.build.stage import BSN, Stage
from tests.domain.trajectory.courses import started
from tests.facades.fhir.asking import FHIR
from tests.facades.fhir.test_writing import BSN_SYSTEM, patient


@contextlib.asynccontextmanager
async def served(stage: Stage) -> AsyncIterator[str]:
    config = uvicorn.Config(stage.app, port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{FHIR}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[AsyncFHIRClient]:
    """fhirpy, as the record system of the provider, for one of its clinicians."""
    system = await system_of(stage)
    token = await system.token()
    member = str(stage.parties["clinician"].membership)
    async with served(stage) as url:
        yield AsyncFHIRClient(
            url,
            authorization=f"Bearer {token}",
            extra_headers={"On-Behalf-Of": member},
            url_aliases=[f"{stage.http.base_url}".rstrip("/") + FHIR],
        )


async def test_a_record_system_reads_searches_and_writes(
    stage: Stage, client: AsyncFHIRClient
) -> None:
    course = await started(stage)
    episode = await client.reference("EpisodeOfCare", str(course.trajectory)).to_resource()
    assert episode["patient"]["reference"] == f"Patient/{course.client}"
    parties = await client.resources("Organization").limit(3).fetch_all()
    assert len(parties) == len(stage.organisations)
    made = client.resource("Patient", **{k: v for k, v in patient().items() if k[0] != "r"})
    await made.save()
    assert made.id is not None
    found = await client.resources("Patient").fetch_all()
    assert {each.id for each in found} == {made.id, str(course.client)}


async def test_a_record_system_keeps_a_patient_right(client: AsyncFHIRClient) -> None:
    made = client.resource("Patient", **{k: v for k, v in patient().items() if k[0] != "r"})
    await made.save()
    made["telecom"] = [{"system": "phone", "value": "0687654321"}]
    with pytest.raises(OperationOutcome):
        await made.save()
    before = client.extra_headers or {}
    client.extra_headers = {**before, "If-Match": f'W/"{made["meta"]["versionId"]}"'}
    await made.save()
    client.extra_headers = before
    again = await client.reference("Patient", made.id).to_resource()
    assert again["telecom"] == [{"system": "phone", "value": "0687654321"}]


async def test_what_is_refused_reaches_the_library_as_its_own_errors(
    client: AsyncFHIRClient,
) -> None:
    with pytest.raises(ResourceNotFound):
        await client.reference("Patient", "00000000-0000-4000-8000-000000000000").to_resource()
    with pytest.raises(OperationOutcome) as refusal:
        await client.resources("Patient").search(identifier=f"{BSN_SYSTEM}|{BSN['alfa']}").fetch()
    assert BSN["alfa"] not in str(refusal.value)
