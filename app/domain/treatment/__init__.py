"""The GGZ side of a client: who treats, the work question, the plan, and the early warnings."""
