"""Every read of support that goes on; each statement decides for itself."""

from app.access.versions import versions
from app.domain.continuity.tables import TransitionSupport

TRANSITION_SUPPORT = versions(TransitionSupport)
