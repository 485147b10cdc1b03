"""Employers as one organisation knows them: entries, people, notes, contacts, workplace scans."""
