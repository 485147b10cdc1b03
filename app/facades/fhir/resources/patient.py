"""Patient: a client, as far as the caller may know of this person."""

from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked, must
from app.facades.fhir.elements import Json, absent, filled, kept, person, reference
from app.facades.fhir.records import resources
from app.facades.fhir.registry import (
    Kind,
    Param,
    Resource,
    Slice,
    Source,
    Terms,
    Whose,
)
from app.platform.http.problems import BadRequest, Fault

SYSTEMS = ("", names.BSN)


def mapped(client: Json, _: Whose) -> list[Json]:
    """The BSN is masked, as the API masks it: enough to compare, too little to copy."""
    masked = client.get("bsn")
    bsn = {"system": names.BSN, "_value": absent(), "assigner": {"display": masked}}
    telecom = [
        filled(system="email", value=client.get("email")) if client.get("email") else None,
        filled(system="phone", value=client.get("telephone")) if client.get("telephone") else None,
    ]
    return [
        filled(
            identifier=[bsn] if masked else [],
            name=person(client.get("givenName"), client.get("familyName")),
            telecom=kept(telecom),
            birthDate=client.get("birthDate"),
            managingOrganization=reference("Organization", client["registeredBy"]),
        )
    ]


async def search(_: Asked, terms: Terms) -> list[Source]:
    """By BSN, by family name and birth date, or everyone whom the caller may know of."""
    body = _sought(terms)
    path = "/clients/_search" if body else "/clients"

    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        if body:
            page = must(await asked.call("POST", path, body)).json
        else:
            page = await asked.see(path, cursor=cursor, pageSize=most)
        found = [
            each
            for client in page["items"]
            for each in resources(RESOURCE, KIND, client, Whose(), "")
        ]
        return Slice(found, page.get("nextCursor"))

    return [Source(path, fetch)]


def _sought(terms: Terms) -> Json:
    number = terms.one("identifier")
    return filled(
        bsn=_bsn(number) if number else None,
        familyName=terms.one("family"),
        birthDate=terms.one("birthdate"),
    )


def _bsn(value: str) -> str:
    system, _, number = value.rpartition("|")
    if system not in SYSTEMS:
        detail = "Patients are found by BSN."
        raise BadRequest(errors=[Fault("query", "#/identifier", "not_supported", detail)])
    return number


KIND = Kind("", "clients", mapped, listed=True)
RESOURCE = Resource(
    type="Patient",
    about="A client. The BSN is masked; family name with birth date, or the BSN, finds a client.",
    kinds=(KIND,),
    search=search,
    params={
        "identifier": Param("token", "A BSN.", private=True),
        "family": Param("string", "Family name, with birthdate.", private=True),
        "birthdate": Param("date", "Day of birth, with family.", private=True),
        "organization": Param(
            "reference", "Who registered the client.", matching.reference("managingOrganization")
        ),
    },
    includes={"organization": "managingOrganization"},
    profile=names.nl_core("Patient"),
)
