"""Lines of a processing log out of looks: one per person and activity, under one per request."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.access.processing.pseudonyms import NAME, Pseudonyms
from app.access.vocabulary import Category, categories_in

ACTIVITY = "dpl.core.processing_activity_id"
SUBJECT, SUBJECT_TYPE = "dpl.core.data_subject_id", "dpl.core.data_subject_id_type"
OK = "Ok"
"""Only what was done stands here: a refusal processes nothing, and a fault is undone."""


@dataclass(frozen=True)
class Look:
    """What one request did with the data of one client, in one way."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    client_id: UUID
    organisation_id: UUID | None
    verb: str
    shown: int
    at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class Span:
    """One line as the standard has it (Logboek dataverwerkingen 1.0, section 3)."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    name: str
    start: datetime
    end: datetime
    organisation_id: UUID | None
    attributes: dict[str, str] = field(default_factory=dict)
    status: str = OK


@dataclass(frozen=True)
class Register:
    """The register of processing (GDPR 30): each activity has an address in it."""

    url: str

    @property
    def uri(self) -> str:
        return f"{self.url}/v1/privacy-desk/processing-register"

    def activity(self, category: Category) -> str:
        return f"{self.uri}#{category.value}"

    def category(self, activity: str) -> Category | None:
        """Which kind of data an address is about; None for another's register."""
        return next((each for each in Category if self.activity(each) == activity), None)


@dataclass(frozen=True)
class Telling:
    """How looks are told: under which names and addresses, and of which activity alone."""

    register: Register
    pseudonyms: Pseudonyms
    only: Category | None = None

    def spans(self, looks: Iterable[Look], begun: str | None = None) -> Iterator[Span]:
        """In the order of the looks. `begun` is a request whose own line was told before."""
        for look in looks:
            if look.span_id != begun:
                begun = look.span_id
                yield self._request(look)
            for category in sorted(categories_in(look.shown)):
                if self.only in {None, category}:
                    yield self._one(look, category)

    def _request(self, look: Look) -> Span:
        """What was asked as a whole; about nobody in particular."""
        return Span(
            look.trace_id,
            look.span_id,
            look.parent_span_id,
            "request",
            look.at,
            look.ended_at,
            look.organisation_id,
            {ACTIVITY: self.register.uri},
        )

    def _one(self, look: Look, category: Category) -> Span:
        subject = self.pseudonyms.of(look.client_id, look.organisation_id)
        part = f"{look.span_id} {subject} {look.verb} {category.value}"
        return Span(
            look.trace_id,
            hashlib.sha256(part.encode()).hexdigest()[:16],
            look.span_id,
            f"{look.verb} {category.value}",
            look.at,
            look.ended_at,
            look.organisation_id,
            {
                ACTIVITY: self.register.activity(category),
                SUBJECT: subject,
                SUBJECT_TYPE: NAME,
            },
        )
