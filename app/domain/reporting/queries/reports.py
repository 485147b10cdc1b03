"""Progress reports; drafts show themselves to the client and to whoever drafts."""

from app.access.versions import versions
from app.domain.reporting.tables import ProgressReport

REPORTS = versions(ProgressReport)
