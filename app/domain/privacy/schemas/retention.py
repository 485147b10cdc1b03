"""What passes the end of its term, and when."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.privacy.rules.retention import Begins
from app.platform.http.schemas import Day, Moment


class RetainedOut(Disclosed, category=Category.EXISTENCE):
    """Records of one kind about one client, for which the own organisation answers."""

    client_id: UUID
    category: Category
    retention_class: str
    years: int | None
    begins: Begins
    source: str
    first_recorded_at: Moment
    last_recorded_at: Moment
    ends_not_before: Annotated[
        Day | None,
        Field(
            description="Exact where the term begins at the last change; it may be later where it"
            " begins at an end. Null: as long as the purpose needs it."
        ),
    ]
