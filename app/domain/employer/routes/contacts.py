"""Notes, contacts and workplace scans of one employer, kept to your organisation."""

from app.access.session import Reading, Writing
from app.domain.employer.actions import visits as actions
from app.domain.employer.rules import acts
from app.domain.employer.schemas.contacts import (
    EmployerContactIn,
    EmployerContactOut,
    WorkplaceScanIn,
    WorkplaceScanOut,
)
from app.domain.employer.schemas.employers import (
    EmployerNoteIn,
    EmployerNoteOut,
    WordsWithdrawnIn,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

visits = Router(prefix="/employers/{employer_id}", tags=["employers"])


@visits.post(
    "/notes",
    status_code=201,
    act=acts.ADD,
    again=actions.NOTES.again,
    location="/v1/employers/{employer_id}/notes/{id}",
)
async def add_note(employer_id: Id, body: EmployerNoteIn, session: Writing) -> EmployerNoteOut:
    """Keep a note on an employer; it stays with your organisation."""
    return await actions.remember(session, employer_id, body)


@visits.get("/notes", act=acts.LOOK)
async def list_notes(
    employer_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmployerNoteOut]:
    """The notes of your organisation on one employer."""
    return await actions.NOTES.page(session, employer_id, cursor, page_size)


@visits.get("/notes/{note_id}", act=acts.LOOK)
async def read_note(employer_id: Id, note_id: Id, session: Reading) -> EmployerNoteOut:
    """One note."""
    return await actions.NOTES.read(session, employer_id, note_id)


@visits.post(
    "/contacts",
    status_code=201,
    act=acts.ADD,
    again=actions.CONTACTS.again,
    location="/v1/employers/{employer_id}/contacts/{id}",
)
async def record_contact(
    employer_id: Id, body: EmployerContactIn, session: Writing
) -> EmployerContactOut:
    """Record a contact about the employer itself, and about no client."""
    return await actions.log_contact(session, employer_id, body)


@visits.get("/contacts", act=acts.LOOK)
async def list_contacts(
    employer_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmployerContactOut]:
    """The contacts of your organisation with one employer, as far as they are about nobody."""
    return await actions.CONTACTS.page(session, employer_id, cursor, page_size)


@visits.get("/contacts/{contact_id}", act=acts.LOOK)
async def read_contact(employer_id: Id, contact_id: Id, session: Reading) -> EmployerContactOut:
    """One contact."""
    return await actions.CONTACTS.read(session, employer_id, contact_id)


@visits.post(
    "/workplace-scans",
    status_code=201,
    act=acts.ADD,
    again=actions.SCANS.again,
    location="/v1/employers/{employer_id}/workplace-scans/{id}",
)
async def record_scan(employer_id: Id, body: WorkplaceScanIn, session: Writing) -> WorkplaceScanOut:
    """Record how a workplace was found: five aspects, each green, orange or red."""
    return await actions.scan(session, employer_id, body)


@visits.get("/workplace-scans", act=acts.LOOK)
async def list_scans(
    employer_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkplaceScanOut]:
    """The scans of the workplaces of one employer."""
    return await actions.SCANS.page(session, employer_id, cursor, page_size)


@visits.get("/workplace-scans/{scan_id}", act=acts.LOOK)
async def read_scan(employer_id: Id, scan_id: Id, session: Reading) -> WorkplaceScanOut:
    """One scan with its verdict."""
    return await actions.SCANS.read(session, employer_id, scan_id)


@visits.post("/notes/{note_id}/withdrawals", act=acts.CHANGE, again=actions.NOTES.again, match=True)
async def withdraw_note(
    employer_id: Id, note_id: Id, body: WordsWithdrawnIn, session: Writing
) -> EmployerNoteOut:
    """Take the words of a note out, for somebody may be named in them."""
    return await actions.unsay_note(session, employer_id, note_id, body)


@visits.post(
    "/contacts/{contact_id}/withdrawals", act=acts.CHANGE, again=actions.CONTACTS.again, match=True
)
async def withdraw_contact(
    employer_id: Id, contact_id: Id, body: WordsWithdrawnIn, session: Writing
) -> EmployerContactOut:
    """Take the words of a contact out; that it was stays."""
    return await actions.unsay_contact(session, employer_id, contact_id, body)


@visits.post(
    "/workplace-scans/{scan_id}/withdrawals", act=acts.CHANGE, again=actions.SCANS.again, match=True
)
async def withdraw_scan(
    employer_id: Id, scan_id: Id, body: WordsWithdrawnIn, session: Writing
) -> WorkplaceScanOut:
    """Take the words of a scan out; the colours stay."""
    return await actions.unsay_scan(session, employer_id, scan_id, body)
