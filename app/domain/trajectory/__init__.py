"""One client's way to work: which kind, who takes part, where it stands."""
