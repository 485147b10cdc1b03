"""Work in practice: placements with an employer, adjustments there, and the coach's contacts."""
