"""A log that outsiders can check: Merkle trees of RFC 6962 and signed checkpoints of C2SP; pure."""
