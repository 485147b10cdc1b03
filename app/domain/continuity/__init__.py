"""Support that goes on when something changes: through a transition, and after the end."""
