"""Patient: a client, as far as the caller may know of this person."""

import hmac
from urllib.parse import parse_qsl
from uuid import UUID

from app.facades.fhir import matching, names
from app.facades.fhir.asking import Asked, must
from app.facades.fhir.drafts.patient import create, update
from app.facades.fhir.elements import Json, absent, filled, kept, person, reference
from app.facades.fhir.records import read, resources
from app.facades.fhir.registry import (
    Found,
    Kind,
    Param,
    Resource,
    Slice,
    Source,
    Terms,
    Whose,
)
from app.platform.http.problems import BadRequest, Fault, PreconditionFailed

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
            page = must(await asked.call("POST", path, body))
        else:
            page = await asked.told(path, cursor=cursor, pageSize=most)
        found = [
            each
            for client, etag in page.items
            for each in resources(RESOURCE, KIND, client, Whose(), "", etag=etag)
        ]
        return Slice(found, page.json.get("nextCursor"))

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


async def conditional(asked: Asked, condition: str) -> tuple[Found | None, str]:
    """`identifier=<system>|<BSN>`: whoever is known to the caller is not registered again."""
    (name, value), *more = [*parse_qsl(condition), ("", "")]
    if name != "identifier" or more[:-1]:
        detail = "Patients are created on the condition of one identifier."
        raise BadRequest(errors=[Fault("header", "#/If-None-Exist", "not_supported", detail)])
    told = must(await asked.call("POST", "/clients/_search", {"bsn": _bsn(value)})).json
    if len(told["items"]) > 1:
        raise PreconditionFailed("More than one patient answers to this condition.")
    for client in told["items"]:
        return await read(asked, RESOURCE, client["id"]), ""
    key = asked.request.app.state.body_key
    digest = hmac.digest(key, f"{asked.caller}\0{_bsn(value)}".encode(), "sha256")
    return None, str(UUID(bytes=digest[:16], version=4))


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
    create=create,
    update=update,
    conditional=conditional,
)
