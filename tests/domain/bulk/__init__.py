"""Who sent what comes in."""
