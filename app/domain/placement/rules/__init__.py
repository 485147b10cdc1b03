"""What holds for placements, adjustments at work and contacts; pure."""
