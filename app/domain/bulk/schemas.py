"""What is told of an import."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.domain.bulk.rules.imports import FileForm, ImportState
from app.platform.http.schemas import Moment, Out


class ProgressOut(Out):
    """How many rows of the file are so far."""

    rows: int
    waiting: int
    imported: int
    valid: Annotated[int, Field(description="In a dry run: it would be imported.")]
    unchanged: Annotated[int, Field(description="Brought before under the same source id.")]
    refused: int


class ImportOut(Out):
    """One import; `stopped`: who asked may no longer, and what was not done is not done."""

    id: UUID
    source_system: str
    dry_run: bool
    form: FileForm
    state: ImportState
    progress: ProgressOut
    begun_at: Moment
    ended_at: Moment | None = None
    kept_until: Annotated[
        Moment, Field(description="Then the file, its report and this line are destroyed.")
    ]
