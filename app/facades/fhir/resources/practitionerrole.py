"""PractitionerRole: as what, and where, a professional works now."""

from collections.abc import Sequence

from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, concept, filled, kept, reference
from app.facades.fhir.records import dressed
from app.facades.fhir.registry import Found, Kind, Param, Resource, Slice, Source, Terms, Whose
from app.platform.http.problems import NotFound


def mapped(practitioner: Json, _: Whose) -> list[Json]:
    """Every position that this professional holds; each is a resource by itself."""
    return [
        filled(
            id=position["membershipId"],
            active=True,
            practitioner=reference("Practitioner", practitioner["id"], practitioner["name"]),
            organization=reference("Organization", position["organisationId"]),
            code=kept([concept(names.own_system("role"), position["role"])]),
        )
        for position in practitioner["positions"]
    ]


async def read(asked: Asked, id_: str) -> Found:
    """By the id of the membership, while it is in force."""
    page = await asked.see("/practitioners", membershipId=id_)
    for found in _roles(page["items"]):
        if found["id"] == id_:
            return Found(found)
    raise NotFound


async def search(_: Asked, terms: Terms) -> list[Source]:
    """Of one professional, of one organisation, or of everyone."""
    practitioner = _id(terms.one("practitioner"))
    organisation = _id(terms.one("organization"))

    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        if practitioner is not None:
            return Slice(_roles([await asked.see(f"/practitioners/{practitioner}")]))
        page = await asked.see(
            "/practitioners", organisationId=organisation, cursor=cursor, pageSize=most
        )
        return Slice(_roles(page["items"]), page.get("nextCursor"))

    return [Source("/practitioners", fetch)]


def _roles(practitioners: Sequence[Json]) -> list[Json]:
    return [
        dressed(RESOURCE, KIND, {"id": content["id"]}, "", filled(**{**content, "id": None}))
        for practitioner in practitioners
        for content in mapped(practitioner, Whose())
    ]


def _id(reference: str | None) -> str | None:
    return reference.rpartition("/")[2] if reference else None


KIND = Kind("", "practitioners", mapped)
RESOURCE = Resource(
    type="PractitionerRole",
    about="A position of a professional that is in force now, by the id of the membership.",
    read=read,
    search=search,
    params={
        "practitioner": Param("reference", "Whose.", matching.reference("practitioner")),
        "organization": Param("reference", "Where.", matching.reference("organization")),
        "role": Param("token", "As what.", matching.token("code")),
    },
    includes={"practitioner": "practitioner", "organization": "organization"},
    profile=names.nl_core("HealthProfessional-PractitionerRole"),
)
