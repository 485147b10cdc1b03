"""Code systems, extensions and profiles of others that only some resources need."""

from collections.abc import Mapping

from app.facades.fhir import names

_HL7 = names.TERMINOLOGY
DCM = "http://dicom.nema.org/resources/ontology/DCM"
ACT_REASON = f"{_HL7}/v3-ActReason"
ACT_CODE = f"{_HL7}/v3-ActCode"
PARTICIPATION = f"{_HL7}/v3-ParticipationType"
OBSERVATION_VALUE = f"{_HL7}/v3-ObservationValue"
CONSENT_SCOPE = f"{_HL7}/consentscope"
AUDIT_TYPE = f"{_HL7}/audit-event-type"
ENTITY_TYPE = f"{_HL7}/audit-entity-type"
OBJECT_ROLE = f"{_HL7}/object-role"
OBSERVATION_CATEGORY = f"{_HL7}/observation-category"
PROVENANCE_AGENT = f"{_HL7}/provenance-participant-type"
INTERACTION = f"{names.FHIR}/restful-interaction"
EPISODE = f"{names.FHIR}/StructureDefinition/workflow-episodeOfCare"

PSEUDO_BSN = "http://fhir.nl/fhir/NamingSystem/pseudo-bsn"
UZI = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers"
URA = "http://fhir.nl/fhir/NamingSystem/ura"
OTHER_NAMES: Mapping[str, str] = {
    "urn:oid:2.16.840.1.113883.2.4.6.3": names.BSN,
    "urn:oid:2.16.528.1.1007.3.1": UZI,
    "urn:oid:2.16.528.1.1007.3.3": URA,
    "http://www.kvk.nl/": names.KVK,
}
"""The same numbers under another name; of each one name is given out."""

PCF = "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consent"
BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
KT2_TASK = "http://koppeltaal.nl/fhir/StructureDefinition/KT2Task"
