"""`$everything`: all that the caller may know of one patient, in pages."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from app.facades.fhir import queries, records, searching, wire
from app.facades.fhir.asking import Asked, asked
from app.facades.fhir.elements import Json
from app.facades.fhir.queries import Query
from app.facades.fhir.registry import Resource, Slice, Source
from app.facades.fhir.resources import TYPES
from app.facades.fhir.versions import versioned

TYPE = "_type"
FIRST = "0"
"""The key of the patient among the sources: before all types."""


async def everything(request: Request, id_: str) -> Response:
    """A page of the patient and of every resource that refers to this person."""
    asks = await asked(request)
    media = wire.produced(request)
    query = queries.of_everything(request.query_params.multi_items(), id_)
    patient = await records.read(asks, TYPES["Patient"], id_)
    sources = await _sources(asks, versioned(patient), query)
    found, cursor = await searching.walked(asks, sources, query, f"everything {id_}")
    kept = [each for each in found if searching.fits(_any(each), query, each)]
    path = f"Patient/{id_}/$everything"
    return wire.rendered(searching.bundle(asks, path, query, kept, [], cursor), media)


async def _sources(asked: Asked, patient: Json, query: Query) -> Sequence[Source]:
    wished = query.terms.values.get(TYPE, ())
    found = [_one(patient)] if not wished or "Patient" in wished else []
    for kind, resource in sorted(TYPES.items()):
        if resource.patient and (not wished or kind in wished):
            of_type = await records.sources(asked, resource, query.terms)
            found += [replace(each, key=f"{kind} {each.key}") for each in of_type]
    return found


def _one(patient: Json) -> Source:
    async def fetch(_: Asked, __: str | None, ___: int) -> Slice:
        return Slice([patient])

    return Source(FIRST, fetch)


def _any(found: Json) -> Resource:
    """The type of what was found; its own parameters were not asked."""
    return TYPES[found["resourceType"]]
