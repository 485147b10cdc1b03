"""The texts that a client reads before saying yes."""

from app.domain.consent.rules.consent_texts import versions
from app.domain.consent.schemas.consent_texts import (
    ConsentTextOut,
    ConsentTextSummary,
    SentenceOut,
)
from app.platform.http.paging import Page
from app.platform.http.problems import NotFound


def browse() -> Page[ConsentTextSummary]:
    """All versions, the oldest first."""
    return Page[ConsentTextSummary](
        items=[
            ConsentTextSummary(
                version=text.version,
                language=text.language,
                valid_from=text.valid_from,
                digest=text.digest,
            )
            for text in versions().values()
        ]
    )


def read(version: str) -> ConsentTextOut:
    """Raises NotFound for a version that there never was."""
    text = versions().get(version)
    if text is None:
        raise NotFound
    return ConsentTextOut(
        version=text.version,
        language=text.language,
        valid_from=text.valid_from,
        digest=text.digest,
        introduction=text.introduction,
        sentences=[
            SentenceOut(category=s.category, role=s.role, text=s.text) for s in text.sentences
        ],
        closing=list(text.closing),
    )
