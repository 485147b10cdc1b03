"""What is contested stays, for the client and for who answers for it, until that is settled."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, or_, update

from app.access import grants
from app.access.collection import Records, one_moved
from app.access.records import restrictable
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Category, Role
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions.checking import Faults
from app.domain.consent.rules.restricting import may_restrict
from app.domain.consent.schemas.restricting import (
    RestrictionIn,
    RestrictionLiftIn,
    RestrictionOut,
)
from app.domain.consent.tables import Restriction
from app.domain.party.queries import organisations
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed

RECORDS = Records(Restriction, RestrictionOut, under="client")
_LIFT = update(Restriction).where(
    Restriction.id == bindparam("restriction"), Restriction.lifted_at.is_(None)
)


async def restrict(session: Session, client_id: UUID, body: RestrictionIn) -> RestrictionOut:
    """At once. The record stays where it is; nothing tells others that there is one."""
    await clients.parent(session, client_id)
    _check(session, body.category, body.organisation_id)
    faults = Faults()
    if not restrictable(body.category):
        faults.add("category", "not_allowed_value", "Records of this kind cannot be restricted.")
    if await organisations.one(session, body.organisation_id) is None:
        faults.unknown("organisationId")
    faults.done()
    await grants.lock(session.db, client_id)
    values = {
        "organisation_id": body.organisation_id,
        "of_category": body.category.value,
        "record_id": body.record_id,
        "ground": body.ground.value,
        "explanation": body.explanation,
    }
    made = await record_fact(session, Restriction, client_id=client_id, values=values)
    scope = {"client": client_id, "body": body.organisation_id, "one": body.record_id}
    closed = await _set(session, body.category, scope, at=session.viewer.moment)
    if body.record_id is not None and not closed:
        faults.unknown("recordId")
        faults.done()
    session.touched.add(client_id)
    await outbox.announce(session.db, "restriction.made", made)
    return await RECORDS.written(session, client_id, made)


def _check(session: Session, category: Category, organisation_id: UUID) -> None:
    answers = session.viewer.organisation_id == organisation_id
    machine = session.viewer.machine_id is not None and session.viewer.membership_id is None
    if machine or not may_restrict(session.viewer.role, category, answers=answers):
        raise NotAllowed("The client restricts, or who may correct such records of their own.")


async def _set(session: Session, category: Category, scope: dict[str, Any], at: Any) -> int:
    """As the compiler, whose row policy lets only these records be closed or opened."""
    found = 0
    async with grants.as_compiler(session.db, scope["client"]):
        for table in restrictable(category):
            values = {**scope, "at": at}
            found += (await session.db.execute(_of(table, closing=at is not None), values)).rowcount
    return found


def _of(table: Any, *, closing: bool) -> Any:
    one = bindparam("one", type_=Uuid())
    open_now = table.restricted_at.is_(None)
    return (
        update(table)
        .where(
            and_(
                table.client_id == bindparam("client", type_=Uuid()),
                table.controller_organisation_id == bindparam("body", type_=Uuid()),
                or_(one.is_(None), table.id == one),
                open_now if closing else ~open_now,
            )
        )
        .values(restricted_at=bindparam("at"))
    )


async def lift(
    session: Session, client_id: UUID, restriction_id: UUID, body: RestrictionLiftIn
) -> RestrictionOut:
    """By the client, or by who answers for the records and has settled it; the client is told.

    What another restriction still holds stays closed. What the privacy desk decided on a request
    of the client, only the client lifts: else care would undo what the client was told.
    """
    await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    row = await RECORDS.found(session, client_id, restriction_id)
    category = Category(row.of_category)
    _check(session, category, row.organisation_id)
    if row.author_role == Role.PRIVACY_DESK and session.viewer.role is not Role.CLIENT:
        raise NotAllowed("This was decided on a request of the client, who alone lifts it.")
    if row.lifted_at is not None:
        raise Conflict("This restriction was lifted already.")
    values = {
        "lifted_at": session.viewer.moment,
        "lifted_by": session.viewer.grantee_id,
        "lifted_because": await session.closed(Restriction.lifted_because, row, body.because),
    }
    one_moved(await session.execute(_LIFT.values(**values), {"restriction": row.id}))
    session.seen(moved(RECORDS, row))
    scope = {"client": client_id, "body": row.organisation_id, "one": row.record_id}
    await _set(session, category, scope, at=None)
    await _close_again(session, client_id, category, row.organisation_id)
    session.touched.add(client_id)
    await outbox.announce(session.db, "restriction.lifted", row.id)
    return await RECORDS.written(session, client_id, row.id)


async def _close_again(
    session: Session, client_id: UUID, category: Category, organisation_id: UUID
) -> None:
    """Records under another restriction, each from the moment that that one began."""
    for other in await RECORDS.rows(session, client_id):
        same = (other.of_category, other.organisation_id) == (category.value, organisation_id)
        if same and other.lifted_at is None:
            scope = {"client": client_id, "body": organisation_id, "one": other.record_id}
            await _set(session, category, scope, at=other.recorded_at)


async def read(session: Session, client_id: UUID, restriction_id: UUID) -> RestrictionOut:
    parent = await clients.parent(session, client_id)
    return await RECORDS.read(session, parent.client_id, restriction_id)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[RestrictionOut]:
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)
