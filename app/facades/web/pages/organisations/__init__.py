"""Organisations, who works there, their client systems and logins."""
