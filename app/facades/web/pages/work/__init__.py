"""The working day of a professional: the caseload, and what waits."""
