"""Concern signals: noticed, reported to one person, followed up; off until a practice wants it."""
