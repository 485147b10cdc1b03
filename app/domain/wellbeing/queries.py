"""Every read of the client's own records; each statement decides for itself."""

from app.access.versions import versions
from app.domain.wellbeing.tables import DisclosureDecision, LifeEvent, Wellbeing

WELLBEING = versions(Wellbeing)
DISCLOSURE_DECISIONS = versions(DisclosureDecision)
LIFE_EVENTS = versions(LifeEvent)
