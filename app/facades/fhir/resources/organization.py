"""Organization: a party in the directory."""

from app.facades.fhir import matching, names
from app.facades.fhir.elements import Json, concept, filled, identifier, kept
from app.facades.fhir.registry import Kind, Param, Resource, Whose

NUMBERS = {
    "agb": names.AGB,
    "oin": names.OIN,
    "kvk": names.KVK,
    "municipalityCode": names.MUNICIPALITY,
}
CARE = frozenset({"ggz_provider"})
"""Kinds for which the profile of a care provider is meant; UWV and municipalities are none."""


def mapped(organisation: Json, _: Whose) -> list[Json]:
    kind = organisation["kind"]
    profile = [names.nl_core("HealthcareProvider-Organization")] if kind in CARE else []
    numbers = [identifier(system, organisation.get(key)) for key, system in NUMBERS.items()]
    return [
        filled(
            meta=filled(profile=profile),
            identifier=kept(numbers),
            active=True,
            type=kept([concept(names.own_system("organisation-kind"), kind)]),
            name=organisation["name"],
        )
    ]


RESOURCE = Resource(
    type="Organization",
    about="A care provider, UWV, a municipality, an employer service or another party.",
    kinds=(Kind("", "organisations", mapped, listed=True),),
    params={
        "name": Param("string", "How the name begins.", matching.words("name")),
        "type": Param("token", "Its kind.", matching.token("type")),
        "identifier": Param("token", "AGB, OIN, KvK or code.", matching.token("identifier")),
    },
)
