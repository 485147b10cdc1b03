"""Breaking the glass, reading of it, and reviewing it with four eyes."""

from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Row, insert

from app.access import grants, policy, refusals
from app.access.disclosure import disclose, preview
from app.access.log import Entry
from app.access.pages import cut
from app.access.safeguards import BreakGlass
from app.access.session import Session
from app.access.vocabulary import Basis, Category, Purpose, Role, Verb, categories_in
from app.access.writing import stamp
from app.domain.consent.rules.words import inner
from app.domain.emergency import queries
from app.domain.emergency.rules import ReviewState, time_box
from app.domain.emergency.schemas import EmergencyAccessIn, EmergencyAccessOut, ReviewIn
from app.domain.emergency.tables import BreakGlassReview
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound
from app.platform.http.schemas import NIL
from app.platform.identifiers import normalise_bsn

_BREAK, _REVIEW = insert(BreakGlass), insert(BreakGlassReview)
_WHO = (
    "A clinician breaks the glass in person, and states the purpose emergency: in the header"
    " `Purpose-Of-Use`, here and at every look on it."
)


async def break_glass(session: Session, body: EmergencyAccessIn) -> EmergencyAccessOut:
    """Only where one's own organisation treats the client; elsewhere there is no such client.

    It stands on the client's log at once, and the client and the privacy desk are told.
    """
    viewer = session.viewer
    if (viewer.role, viewer.purpose) != (Role.CLINICIAN, Purpose.EMERGENCY):
        raise NotAllowed(_WHO)
    if viewer.membership_id is None or viewer.machine_id is not None:
        raise NotAllowed(_WHO)
    client_id, asked_index = await _named(session, body)
    await grants.lock(session.db, client_id)
    await _require_free(session, client_id, asked_index)
    box = time_box(viewer.moment, session.services.emergency_hours)
    row = {
        **stamp(session, client_id),
        "membership_id": viewer.membership_id,
        "desk_inbox_id": await queries.desk_of(session, viewer.organisation_id),
        "reason": body.reason.value,
        "explanation": body.explanation,
        "valid_from": box.valid_from,
        "valid_until": box.valid_until,
    }
    async with grants.as_compiler(session.db, client_id):
        await session.add(_BREAK, row)
    await _tell(session, client_id, row["id"], "emergency_access.opened", Verb.CREATE)
    await session.recompile(client_id)
    return await _written(session, row["id"])


async def _named(session: Session, body: EmergencyAccessIn) -> tuple[UUID, bytes | None]:
    if (body.client_id is None) == (body.bsn is None):
        detail = "Give either clientId or bsn."
        raise BadRequest(errors=[Fault("body", "#/clientId", "wrong_combination", detail)])
    if body.bsn is None:
        return body.client_id or NIL, None
    try:
        index = session.services.vault.global_index(normalise_bsn(body.bsn))
    except ValueError:
        fault = Fault("body", "#/bsn", "not_a_bsn", "This is not a valid BSN.")
        raise BadRequest(errors=[fault]) from None
    return await queries.client_of(session.db, index) or NIL, index


async def _require_free(session: Session, client_id: UUID, asked_index: bytes | None) -> None:
    """Hidden and absent are one answer; a second time within the hours is a conflict."""
    viewer = session.viewer
    world = await grants.world(session.db, client_id)
    if not policy.treats(world, viewer.organisation_id, viewer.moment):
        await _refuse(session, client_id, asked_index)
    for glass in world.broken:
        if glass.membership_id == viewer.membership_id and glass.period.holds(viewer.moment):
            raise Conflict("Your emergency access to this client is open already.")


async def _refuse(session: Session, client_id: UUID, asked_index: bytes | None) -> NoReturn:
    """On the record with what was asked: this transaction is rolled back."""
    await refusals.write(
        session.services.engines.reader,
        session.viewer,
        session.exchange,
        404,
        asked_id=client_id if asked_index is None else None,
        asked_index=asked_index,
    )
    raise NotFound


async def review(session: Session, glass_id: UUID, body: ReviewIn) -> EmergencyAccessOut:
    """Once, by the privacy desk, and never by the person who broke the glass."""
    viewer = session.viewer
    row = _there(await queries.one(session, glass_id))
    if viewer.role is not Role.PRIVACY_DESK or viewer.machine_id is not None:
        raise NotAllowed("The privacy desk of the organisation reviews emergency access.")
    if await queries.person_of(session, viewer.membership_id) == row.practitioner_id:
        raise NotAllowed("Nobody reviews what they did themselves; it takes four eyes.")
    await grants.lock(session.db, row.client_id)
    row = _there(await queries.one(session, glass_id))
    if row.review != ReviewState.UNREVIEWED:
        raise Conflict("This was reviewed already.")
    made = {
        **stamp(session, row.client_id),
        "break_glass_id": glass_id,
        "outcome": body.outcome.value,
        "finding": body.finding,
    }
    async with grants.as_compiler(session.db, row.client_id):
        await session.add(_REVIEW, made)
    await _tell(session, row.client_id, glass_id, "emergency_access.reviewed", Verb.UPDATE)
    return await _written(session, glass_id)


async def _tell(session: Session, client_id: UUID, glass_id: UUID, event: str, verb: Verb) -> None:
    entry = Entry(
        client_id=client_id,
        resource="emergency_access",
        record_id=glass_id,
        verb=verb,
        shown=Category.CONSENT.bit,
        grounds=(f"{Basis.BREAK_GLASS}:{glass_id}",) if verb is Verb.CREATE else (),
    )
    session.seen(entry)
    await outbox.announce(session.db, event, glass_id)


def _there(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound
    return row


async def _written(session: Session, glass_id: UUID) -> EmergencyAccessOut:
    row = _there(await queries.one(session, glass_id))
    return preview(EmergencyAccessOut, row, **_computed(row))


async def read(session: Session, glass_id: UUID) -> EmergencyAccessOut:
    return _out(session, _there(await queries.one(session, glass_id)))


async def browse(
    session: Session, state: ReviewState | None, cursor: str | None, size: int
) -> Page[EmergencyAccessOut]:
    """The client's own, those of one's desk, and the one that one has open."""
    found = await cut(
        session,
        lambda after, most: queries.page(session, state and state.value, after, most),
        filters=f"emergency-accesses {state}",
        cursor=cursor,
        size=size,
    )
    return found.page([_out(session, row, listed=True) for row in found.rows])


def _out(session: Session, row: Row[Any], *, listed: bool = False) -> EmergencyAccessOut:
    return disclose(session, EmergencyAccessOut, row, listed=listed, **_computed(row))


def _computed(row: Row[Any]) -> dict[str, Any]:
    return {
        "organisation_id": row.controller_organisation_id,
        "looked_at": inner(categories_in(row.looked_at)),
    }
