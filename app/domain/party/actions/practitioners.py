"""Practitioners and their logins."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from app.access.directory import directory_page, filled
from app.access.parties import Account, Practitioner
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.party import rules
from app.domain.party.queries import practitioners
from app.domain.party.schemas import (
    AccountIn,
    AccountOut,
    PositionOut,
    PractitionerIn,
    PractitionerOut,
)
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Fault, NotAllowed, NotFound

_ADD = insert(Practitioner)
_ADD_LOGIN = (
    insert(Account)
    .on_conflict_do_nothing(index_elements=["issuer", "subject"])
    .returning(Account.id)
)


@dataclass(frozen=True, slots=True)
class Position:
    """A position that is asked for; whatever is not said may be anything."""

    organisation_id: UUID | None = None
    role: Role | None = None
    membership_id: UUID | None = None

    def filters(self) -> dict[str, Any]:
        return {
            "organisation_id": self.organisation_id,
            "role": self.role and self.role.value,
            "membership_id": self.membership_id,
        }


async def register(session: Session, body: PractitionerIn) -> PractitionerOut:
    """A professional; what they may do follows from memberships only."""
    rules.APPOINT.allow(session.viewer)
    if faults := list(rules.number_faults(body.model_dump(include={"agb", "big"}))):
        raise BadRequest(errors=faults)
    made = uuid4()
    await session.add(_ADD, {"id": made, **body.model_dump()})
    await outbox.announce(session.db, "practitioner.registered", made)
    return await read(session, made)


async def read(session: Session, practitioner_id: UUID) -> PractitionerOut:
    row = await practitioners.one(session, practitioner_id)
    if row is None:
        raise NotFound
    held = await practitioners.positions(session, [row.id])
    return _out(row, held.get(row.id, []))


async def browse(
    session: Session, position: Position, cursor: str | None, size: int
) -> Page[PractitionerOut]:
    """In the order of their names; with a filter those who hold such a position now."""
    page = await directory_page(
        session,
        practitioners.PAGE,
        title="practitioners",
        filters=position.filters(),
        start=practitioners.START,
        cursor=cursor,
        size=size,
        present=lambda row: _out(row, []),
        position=lambda row: (row.name, row.id),
    )
    held = await practitioners.positions(session, [item.id for item in page.items])
    for item in page.items:
        item.positions = [_position(row) for row in held.get(item.id, [])]
    return page


def _out(row: Row[Any], held: list[Row[Any]]) -> PractitionerOut:
    return PractitionerOut(**filled(row), positions=[_position(position) for position in held])


def _position(row: Row[Any]) -> PositionOut:
    return PositionOut(
        membership_id=row.id, organisation_id=row.organisation_id, role=Role(row.role)
    )


async def add_login(session: Session, practitioner_id: UUID, body: AccountIn) -> AccountOut:
    """Let this new login act as this practitioner; only by the one organisation they work for.

    One that is known is never moved: it would give a client's record to who gave the login.
    """
    rules.APPOINT.allow(session.viewer)
    if await practitioners.one(session, practitioner_id) is None:
        raise NotFound
    await _may_add_login(session, practitioner_id)
    if body.issuer == session.services.own_issuer:
        detail = "This issuer gives tokens to client systems only."
        raise BadRequest(errors=[Fault("body", "#/issuer", "not_allowed_value", detail)])
    row = {"id": uuid4(), "practitioner_id": practitioner_id, **body.model_dump()}
    made = (await session.db.execute(_ADD_LOGIN, row)).first()
    if made is None:
        raise rules.login_taken()
    await outbox.announce(session.db, "account.added", made.id)
    return await login(session, made.id)


async def _may_add_login(session: Session, practitioner_id: UUID) -> None:
    """One organisation may not make itself a key to what another one trusted this person with.

    The platform gives an organisation its first administrator a first login, and nothing more.
    """
    viewer = session.viewer
    held = await practitioners.employers(session, practitioner_id)
    if viewer.role is Role.SYSTEM_ADMIN:
        first = not await practitioners.has_login(session, practitioner_id)
        allowed = first and {row.role for row in held} == {Role.ORGANISATION_ADMIN.value}
    else:
        allowed = {row.organisation_id for row in held} == {viewer.organisation_id}
    if not allowed:
        raise NotAllowed


async def login(session: Session, account_id: UUID) -> AccountOut:
    """What an earlier POST made."""
    return AccountOut(**filled(await practitioners.account(session, account_id)))
