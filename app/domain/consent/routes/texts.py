"""The texts that a client reads before saying yes; public reference."""

from app.domain.consent.actions import texts
from app.domain.consent.schemas.consent_texts import ConsentTextOut, ConsentTextSummary
from app.platform.http.paging import Page
from app.platform.http.routing import Router

router = Router(prefix="/consent-texts", tags=["reference"])


@router.get("", public=True)
async def list_consent_texts() -> Page[ConsentTextSummary]:
    """All versions of the consent texts, the oldest first."""
    return texts.browse()


@router.get("/{version}", public=True)
async def read_consent_text(version: str) -> ConsentTextOut:
    """One version: a sentence for each kind of data and recipient."""
    return texts.read(version)
