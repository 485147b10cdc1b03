"""What a member, a login or a client system saw, of whom, and since when."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Verb
from app.platform.http.schemas import Moment


class ImpactOut(Disclosed, category=Category.ACCESS_LOG):
    """One client whose data was seen: metadata of the log, never what was read."""

    client_id: UUID
    shown: Annotated[list[Category], Field(description="All that was shown of this client.")]
    verbs: Annotated[list[Verb], Field(description="Whether it was also written.")]
    first_at: Annotated[Moment, Field(description="The first look within the period.")]
    last_at: Moment
    looks: int
    in_lists: Annotated[int, Field(description="Of these looks: seen in a list, not opened.")]
