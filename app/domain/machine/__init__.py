"""Client systems of organisations: which keys prove them, and what they may do at most."""
