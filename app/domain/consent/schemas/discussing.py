"""Of which texts the client wants to speak first, before reading them alone."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.consent.schemas.consents import example
from app.platform.http.schemas import In, Moment


class DiscussionWishIn(In):
    """All kinds of data for which the wish holds from now on; none takes it back."""

    model_config = example({"categories": ["medical", "progress_report"]}, {"categories": []})

    categories: Annotated[list[Category], Field(max_length=27)]


class DiscussionWishOut(Disclosed, category=Category.CONSENT):
    """A wish of the client; the last one counts. It hides nothing and opens nothing."""

    id: UUID
    client_id: UUID
    wished: Annotated[list[Category], Field(alias="categories")]
    author_role: Role
    recorded_at: Moment
    withheld: list[str]
