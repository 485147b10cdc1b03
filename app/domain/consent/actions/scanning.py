"""A signed form, scanned: evidence beside the consent, for the client and for who will send."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access import grants
from app.access.collection import Parent, Records
from app.access.session import Session
from app.access.versions import supersede
from app.access.writing import record
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.actions.checking import Faults
from app.domain.consent.queries import scans
from app.domain.consent.rules import scanning
from app.domain.consent.rules.giving import ConsentState, GivenHow
from app.domain.consent.schemas.scans import (
    ConsentScanContentOut,
    ConsentScanIn,
    ConsentScanOut,
)
from app.domain.consent.tables import ConsentScan
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed, NotFound

OVER = frozenset({ConsentState.WITHDRAWN, ConsentState.ENDED})


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"recorded_by_organisation_id": row.controller_organisation_id}


SCANS = Records(
    ConsentScan, ConsentScanOut, under="consent", statement=scans.SCANS, present=_present
)
CONTENTS = Records(
    ConsentScan,
    ConsentScanContentOut,
    under="consent",
    statement=scans.WITH_CONTENT,
    present=_present,
)


async def scan(session: Session, consent_id: UUID, body: ConsentScanIn) -> ConsentScanOut:
    """Add it under the client's lock, so that the consent stands and five stay five."""
    of = await clients.parent(session, (await _consent(session, consent_id)).client_id)
    await grants.lock(session.db, of.client_id)
    row = await giving.RECORDS.found(session, of.client_id, consent_id)
    _check_who(session, of, row)
    said = _checked(body)
    await _check_room(session, row)
    if body.supersedes is not None:
        await supersede(session, SCANS, _under(row), body.supersedes)
    values = {
        "consent_id": row.id,
        "sender_organisation_id": row.sender_organisation_id,
        "supersedes_id": body.supersedes,
        "media_type": body.media_type.value,
        "byte_count": len(said),
        "content": body.content,
    }
    of_consent = {"client_id": of.client_id, "trajectory_id": row.trajectory_id}
    made = await record(session, ConsentScan, **of_consent, values=values)
    await outbox.announce(session.db, "consent_scan.recorded", made)
    return await SCANS.written(session, row.id, made)


async def _consent(session: Session, consent_id: UUID) -> Row[Any]:
    row = await giving.RECORDS.anywhere(session, consent_id)
    if row is None:
        raise NotFound
    return row


def _under(row: Row[Any]) -> Parent:
    return Parent(row.client_id, row.id, row.mask)


def _check_who(session: Session, parent: Parent, row: Row[Any]) -> None:
    """Those who may record a consent with evidence; never its recipient."""
    if session.viewer.role in giving.ACTING:
        giving.check_mandate(session, parent, row.categories)
        return
    own = session.viewer.organisation_id
    if own is None or own != row.sender_organisation_id:
        raise NotAllowed("A scan is added by the client, or by the sender of what is shared.")


def _checked(body: ConsentScanIn) -> bytes:
    """The file itself. Raises BadRequest."""
    faults, said = Faults(), scanning.read(body.content)
    if said is None:
        faults.add("content", "wrong_format", "Must be base64 (RFC 4648, section 4).")
    elif len(said) > scanning.MOST_BYTES:
        faults.add("content", "too_long", "At most 4 MiB.")
    elif not scanning.is_of(body.media_type, said):
        faults.add("content", "does_not_fit", "This is no file of the kind that mediaType names.")
    faults.done()
    return said or b""


async def _check_room(session: Session, row: Row[Any]) -> None:
    if giving.present(session, row)["state"] in OVER:
        raise Conflict("This consent is over: nothing is added to it.")
    if row.given_how != GivenHow.PAPER:
        raise Conflict("This consent was not given on paper, so it has no form.")
    if len(await SCANS.rows(session, row.id, scanning.MOST_SCANS)) == scanning.MOST_SCANS:
        raise Conflict(f"A consent has at most {scanning.MOST_SCANS} scans.")


async def again(session: Session, scan_id: UUID) -> ConsentScanOut:
    """What an earlier POST made."""
    return await SCANS.again(session, scan_id)


async def browse(
    session: Session, consent_id: UUID, cursor: str | None, size: int
) -> Page[ConsentScanOut]:
    """All scans of one consent that the viewer may see: none of them for its recipient."""
    row = await _consent(session, consent_id)
    return await SCANS.page(session, _under(row), cursor, size)


async def read(session: Session, consent_id: UUID, scan_id: UUID) -> ConsentScanContentOut:
    """One of them, with what is on it."""
    return await CONTENTS.read(session, consent_id, scan_id)
