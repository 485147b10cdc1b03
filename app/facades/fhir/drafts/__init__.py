"""FHIR to the API: what a sent resource asks for, and what of it cannot be kept."""
