"""From care to the body that may be responsible: what may be told, and whether it is accepted."""
