"""Addresses that mean something in FHIR: systems of numbers, profiles, and what is our own."""

PREFIX = "/fhir/r4"
FHIR = "http://hl7.org/fhir"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
AGB = "http://fhir.nl/fhir/NamingSystem/agb-z"
BIG = "http://fhir.nl/fhir/NamingSystem/big"
KVK = "http://fhir.nl/fhir/NamingSystem/kvk"
OIN = "urn:nld:oin"
MUNICIPALITY = "https://standaarden.overheid.nl/owms/terms/Gemeente"
UUIDS = "urn:ietf:rfc:3986"
"""The system of identifiers that are URIs, such as the `urn:uuid:` of our records."""
ABSENT = f"{FHIR}/StructureDefinition/data-absent-reason"
OWN = "https://trede.example/fhir"


def canonical(kind: str, name: str) -> str:
    """The name of a definition of our own, of this kind of resource."""
    return f"{OWN}/{kind}/{name}"


def own_system(name: str) -> str:
    """A code system of our own; its codes are those of the API."""
    return canonical("CodeSystem", name)


def own_extension(name: str) -> str:
    return canonical("StructureDefinition", name)


def nl_core(name: str) -> str:
    """A profile of Nictiz (nl-core, zib 2020)."""
    return f"http://nictiz.nl/fhir/StructureDefinition/nl-core-{name}"
