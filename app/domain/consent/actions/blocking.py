"""The client bars an organisation or a person; only the client's own side does and undoes it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Parent, Records
from app.access.facts import Block
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb, categories_in, mask_of
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.actions.checking import Faults, period_of
from app.domain.consent.actions.persons import close_by
from app.domain.consent.queries.blocks import BLOCKS
from app.domain.consent.rules import words
from app.domain.consent.schemas.blocking import BlockIn, BlockOut
from app.domain.party.queries import memberships, organisations
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed
from app.platform.http.schemas import NIL

_LIFT = update(Block).where(Block.id == bindparam("block")).values(valid_until=bindparam("at"))


def _present(_session: Session, row: Row[Any]) -> dict[str, Any]:
    barred = categories_in(row.categories)
    return {
        "barred": words.inner(barred),
        "kept_by_law": words.inner(barred & categories_in(row.by_task)),
    }


RECORDS = Records(Block, BlockOut, under="client", statement=BLOCKS, present=_present)


async def block(session: Session, client_id: UUID, body: BlockIn) -> BlockOut:
    """The answer tells what the barred body keeps seeing by its legal task."""
    parent = await clients.parent(session, client_id)
    _check_blocker(session, parent, mask_of(set(body.categories)))
    faults = Faults()
    await check_target(session, client_id, body, faults)
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    await grants.lock(session.db, client_id)
    made = await record_fact(
        session,
        Block,
        client_id=client_id,
        values={
            "organisation_id": body.organisation_id,
            "membership_id": body.membership_id,
            "person_id": body.person_id,
            "categories": mask_of(set(body.categories)),
            "valid_from": period.valid_from,
            "valid_until": period.valid_until,
        },
    )
    await session.recompile(client_id)
    await outbox.announce(session.db, "block.made", made)
    return await RECORDS.written(session, client_id, made)


def _check_blocker(session: Session, parent: Parent, categories: int) -> None:
    if session.viewer.role not in giving.ACTING:
        raise NotAllowed("Only the client, or who acts for the client, bars others.")
    giving.check_mandate(session, parent, categories)


async def check_target(session: Session, client_id: UUID, body: BlockIn, faults: Faults) -> None:
    """One organisation, professional or person close by, and it exists."""
    named = (body.organisation_id, body.membership_id, body.person_id)
    if sum(one is not None for one in named) != 1:
        detail = "Give one of organisationId, membershipId and personId."
        faults.add("organisationId", "wrong_combination", detail)
        return
    if body.person_id is not None:
        found, name = await close_by(session, client_id, body.person_id), "personId"
    elif body.membership_id is not None:
        found, name = await memberships.anywhere(session, body.membership_id), "membershipId"
    else:
        wanted = body.organisation_id or NIL
        found, name = await organisations.one(session, wanted), "organisationId"
    if found is None:
        faults.unknown(name)


async def read(session: Session, client_id: UUID, block_id: UUID) -> BlockOut:
    parent = await clients.parent(session, client_id)
    return await RECORDS.read(session, parent.client_id, block_id)


async def browse(
    session: Session, client_id: UUID, cursor: str | None, size: int
) -> Page[BlockOut]:
    parent = await clients.parent(session, client_id)
    return await RECORDS.page(session, parent, cursor, size)


async def lift(session: Session, client_id: UUID, block_id: UUID) -> BlockOut:
    """The client lifts any block; who acts for the client never one that the client made."""
    parent = await clients.parent(session, client_id)
    await grants.lock(session.db, client_id)
    row = await RECORDS.locked(session, client_id, block_id)
    _check_blocker(session, parent, row.categories)
    if session.viewer.role is not Role.CLIENT and row.author_role == Role.CLIENT:
        raise NotAllowed("What the client barred, only the client opens.")
    RECORDS.require_match(session, row)
    if row.valid_until is not None and row.valid_until <= session.viewer.moment:
        raise Conflict("This block has ended.")
    await session.execute(_LIFT, {"block": block_id, "at": session.viewer.moment})
    entry = Entry(
        client_id=client_id,
        resource="block",
        record_id=block_id,
        verb=Verb.UPDATE,
        shown=Category.CONSENT.bit,
    )
    session.seen(entry)
    await session.recompile(client_id)
    await outbox.announce(session.db, "block.lifted", block_id)
    return await RECORDS.written(session, client_id, block_id)
