"""The answer: everything that was decided is carried out at once, in one transaction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, bindparam, insert, update

from app.access import grants
from app.access.collection import one_moved
from app.access.erasure import destroying
from app.access.facts import DataSubjectRequest
from app.access.records import restrictable
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Category
from app.access.writing import stamp
from app.domain.consent.rules.restricting import RestrictionGround
from app.domain.consent.tables import Restriction
from app.domain.privacy.rules.retention import class_of
from app.domain.rights import queries
from app.domain.rights.actions.asking import RECORDS, told
from app.domain.rights.actions.deciding import decisions_of, opened, own_items, registrar_of
from app.domain.rights.rules.deciding import (
    DecisionOutcome,
    Item,
    RequestKind,
    breaks_the_record,
    destroys_everything,
    last_change,
    outcomes,
    undecided,
    whole_categories,
)
from app.domain.rights.schemas import DataSubjectAnswerIn, DataSubjectRequestOut
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import Conflict

_ANSWER = update(DataSubjectRequest).where(
    DataSubjectRequest.id == bindparam("request"), DataSubjectRequest.valid_until.is_(None)
)
_RESTRICTION = insert(Restriction)


async def answer(
    session: Session, request_id: UUID, body: DataSubjectAnswerIn
) -> DataSubjectRequestOut:
    """What is to be destroyed is gone when this is answered, and stays gone after a restore.

    409 while something is undecided, or when what the shared record hangs on would go while
    another party still has a part in it.
    """
    row = await opened(session, request_id)
    every = await queries.items(session, row.client_id)
    decided = outcomes(await own_items(session, row, every), decisions_of(row))
    ours = await registrar_of(session, row.client_id) == row.organisation_id
    _check(RequestKind(row.kind), every, decided, registrar=ours)
    await _check_terms(session, row, decided)
    tombstones = await _tombstones(session, row, every, decided)
    if tombstones:
        async with grants.as_compiler(session.db, row.client_id):
            await destroying.set_tombstones(session.db, tombstones)
    await _restrict(session, row, decided)
    words = await session.closed(DataSubjectRequest.answer, row, body.answer)
    values = {"valid_until": session.viewer.moment, "answer": words}
    one_moved(await session.execute(_ANSWER.values(**values), {"request": row.id}))
    session.seen(moved(RECORDS, row))
    out = told(session, await queries.one(session, row.id))
    if tombstones:
        await _destroy(session, row.client_id, tombstones)
    await session.recompile(row.client_id)
    if any(one["everything"] for one in tombstones):
        session.touched.discard(row.client_id)  # nobody's list and no reminder is left to renew
    await outbox.announce(session.db, "data_subject_request.answered", row.id)
    return out


def _check(
    kind: RequestKind,
    every: list[Item],
    decided: Mapping[Item, DecisionOutcome | None],
    *,
    registrar: bool,
) -> None:
    open_ones = undecided(decided) if kind is RequestKind.ERASURE else []
    if open_ones:
        names = ", ".join(category.value for category in open_ones)
        raise Conflict(f"There is no decision yet on: {names}.")
    if breaks_the_record(every, decided, registrar=registrar):
        raise Conflict(
            "What others lean on (identity, BSN, existence; of who registered the client also"
            " status and consents) goes with the last of what there is of this client."
        )


async def _check_terms(
    session: Session, row: Row[Any], decided: Mapping[Item, DecisionOutcome | None]
) -> None:
    """Again, for what was recorded since it was decided on its category."""
    for item, outcome in decided.items():
        if outcome is DecisionOutcome.RESTRICT and item.organisation_id is None:
            raise Conflict("Records of the client's own cannot be restricted; decide on them anew.")
    gone = {item.category for item, out in decided.items() if out is DecisionOutcome.DESTROY}
    if not gone:
        return
    kind = await queries.kind_of(session, row.organisation_id)
    changed, today = day_of(last_change(decided)), day_of(session.viewer.moment)
    for category in sorted(gone):
        kept = class_of(kind, category, session.services.retention)
        if not kept.may_destroy(changed, today):
            raise Conflict(f"The law obliges to keep [{category}]: {kept.source}.")


async def _tombstones(
    session: Session,
    row: Row[Any],
    every: list[Item],
    decided: Mapping[Item, DecisionOutcome | None],
) -> list[dict[str, Any]]:
    """One for all there is; else one per category and organisation, or per single record."""
    until = await queries.now(session.db)
    gone = [item for item, out in decided.items() if out is DecisionOutcome.DESTROY]
    if not gone:
        return []
    if destroys_everything(every, decided):
        return [tombstone(row, until, everything=True)]
    whole = whole_categories(decided)
    own = {(i.organisation_id, i.category) for i in gone if i.category in whole}
    return [
        *(
            tombstone(row, until, organisation_id=o, category=c.bit)
            for o, c in sorted(own, key=str)
        ),
        *(
            tombstone(row, until, organisation_id=i.organisation_id, record_id=i.id)
            for i in gone
            if i.category not in whole
        ),
    ]


def tombstone(row: Row[Any], until: Any, **values: Any) -> dict[str, Any]:
    """For one request (`id`) of one client, with only what is given of what it covers."""
    nothing = {"organisation_id": None, "category": None, "record_id": None, "everything": False}
    return {
        **nothing,
        "id": uuid4(),
        "client_id": row.client_id,
        "request_id": row.id,
        "recorded_until": until,
        **values,
    }


async def _destroy(session: Session, client_id: UUID, tombstones: list[dict[str, Any]]) -> None:
    async with grants.as_compiler(session.db, client_id):
        await destroying.destroy(session.db, [client_id])
    session.buried += tombstones


async def _restrict(
    session: Session, row: Row[Any], decided: Mapping[Item, DecisionOutcome | None]
) -> None:
    """Out of use at once: for the client and who answers for it, until the day that was named."""
    found: dict[Category, list[UUID]] = {}
    for item, outcome in decided.items():
        if outcome is DecisionOutcome.RESTRICT:
            found.setdefault(item.category, []).append(item.id)
    for category, ids in found.items():
        async with grants.as_compiler(session.db, row.client_id):
            for record_id in ids:
                await session.add(_RESTRICTION, _restriction(session, row, category, record_id))
            closable: list[Any] = list(restrictable(category))
            for table in closable:
                closing = update(table).where(table.id.in_(ids), table.restricted_at.is_(None))
                await session.db.execute(closing.values(restricted_at=session.viewer.moment))


def _restriction(
    session: Session, row: Row[Any], category: Category, record_id: UUID
) -> dict[str, Any]:
    return {
        **stamp(session, row.client_id),
        "organisation_id": row.organisation_id,
        "of_category": category.value,
        "record_id": record_id,
        "ground": RestrictionGround.KEPT_BY_LAW.value,
        "explanation": "Decided on a request of the client.",
    }
