"""Practitioner: a professional in the directory."""

from app.facades.fhir import matching, names
from app.facades.fhir.elements import Json, filled, identifier, kept
from app.facades.fhir.registry import Kind, Param, Resource, Whose


def mapped(practitioner: Json, _: Whose) -> list[Json]:
    numbers = [
        identifier(names.AGB, practitioner.get("agb")),
        identifier(names.BIG, practitioner.get("big")),
    ]
    return [
        filled(
            identifier=kept(numbers),
            active=True,
            name=[{"text": practitioner["name"]}],
        )
    ]


RESOURCE = Resource(
    type="Practitioner",
    about="A professional; where and as what someone works is a PractitionerRole.",
    kinds=(Kind("", "practitioners", mapped, listed=True),),
    params={
        "name": Param("string", "How the name begins.", matching.words("name.text")),
        "identifier": Param("token", "AGB or BIG.", matching.token("identifier")),
    },
    profile=names.nl_core("HealthProfessional-Practitioner"),
)
