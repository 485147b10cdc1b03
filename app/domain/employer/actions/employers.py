"""Entering, changing and reading employers of the own organisation."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert

from app.access.days import require_past
from app.access.directory import directory_page, filled
from app.access.session import Session
from app.domain.employer import queries
from app.domain.employer.actions.keeping import refuse_care, stamp
from app.domain.employer.rules import acts
from app.domain.employer.schemas.employers import EmployerChange, EmployerIn, EmployerOut
from app.domain.employer.tables import Employer
from app.domain.party.rules import number_faults
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict

_ADD = insert(Employer).on_conflict_do_nothing().returning(Employer.id)


async def enter(session: Session, body: EmployerIn) -> EmployerOut:
    """A new entry; what other organisations know of the same employer stays theirs."""
    acts.ADD.allow(session.viewer)
    if faults := list(number_faults({"kvk": body.kvk})):
        raise BadRequest(errors=faults)
    require_past(session, inclusion_advice_on=body.inclusion_advice_on)
    refuse_care(sector=body.sector)
    row = {**stamp(session), **body.model_dump()}
    if (await session.db.execute(_ADD, row)).first() is None:
        raise Conflict("An employer with this number is in your directory already.")
    await outbox.announce(session.db, "employer.entered", row["id"])
    return await read(session, row["id"])


async def read(session: Session, employer_id: UUID) -> EmployerOut:
    """One of the own organisation; NotFound for another's."""
    acts.LOOK.allow(session.viewer)
    return _out(await queries.one(session, employer_id))


async def browse(
    session: Session, name: str | None, cursor: str | None, size: int
) -> Page[EmployerOut]:
    """In the order of their names; `name` is the beginning of a name, in any case."""
    acts.LOOK.allow(session.viewer)
    return await directory_page(
        session,
        queries.PAGE,
        title="employers",
        filters={"name": name and name.lower()},
        start=queries.START,
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.name, row.id),
    )


async def change(session: Session, employer_id: UUID, body: EmployerChange) -> EmployerOut:
    """What is given takes the place of what was there."""
    acts.CHANGE.allow(session.viewer)
    session.require_match(_out(await queries.locked(session, employer_id)))
    require_past(session, inclusion_advice_on=body.inclusion_advice_on)
    refuse_care(sector=body.sector)
    await session.execute(
        update(Employer)
        .where(Employer.id == employer_id)
        .values(**body.model_dump(exclude_none=True))
    )
    await outbox.announce(session.db, "employer.changed", employer_id)
    return await read(session, employer_id)


def _out(row: Row[Any] | None) -> EmployerOut:
    return EmployerOut(**{k: v for k, v in filled(row).items() if k != "author_id"})
