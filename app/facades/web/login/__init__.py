"""Logging in with OpenID Connect, choosing a hat, logging out, and what guards forms."""
