"""The participation ladder: what someone does, measured with the client, never a verdict."""
