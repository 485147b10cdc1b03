"""OAuth 2.0 for client systems: a signed proof in, a short-lived access token out."""
