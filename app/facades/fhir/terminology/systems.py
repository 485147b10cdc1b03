"""Code systems, extensions and profiles of others that only some resources need."""

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

PCF = "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consent"
BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
KT2_TASK = "http://koppeltaal.nl/fhir/StructureDefinition/KT2Task"
