"""Scans of consent forms: in a list without what is on them."""

from app.access.versions import versions
from app.domain.consent.tables import ConsentScan

WITH_CONTENT = versions(ConsentScan)
SCANS = WITH_CONTENT.with_only_columns(
    *(column for column in WITH_CONTENT.selected_columns if column.key != "content"),
    maintain_column_froms=True,
)
