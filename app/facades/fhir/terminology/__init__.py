"""Codes and names: where they come from, and our own vocabularies as FHIR publishes them."""
