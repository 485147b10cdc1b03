"""Every read of placements, adjustments at work and contacts."""

from app.domain.placement.queries.contacts import last_contact_on
from app.domain.placement.queries.placements import in_period

__all__ = ["in_period", "last_contact_on"]
