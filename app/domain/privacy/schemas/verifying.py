"""Whether the access log is what was signed."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.platform.http.schemas import Moment, Out


class LogState(StrEnum):
    """What the look at the log came to."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOTHING_YET = "nothing_yet"


class LogVerificationOut(Out):
    """The public checkpoint against the tree, and the newest lines of your organisation in it."""

    state: LogState
    checked_at: Moment
    sealed_at: Annotated[
        Moment | None, Field(description="When the public checkpoint was signed; null before any.")
    ]
    size: Annotated[int, Field(description="Lines of all organisations under that checkpoint.")]
    checkpoint_holds: Annotated[
        bool | None, Field(description="It bears our signature, and its root is that of the tree.")
    ]
    examined: Annotated[int, Field(description="Newest lines of your organisation, at most 50.")]
    waiting: Annotated[int, Field(description="Those of them that no checkpoint covers yet.")]
    broken: Annotated[
        list[UUID], Field(description="Lines that are not what was sealed, by their id.")
    ]
