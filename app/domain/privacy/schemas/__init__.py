"""What the privacy desk is told."""
