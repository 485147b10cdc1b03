"""The FHIR R4 façade: the operations of the API as resources (decision 0031)."""
