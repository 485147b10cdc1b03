"""Small faults that no test notices, each with why nothing is wrong with it."""

EXPLAINED: dict[str, str] = {}
