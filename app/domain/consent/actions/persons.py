"""Who acts for a client (a mandate) and who stands beside a client (a supporter)."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.ceilings import open_to_consent
from app.access.collection import Records
from app.access.facts import Representative, Supporter
from app.access.log import Entry
from app.access.policy.persons import CHOSEN
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb, categories_in, mask_of
from app.access.world import MandateKind
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions.checking import Faults, period_of
from app.domain.consent.rules import words
from app.domain.consent.rules.giving import mandated
from app.domain.consent.schemas.persons import (
    RepresentativeIn,
    RepresentativeOut,
    SupporterIn,
    SupporterOut,
)
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed

Person = type[Representative] | type[Supporter]


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    return {"scope": words.inner(categories_in(row.scope))}


REPRESENTATIVES = Records(Representative, RepresentativeOut, under="client", present=_present)
SUPPORTERS = Records(Supporter, SupporterOut, under="client", present=_present)


async def add_representative(
    session: Session, client_id: UUID, body: RepresentativeIn
) -> RepresentativeOut:
    """By the client, or by a treating clinician who saw the evidence; never by a representative."""
    await clients.parent(session, client_id)
    role = session.viewer.role
    unnamed = session.viewer.machine_id is not None and session.viewer.membership_id is None
    if unnamed or role not in {Role.CLIENT, Role.CLINICIAN}:
        raise NotAllowed("A mandate is recorded by the client or a treating clinician.")
    faults = Faults()
    closed = set(body.scope) - mandated(body.kind)
    _check_scope(
        body.scope, closed, f"A mandate of this kind never covers: {_names(closed)}.", faults
    )
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    values = {
        "name": body.name,
        "kind": body.kind.value,
        "scope": mask_of(set(body.scope)),
        "evidence": body.evidence,
        "verified": role is Role.CLINICIAN,
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }
    made = await _add(session, Representative, client_id, values)
    return await REPRESENTATIVES.written(session, client_id, made)


async def add_supporter(session: Session, client_id: UUID, body: SupporterIn) -> SupporterOut:
    """By the client alone: a supporter rests on nothing but this consent."""
    await clients.parent(session, client_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed("Only the client chooses a supporter.")
    faults = Faults()
    closed = set(body.scope) - open_to_consent(Role.SUPPORTER)
    _check_scope(body.scope, closed, f"A supporter never sees: {_names(closed)}.", faults)
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    values = {
        "name": body.name,
        "scope": mask_of(set(body.scope)),
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }
    made = await _add(session, Supporter, client_id, values)
    return await SUPPORTERS.written(session, client_id, made)


def _check_scope(scope: list[Category], closed: set[Category], detail: str, faults: Faults) -> None:
    if closed:
        faults.add("scope", "never_shared", detail)
    if Category.EXISTENCE not in scope:
        needed = "Without existence nothing else of a client can be reached."
        faults.add("scope", "required", needed)


def _names(categories: set[Category]) -> str:
    return ", ".join(words.inner(frozenset(categories)))


async def _add(session: Session, table: Person, client_id: UUID, values: dict[str, Any]) -> UUID:
    await grants.lock(session.db, client_id)
    made = await record_fact(session, table, client_id=client_id, values=values)
    await session.recompile(client_id)
    await outbox.announce(session.db, f"{table.__tablename__}.recorded", made)
    return made


async def close_by(session: Session, client_id: UUID, person_id: UUID) -> Row[Any] | None:
    """A representative or supporter of this client that this viewer may see."""
    found = await REPRESENTATIVES.one(session, client_id, person_id)
    return found or await SUPPORTERS.one(session, client_id, person_id)


async def read_representative(
    session: Session, client_id: UUID, person_id: UUID
) -> RepresentativeOut:
    parent = await clients.parent(session, client_id)
    return await REPRESENTATIVES.read(session, parent.client_id, person_id)


async def read_supporter(session: Session, client_id: UUID, person_id: UUID) -> SupporterOut:
    parent = await clients.parent(session, client_id)
    return await SUPPORTERS.read(session, parent.client_id, person_id)


async def browse_representatives(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[RepresentativeOut]:
    parent = await clients.parent(session, client_id)
    return await REPRESENTATIVES.page(session, parent, cursor, size)


async def browse_supporters(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[SupporterOut]:
    parent = await clients.parent(session, client_id)
    return await SUPPORTERS.page(session, parent, cursor, size)


async def end_representative(
    session: Session, client_id: UUID, person_id: UUID
) -> RepresentativeOut:
    """The same second, with the login; by the client, or by care that recorded it.

    The client ends what the client chose; what a court or the law ordered ends when care has seen
    that it did.
    """
    parent = await clients.parent(session, client_id)
    role = session.viewer.role
    if role not in {Role.CLIENT, Role.CLINICIAN}:
        raise NotAllowed("A mandate is ended by the client or a treating clinician.")
    row = await REPRESENTATIVES.found(session, parent.client_id, person_id)
    if role is Role.CLIENT and row.verified and MandateKind(row.kind) not in CHOSEN:
        raise NotAllowed("This mandate was not given by the client; care ends it on evidence.")
    await _end(session, REPRESENTATIVES, Representative, client_id, person_id)
    return await REPRESENTATIVES.written(session, client_id, person_id)


async def end_supporter(session: Session, client_id: UUID, person_id: UUID) -> SupporterOut:
    """The same second, with the login; by the client alone."""
    if session.viewer.role is not Role.CLIENT:
        await clients.parent(session, client_id)
        raise NotAllowed("Only the client ends what the client chose.")
    await _end(session, SUPPORTERS, Supporter, client_id, person_id)
    return await SUPPORTERS.written(session, client_id, person_id)


async def _end(
    session: Session, records: Records[Any], table: Person, client_id: UUID, person_id: UUID
) -> None:
    """It only takes access away, so it may be repeated, and asks for no If-Match."""
    await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    row = await records.locked(session, client_id, person_id)
    at = session.viewer.moment
    if row.valid_until is not None and row.valid_until <= at:
        return
    ended = update(table).where(table.id == bindparam("person")).values(valid_until=bindparam("at"))
    await session.execute(ended, {"person": person_id, "at": at})
    await grants.end_links(session.db, client_id)
    entry = Entry(
        client_id=client_id,
        resource=table.__tablename__,
        record_id=person_id,
        verb=Verb.UPDATE,
        shown=Category.CONSENT.bit,
    )
    session.seen(entry)
    await session.recompile(client_id)
    await outbox.announce(session.db, f"{table.__tablename__}.ended", person_id)
