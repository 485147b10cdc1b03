"""What is kept of one employer, each with its own checks."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.days import require_past
from app.access.session import Session
from app.domain.employer import queries
from app.domain.employer.actions.keeping import Keeping, refuse_care
from app.domain.employer.rules.scans import Aspect
from app.domain.employer.schemas.contacts import (
    EmployerContactIn,
    EmployerContactOut,
    WorkplaceScanIn,
    WorkplaceScanOut,
)
from app.domain.employer.schemas.employers import (
    EmployerEndIn,
    EmployerNoteIn,
    EmployerNoteOut,
    EmployerPersonIn,
    EmployerPersonOut,
    EmployerSiteOut,
    WordsWithdrawnIn,
)
from app.domain.employer.tables import (
    EmployerContact,
    EmployerNote,
    EmployerPerson,
    EmployerSite,
    WorkplaceScan,
)
from app.platform.clock import day_of


def _judged(row: Row[Any]) -> dict[str, Any]:
    return {"verdict": queries.verdict_of(row)}


SITES = Keeping(EmployerSite, EmployerSiteOut)
PEOPLE = Keeping(EmployerPerson, EmployerPersonOut)
NOTES = Keeping(EmployerNote, EmployerNoteOut)
CONTACTS = Keeping(EmployerContact, EmployerContactOut)
SCANS = Keeping(WorkplaceScan, WorkplaceScanOut, more=_judged)
_FORGOTTEN = ("name", "telephone", "email")
_WHY = tuple(f"{aspect}_why" for aspect in Aspect)


async def know(session: Session, employer_id: UUID, body: EmployerPersonIn) -> EmployerPersonOut:
    """Someone of the employer to speak with."""
    require_past(session, harrie_trained_on=body.harrie_trained_on)
    refuse_care(position=body.position)
    return await PEOPLE.add(session, employer_id, body)


async def leave(
    session: Session, employer_id: UUID, of: UUID, body: EmployerEndIn
) -> EmployerPersonOut:
    """Someone left: name and numbers go, that there was a trained colleague stays."""
    require_past(session, on=body.on)
    gone = dict.fromkeys(_FORGOTTEN)
    return await PEOPLE.end(session, employer_id, of, "left_on", left_on=body.on, **gone)


async def close(
    session: Session, employer_id: UUID, of: UUID, body: EmployerEndIn
) -> EmployerSiteOut:
    """A site closed."""
    require_past(session, on=body.on)
    return await SITES.end(session, employer_id, of, "closed_on", closed_on=body.on)


async def remember(session: Session, employer_id: UUID, body: EmployerNoteIn) -> EmployerNoteOut:
    refuse_care(text=body.text)
    return await NOTES.add(session, employer_id, body)


async def log_contact(
    session: Session, employer_id: UUID, body: EmployerContactIn
) -> EmployerContactOut:
    """A contact about the employer itself."""
    require_past(session, happened_on=body.happened_on)
    refuse_care(note=body.note)
    return await CONTACTS.add(session, employer_id, body)


async def scan(session: Session, employer_id: UUID, body: WorkplaceScanIn) -> WorkplaceScanOut:
    """How a workplace is found today; the words are about the place."""
    require_past(session, scanned_on=body.scanned_on)
    refuse_care(**{why: getattr(body, why) for why in _WHY})
    return await SCANS.add(session, employer_id, body)


async def unsay_note(
    session: Session, employer_id: UUID, of: UUID, _: WordsWithdrawnIn
) -> EmployerNoteOut:
    """Somebody may be named in it, and can ask that it goes."""
    return await NOTES.end(session, employer_id, of, "withdrawn_on", **_unsaid(session, "text"))


async def unsay_contact(
    session: Session, employer_id: UUID, of: UUID, _: WordsWithdrawnIn
) -> EmployerContactOut:
    """The same of a contact: that it was, and what came of it, stays."""
    return await CONTACTS.end(session, employer_id, of, "withdrawn_on", **_unsaid(session, "note"))


async def unsay_scan(
    session: Session, employer_id: UUID, of: UUID, _: WordsWithdrawnIn
) -> WorkplaceScanOut:
    """The same of a scan: the colours stay."""
    return await SCANS.end(session, employer_id, of, "withdrawn_on", **_unsaid(session, *_WHY))


def _unsaid(session: Session, *words: str) -> dict[str, Any]:
    return {**dict.fromkeys(words), "withdrawn_on": day_of(session.viewer.moment)}
