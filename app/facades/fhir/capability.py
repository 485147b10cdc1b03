"""The CapabilityStatement: read from what is registered, so that it cannot tell anything else."""

from functools import cache
from typing import Any

from starlette.requests import Request

from app.facades.fhir import wire
from app.facades.fhir.elements import Json, coding, filled
from app.facades.fhir.names import PREFIX, TERMINOLOGY
from app.facades.fhir.registry import Resource
from app.facades.fhir.resources import TYPES
from app.facades.fhir.terminology.published import published
from app.facades.fhir.terminology.serving import SOUGHT

PUBLISHED = "2026-11-23"
COMMON: tuple[tuple[str, str, str], ...] = (
    ("_id", "token", "By id; several apart by commas."),
    ("_lastUpdated", "date", "When it was last changed."),
)
OPERATIONS = {
    "Patient": [
        {
            "name": "everything",
            "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything",
        },
        {
            "name": "export",
            "definition": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export",
        },
    ]
}
NOTES = (
    "Every resource is what the API at /v1 tells this caller at this moment, and nothing more: "
    "what a party may not see is absent, with a data-absent-reason where an element must stand. "
    "Unknown and hidden are the same 404. No search tells a total, looks through what is hidden "
    "(_has, chaining), or takes a BSN in an address: search by POST to _search. "
    "What cannot be kept is refused by name with an OperationOutcome."
)


def statement(request: Request, media: str) -> bytes:
    """What this façade can do, as it is sent."""
    return _written(request.app.state.services.issuer.url, request.app.version, media)


@cache
def _written(issuer: str, version: str, media: str) -> bytes:
    """Once, as anybody may ask for it."""
    return wire.written(_statement(issuer, version), media)


def _statement(issuer: str, version: str) -> Json:
    url = f"{issuer}{PREFIX}"
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{url}/metadata",
        "version": version,
        "name": "Trede",
        "status": "active",
        "date": PUBLISHED,
        "kind": "instance",
        "software": {"name": "Trede", "version": version},
        "implementation": {"description": "Trede, FHIR R4", "url": url},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/fhir+xml", "json", "xml"],
        "rest": [_rest(issuer)],
    }


def _rest(issuer: str) -> Json:
    return {
        "mode": "server",
        "documentation": NOTES,
        "security": _security(issuer),
        "interaction": [{"code": "batch"}],
        "resource": [
            *(_resource(each) for _, each in sorted(TYPES.items())),
            *(_published(kind) for kind in sorted(published())),
        ],
    }


def _security(issuer: str) -> Json:
    token = f"{issuer}/oauth2/token"
    system = f"{TERMINOLOGY}/restful-security-service"
    return {
        "cors": False,
        "service": [{"coding": [coding(system, "SMART-on-FHIR")]}],
        "description": "SMART Backend Services: client_credentials with private_key_jwt.",
        "extension": [
            {
                "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                "extension": [{"url": "token", "valueUri": token}],
            }
        ],
    }


def _resource(resource: Resource) -> Json:
    return filled(
        type=resource.type,
        supportedProfile=[resource.profile] if resource.profile else [],
        documentation=resource.about,
        interaction=_interactions(resource),
        versioning="versioned-update" if resource.update else "versioned",
        readHistory=False,
        updateCreate=False,
        conditionalCreate=resource.conditional is not None,
        conditionalRead="not-match",
        conditionalUpdate=False,
        conditionalDelete="not-supported",
        referencePolicy=["literal", "logical"],
        searchInclude=[f"{resource.type}:{name}" for name in resource.includes],
        searchParam=_parameters(resource),
        operation=OPERATIONS.get(resource.type, []),
    )


def _published(kind: str) -> Json:
    """Our vocabularies, which need no token."""
    return {
        "type": kind,
        "documentation": "The codes that resources here are told in, the same as those of the API.",
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [{"name": name, "type": kind_} for name, kind_ in SOUGHT.items()],
    }


def _interactions(resource: Resource) -> list[Json]:
    can: dict[str, Any] = {
        "read": True,
        "search-type": True,
        "create": resource.create,
        "update": resource.update,
    }
    return [{"code": code} for code, able in can.items() if able]


def _parameters(resource: Resource) -> list[Json]:
    common = [*COMMON]
    if resource.patient:
        common.append(("patient", "reference", "Whose it is."))
    own = [
        (name, param.type, param.about + (" Only by POST." if param.private else ""))
        for name, param in resource.params.items()
    ]
    return [{"name": n, "type": t, "documentation": d} for n, t, d in (*common, *own)]
