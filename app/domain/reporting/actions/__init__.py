"""Reporting, asking for a status, and what waits for whom."""
