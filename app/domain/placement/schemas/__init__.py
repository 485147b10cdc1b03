"""What goes in and out about placements, adjustments at work and contacts."""
