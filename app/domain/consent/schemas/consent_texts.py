"""The texts that a client reads before saying yes; public."""

from datetime import date

from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Out


class ConsentTextSummary(Out):
    """One version; `digest` is the SHA-256 of its content."""

    version: str
    language: str
    valid_from: date
    digest: str


class SentenceOut(Out):
    category: Category
    role: Role
    text: str


class ConsentTextOut(ConsentTextSummary):
    """All sentences of one version, one per kind of data and recipient."""

    introduction: str
    sentences: list[SentenceOut]
    closing: list[str]
