"""No domain words: what any service needs (settings, database, HTTP conventions, security)."""
