"""Every question that row security must answer, per table; asked of it, and of each wall apart."""
