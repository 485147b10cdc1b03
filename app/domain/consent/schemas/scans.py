"""The scan of a signed consent form, going in and coming out."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.versions import Stamp
from app.access.vocabulary import Category
from app.domain.consent.rules.scanning import MOST_CHARS, ScanMedia
from app.domain.consent.schemas.consents import example
from app.platform.http.schemas import Id, In

_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
Content = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_CHARS,
        description="The file in base64 (RFC 4648, section 4), at most 4 MiB of it.",
        json_schema_extra={"contentEncoding": "base64"},
    ),
]


class ConsentScanIn(In):
    """The form that the client signed, as a file."""

    model_config = example({"mediaType": "image/png", "content": _PNG})

    media_type: ScanMedia
    content: Content
    supersedes: Annotated[
        Id | None, Field(description="An earlier scan of this form, that this one is better than.")
    ] = None


class ConsentScanOut(Stamp, Disclosed, category=Category.CONSENT):
    """That there is a scan; what is on it is read one by one."""

    resource: ClassVar[str] = "ConsentScan"
    consent_id: UUID
    media_type: ScanMedia
    byte_count: Annotated[int, Field(alias="bytes")]
    recorded_by_organisation_id: UUID | None


class ConsentScanContentOut(ConsentScanOut, category=Category.CONSENT):
    """A scan with what is on it."""

    content: Content
