"""Every read of meaning; each statement decides for itself."""

from app.access.versions import versions
from app.domain.meaning.tables import MeaningView

MEANING_VIEWS = versions(MeaningView)
