"""Who recorded something, as what, and when: made from the record itself, and never kept apart."""

from app.facades.fhir import ids
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, coding, filled, reference
from app.facades.fhir.parties import Parties
from app.facades.fhir.records import whose_of
from app.facades.fhir.registry import Found, Kind, Param, Resource, Slice, Source, Terms, Whose
from app.facades.fhir.resources import careplan, consent, goal, observation
from app.facades.fhir.terminology.systems import PROVENANCE_AGENT
from app.platform.http.problems import BadRequest, Fault, NotFound

KEY = "p"
TARGETS = {each.RESOURCE.type: each.RESOURCE for each in (careplan, consent, goal, observation)}
AUTHOR = {"coding": [coding(PROVENANCE_AGENT, "author", "Author")]}


def mapped(target: str, record: Json, whose: Whose, replaced: str | None) -> Json:
    """Of one record; the version before it, where it took the place of one."""
    parties = Parties(whose)
    body = record.get("recordedByOrganisationId")
    before = {"role": "revision", "what": {"reference": replaced}} if replaced else None
    return filled(
        resourceType="Provenance",
        id=f"{KEY}-{target.partition('/')[2]}",
        meta={"lastUpdated": record["recordedAt"]},
        target=[{"reference": target}],
        recorded=record["recordedAt"],
        agent=[
            filled(
                type=AUTHOR,
                who=parties.role(record["authorRole"], body),
                onBehalfOf=reference("Organization", body),
            )
        ],
        entity=[before] if before else [],
        contained=parties.contained,
    )


async def read(asked: Asked, id_: str) -> Found:
    """Of the resource whose id stands behind the dash. Raises NotFound."""
    mark, _, target = id_.partition("-")
    if mark != KEY:
        raise NotFound
    key = ids.kind_of(target)
    for resource in TARGETS.values():
        for kind in resource.kinds:
            if kind.key == key:
                return Found(await _made(asked, resource, kind, target))
    return Found(await _made(asked, consent.RESOURCE, consent.RESOURCE.kinds[0], target))


async def _made(asked: Asked, resource: Resource, kind: Kind, id_: str) -> Json:
    nested = bool(kind.under)
    ref = ids.read(id_, nested=nested) if kind.key else ids.Ref("", "", id_)
    if id_ != ids.made(kind.key, ref.record, ref.parent, ref.part):
        raise NotFound
    above = f"/{kind.under}/{ref.parent}" if nested else ""
    record = await asked.see(f"{above}/{kind.path}/{ref.record}")
    whose = await whose_of(asked, kind, record, ref.parent)
    if ref.part and ref.part not in [each.get("id") for each in kind.mapped(record, whose)]:
        raise NotFound
    before = record.get("supersedes")
    replaced = f"{resource.type}/{ids.made(kind.key, before, ref.parent)}" if before else None
    target = f"{resource.type}/{id_}"
    return mapped(target, record, whose, None if ref.part else replaced)


async def search(_asked: Asked, terms: Terms) -> list[Source]:
    """By what it is about. Raises BadRequest where that is not said."""
    target = (terms.one("target") or "").rpartition("/")[2]
    if not target:
        detail = "Say of which resource: provenance is not listed over all of them."
        raise BadRequest(errors=[Fault("query", "#/target", "required", detail)])

    async def fetch(asked: Asked, _cursor: str | None, _most: int) -> Slice:
        return Slice([(await read(asked, f"{KEY}-{target}")).resource])

    return [Source("/", fetch)]


RESOURCE = Resource(
    type="Provenance",
    about="Who recorded a plan, goal, observation or consent, as what, and when.",
    read=read,
    search=search,
    identified=False,
    params={"target": Param("reference", "What it is about; without it nothing is found.")},
    includes={"target": "target"},
)
