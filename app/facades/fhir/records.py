"""Records of the API found as resources: one by its id, or the lists in which a search looks."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

from app.facades.fhir import elements, ids
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Found, Kind, Resource, Slice, Source, Terms, Whose
from app.facades.fhir.versions import versioned
from app.platform.http.problems import NotFound

MOMENTS = ("recordedAt", "registeredAt", "createdAt", "changedAt")
ACTS = ("acceptedAt", "refusedAt", "withdrawnAt", "endedAt", "agreedAt", "answeredAt", "liftedAt")
"""Moments of what happened to a record later; the last of all is when it was last changed."""


async def read(asked: Asked, resource: Resource, id_: str) -> Found:
    """One resource. Raises NotFound for unknown, hidden and malformed alike."""
    id_ = ids.sound(id_)
    if resource.read is not None:
        return await resource.read(asked, id_)
    kind = _kind_of(resource, id_)
    ref = ids.read(id_, nested=bool(kind.under)) if kind.key else ids.Ref("", "", id_)
    above = f"/{kind.under}/{ref.parent}" if kind.under else ""
    told = await asked.told(f"{above}/{kind.path}/{ref.record}")
    whose = await whose_of(asked, kind, told.json, ref.parent)
    for found in resources(resource, kind, told.json, whose, ref.parent):
        if found["id"] == id_:
            return Found(found, told.etag)
    raise NotFound


async def sources(asked: Asked, resource: Resource, terms: Terms) -> list[Source]:
    """Where a search looks, in an order that stays. Raises BadRequest where it says too little."""
    if resource.search is not None:
        return await resource.search(asked, terms)
    found = [
        source for kind in resource.kinds async for source in _of(asked, resource, kind, terms)
    ]
    if not found:
        terms.whose()
    return sorted(found, key=lambda source: source.key)


def resources(
    resource: Resource, kind: Kind, record: Json, whose: Whose, parent: str, *, etag: str = ""
) -> list[Json]:
    """What this record is in FHIR, with its id, when it last changed, and how we know it."""
    found = (
        dressed(resource, kind, record, parent, content) for content in kind.mapped(record, whose)
    )
    return [versioned(Found(each, etag)) for each in found]


def dressed(resource: Resource, kind: Kind, record: Json, parent: str, content: Json) -> Json:
    """The content of a mapping with what all resources have."""
    id_ = ids.made(kind.key, record["id"], parent, str(content.get("id", "")))
    meta = elements.filled(
        lastUpdated=last_changed(record), profile=[resource.profile] if resource.profile else []
    )
    own = [elements.own_identifier(record["id"])] if resource.identified else []
    identifier = [*own, *content.get("identifier", [])]
    head = elements.filled(
        resourceType=resource.type,
        id=id_,
        meta={**meta, **content.get("meta", {})},
        identifier=identifier,
    )
    held = {"resourceType", "id", "meta", "identifier"}
    return {**head, **{name: value for name, value in content.items() if name not in held}}


def last_changed(record: Json) -> str | None:
    """The last moment that the record tells of itself."""
    told = [str(record[name]) for name in (*MOMENTS, *ACTS) if record.get(name)]
    return max(told, default=None)


def _kind_of(resource: Resource, id_: str) -> Kind:
    """The kind by the key before the dash; what fits none is looked for, and not found."""
    key = ids.kind_of(id_)
    plain = next((kind for kind in resource.kinds if not kind.key), resource.kinds[0])
    return next((kind for kind in resource.kinds if kind.key and kind.key == key), plain)


async def whose_of(asked: Asked, kind: Kind, record: Json, parent: str) -> Whose:
    """Of which client a record of this kind is, and of which trajectory."""
    if kind.whose is not None:
        return await kind.whose(asked, record)
    if kind.under == "clients":
        return Whose(patient=parent)
    if kind.under == "trajectories":
        above = await asked.see(f"/trajectories/{parent}")
        return Whose(patient=above["clientId"], trajectory=parent)
    return Whose(patient=record.get("clientId"), trajectory=record.get("trajectoryId"))


async def _of(asked: Asked, resource: Resource, kind: Kind, terms: Terms) -> AsyncIterator[Source]:
    patient = terms.patient
    if not kind.under and kind.listed and (patient is None or not kind.of_client):
        yield _source(resource, kind, f"/{kind.path}", None, "")
    elif patient is None:
        return
    elif kind.of_client:
        path = "/" + kind.of_client.format(client_id=patient)
        yield _source(resource, kind, path, Whose(patient=patient), "")
    elif kind.under == "clients":
        path = f"/clients/{patient}/{kind.path}"
        yield _source(resource, kind, path, Whose(patient=patient), patient)
    elif kind.under == "trajectories":
        async for above in asked.every("/trajectories", clientId=patient):
            whose = Whose(patient=patient, trajectory=above["id"])
            path = f"/trajectories/{above['id']}/{kind.path}"
            yield _source(resource, kind, path, whose, above["id"])


def _source(resource: Resource, kind: Kind, path: str, whose: Whose | None, parent: str) -> Source:
    where, _, asking = path.partition("?")
    query = dict(parse_qsl(asking))

    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        page = await asked.told(where, **query, pageSize=most, cursor=cursor)
        found = []
        for record, etag in page.items:
            known = whose or await whose_of(asked, kind, record, parent)
            found += resources(resource, kind, record, known, parent, etag=etag)
        return Slice(found, page.json.get("nextCursor"))

    return Source(path, fetch)


def at(resource: Json, path: str) -> list[Any]:
    """The values at a path such as `identifier.value`, through lists."""
    found: list[Any] = [resource]
    for name in path.split("."):
        inner = [each.get(name) for each in found if isinstance(each, dict)]
        found = [v for each in inner for v in (each if isinstance(each, list) else [each])]
    return [each for each in found if each is not None]
