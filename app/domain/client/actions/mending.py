"""Keeping what is known of a client right: name, birth date, e-mail address and telephone."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert

from app.access import grants
from app.access.collection import Records
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb, categories_in
from app.access.writing import stamp
from app.domain.client import queries
from app.domain.client.actions.clients import age_faults, shown_now
from app.domain.client.rules import BY_ONESELF, may_look_back, may_mend, name_key
from app.domain.client.schemas import ClientChange, ClientOut, ParticularsOut
from app.domain.client.tables import ClientIdentity
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, NotAllowed, NotFound

PARTICULARS = Records(ClientIdentity, ParticularsOut, under="client", statement=queries.PARTICULARS)
_ADD = insert(ClientIdentity)
_NAMES = ("given_name", "family_name", "birth_date", "email", "telephone")


async def mend(session: Session, client_id: UUID, body: ClientChange) -> ClientOut:
    """What is given takes the place of what was there, in a version beside the earlier one.

    Under the client's lock, read anew once it is held: of two at once the second one is refused.
    """
    _there(await queries.one(session, client_id))
    await grants.lock(session.db, client_id)
    row = _there(await queries.one(session, client_id))
    session.require_match(shown_now(session, row))
    told = body.model_dump(exclude_unset=True)
    await _require(session, row, told)
    changed = {name: value for name, value in told.items() if value != row._mapping[name]}
    if changed:
        await _add(session, row, changed)
    return shown_now(session, _there(await queries.one(session, client_id)))


def _there(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound
    return row


async def _require(session: Session, row: Row[Any], told: dict[str, Any]) -> None:
    """NotAllowed for who may not: a reader by consent, another organisation, a name by oneself."""
    viewer = session.viewer
    own = row.controller_organisation_id == viewer.organisation_id
    seen = Category.IDENTITY in categories_in(row.mask)
    if not (seen and may_mend(viewer.role, own=own) and await queries.may_mend(session, row.id)):
        raise NotAllowed
    if not own and not BY_ONESELF.issuperset(told):
        detail = "Name and birth date are for who registered the client; ask to rectify them."
        raise NotAllowed(detail)
    faults = list(age_faults(session, told["birth_date"])) if "birth_date" in told else []
    if faults:
        raise BadRequest(errors=faults)


async def _add(session: Session, row: Row[Any], changed: dict[str, Any]) -> None:
    """The next version, for which the same organisation answers, whoever wrote it."""
    values = {name: changed.get(name, row._mapping[name]) for name in _NAMES}
    made = {
        **stamp(session, row.client_id),
        **values,
        "name_key": name_key(values["family_name"]),
        "changed": sorted(changed),
        "controller_organisation_id": row.controller_organisation_id,
    }
    del made["recorded_at"]  # the database's own moment: after the lock that was waited for
    await session.add(_ADD, made)
    session.seen(_entry(row, made["id"]))
    session.touched.add(row.client_id)
    if "birth_date" in changed:  # who may act for the client, and which consents count
        await session.recompile(row.client_id)
    await outbox.announce(session.db, "client_identity.changed", made["id"])


def _entry(row: Row[Any], record_id: UUID) -> Entry:
    """Which version it was stands on the log; that version tells what was changed."""
    return Entry(
        client_id=row.client_id,
        resource=ParticularsOut.resource,
        record_id=record_id,
        verb=Verb.UPDATE,
        shown=Category.IDENTITY.bit,
        grounds=tuple(row.grounds or ()),
    )


async def look_back(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[ParticularsOut]:
    """What was known of the client from when to when; for the client and who answers for it."""
    parent = await queries.parent(session, client_id)
    registrar = await queries.registrar(session, client_id)
    viewer = session.viewer
    if not may_look_back(viewer.role, own=registrar == viewer.organisation_id):
        raise NotAllowed
    return await PARTICULARS.page(session, parent, cursor, size)
