"""The scan of a signed form, as evidence of a consent."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.consent.actions import scanning
from app.domain.consent.rules.scanning import MOST_CHARS
from app.domain.consent.schemas.scans import (
    ConsentScanContentOut,
    ConsentScanIn,
    ConsentScanOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/consents/{consent_id}/scans", tags=["consent"])
BODY_BYTES = MOST_CHARS + 4096
"""The file, and what stands around it."""


@router.post(
    "",
    status_code=201,
    act=creates(Category.CONSENT),
    again=scanning.again,
    location="/v1/consents/{consent_id}/scans/{id}",
    body_limit=BODY_BYTES,
)
async def scan_consent(consent_id: Id, body: ConsentScanIn, session: Writing) -> ConsentScanOut:
    """Add the scan of a form that was signed on paper, five at most, while the consent holds.

    By the client, who acts for the client, or the organisation from which is shared; never by the
    recipient, who does not see it either.
    """
    return await scanning.scan(session, consent_id, body)


@router.get("", act=reads(Category.CONSENT))
async def list_consent_scans(
    consent_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ConsentScanOut]:
    """The scans of one consent that you may see, without what is on them."""
    return await scanning.browse(session, consent_id, cursor, page_size)


@router.get("/{scan_id}", act=reads(Category.CONSENT))
async def read_consent_scan(consent_id: Id, scan_id: Id, session: Reading) -> ConsentScanContentOut:
    """One scan with what is on it; the log tells that it was opened."""
    return await scanning.read(session, consent_id, scan_id)
