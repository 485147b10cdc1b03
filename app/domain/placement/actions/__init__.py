"""What happens to placements, adjustments at work and contacts."""
