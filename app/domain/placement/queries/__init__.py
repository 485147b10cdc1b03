"""Every read of placements, adjustments at work and contacts."""

from app.domain.placement.queries.contacts import last_contact_on
from app.domain.placement.queries.placements import in_period
from app.domain.placement.queries.search import first_employer_contact_on

__all__ = ["first_employer_contact_on", "in_period", "last_contact_on"]
