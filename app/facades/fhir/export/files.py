"""One file of an export: client by client, each looked at when its turn has come."""

import json
from collections.abc import AsyncIterator

from app.facades.bulk.streaming import Turn
from app.facades.fhir import records, searching
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.facades.fhir.export.jobs import Desk, Job
from app.facades.fhir.queries import Query
from app.facades.fhir.registry import Terms, Whose
from app.facades.fhir.resources import TYPES, patient
from app.facades.operations import Told, waited_for
from app.platform.http.problems import NotAllowed, NotFound

PEOPLE = 50
PAGE = 100


async def lines(asks: Asked, job: Job, kind: str, desk: Desk, turn: Turn) -> AsyncIterator[bytes]:
    """The resources of one type, a line each.

    Raises StoppedError: a file has no line that says it is whole, so the connection breaks.
    """
    cursor: str | None = None
    try:
        while True:
            page = await _people(asks, cursor)
            for client, etag in page.items:
                if client["registeredBy"] != str(desk.organisation):
                    continue
                await turn.go_on_within()
                async for found in _of(asks, job, kind, client, etag):
                    yield json.dumps(found, ensure_ascii=False).encode() + b"\n"
            cursor = page.json.get("nextCursor")
            if cursor is None:
                return
            await turn.go_on()
    finally:
        await turn.end()


async def _people(asks: Asked, cursor: str | None) -> Told:
    """A page of the clients that may be known of now."""
    return await _anew(asks).told("/clients", cursor=cursor, pageSize=PEOPLE)


def _anew(asks: Asked) -> Asked:
    """The same caller, who waits where it must, and remembers nothing of what was seen before."""
    return Asked(asks.request, asks.claims, waited_for)


async def _of(asks: Asked, job: Job, kind: str, client: Json, etag: str) -> AsyncIterator[Json]:
    """What of one client there is of this type, as far as it may be known and was changed."""
    resource, id_ = TYPES[kind], str(client["id"])
    since = [f"ge{job.since}"] if job.since else []
    query = Query(terms=Terms(patient=None if kind == "Patient" else id_), updated=since)
    own = _anew(asks)
    if kind == "Patient":
        found = records.resources(patient.RESOURCE, patient.KIND, client, Whose(), "", etag=etag)
    else:
        found = [each async for each in _listed(own, kind, id_)]
    for each in found:
        if searching.fits(resource, query, each):
            yield each


async def _listed(own: Asked, kind: str, id_: str) -> AsyncIterator[Json]:
    """From one list after another; what may not be listed is passed over, as what is not there."""
    terms = Terms(patient=id_)
    try:
        sources = await records.sources(own, TYPES[kind], terms)
    except (NotFound, NotAllowed):
        return
    for source in sources:
        cursor: str | None = None
        while True:
            try:
                part = await source.fetch(own, cursor, PAGE)
            except (NotFound, NotAllowed):
                break
            for each in part.resources:
                yield each
            cursor = part.cursor
            if cursor is None:
                break
