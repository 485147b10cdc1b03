"""Registering and changing organisations."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.ceilings import roles_of
from app.access.directory import directory_page, filled
from app.access.parties import Inbox, Organisation
from app.access.session import Session
from app.access.vocabulary import OrganisationKind
from app.domain.party import rules
from app.domain.party.queries import memberships, organisations
from app.domain.party.schemas import OrganisationChange, OrganisationIn, OrganisationOut
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, NotAllowed

_ADD = insert(Organisation).on_conflict_do_nothing().returning(Organisation.id)
_INBOX = insert(Inbox).on_conflict_do_nothing()
TAKEN = "An organisation with one of these identifiers is registered already."


async def register(session: Session, body: OrganisationIn) -> OrganisationOut:
    """A new organisation with an inbox per fitting role, so that it can be referred to at once."""
    rules.REGISTER_ORGANISATION.allow(session.viewer)
    numbers = body.model_dump(include={"agb", "oin", "kvk", "municipality_code"})
    if faults := list(rules.identifier_faults(body.kind, numbers)):
        raise BadRequest(errors=faults)
    row = {"id": uuid4(), "kind": body.kind.value, "name": body.name, **numbers}
    if (await session.db.execute(_ADD, row)).first() is None:
        raise Conflict(TAKEN)
    await open_inboxes(session.db, row["id"], body.kind)
    await outbox.announce(session.db, "organisation.registered", row["id"])
    return await read(session, row["id"])


async def open_inboxes(db: AsyncConnection, organisation_id: UUID, kind: OrganisationKind) -> None:
    """An inbox for each role of this kind that has none yet."""
    rows = [
        {"id": uuid4(), "organisation_id": organisation_id, "role": role.value}
        for role in sorted(roles_of(kind))
    ]
    if rows:
        await db.execute(_INBOX, rows)


async def read(session: Session, organisation_id: UUID) -> OrganisationOut:
    return out(await organisations.one(session, organisation_id))


async def browse(
    session: Session, kind: OrganisationKind | None, name: str | None, cursor: str | None, size: int
) -> Page[OrganisationOut]:
    """In the order of their names; `name` is the beginning of a name, in any case."""
    return await directory_page(
        session,
        organisations.PAGE,
        title="organisations",
        filters={"kind": kind and kind.value, "name": name and name.lower()},
        start=organisations.START,
        cursor=cursor,
        size=size,
        present=out,
        position=lambda row: (row.name, row.id),
    )


async def change(
    session: Session, organisation_id: UUID, body: OrganisationChange
) -> OrganisationOut:
    """The own organisation's name, or its policy: its clients are told as their turn comes."""
    rules.CHANGE_ORGANISATION.allow(session.viewer)
    row = await organisations.locked(session, organisation_id)
    session.require_match(out(row))
    if organisation_id != session.viewer.organisation_id:
        raise NotAllowed
    if body.name is not None:
        rules.RENAME_ORGANISATION.allow(session.viewer)
        await _set(session, organisation_id, name=body.name)
    elif body.policy_version is not None:
        rules.SET_POLICY.allow(session.viewer)
        await _switch(session, organisation_id, body.policy_version)
    return await read(session, organisation_id)


async def _switch(session: Session, organisation_id: UUID, version: int) -> None:
    if session.viewer.organisation_kind is not OrganisationKind.GGZ_PROVIDER:
        raise Conflict("Only a GGZ provider has a treatment team to integrate.")
    await _set(session, organisation_id, policy_version=version)
    members = await memberships.everyone(session, organisation_id)
    await session.switch_policy(members, version)
    await outbox.announce(session.db, "organisation.policy_changed", organisation_id)


async def _set(session: Session, organisation_id: UUID, **values: Any) -> None:
    await session.execute(
        update(Organisation).where(Organisation.id == organisation_id).values(**values)
    )


def out(row: Row[Any] | None) -> OrganisationOut:
    """NotFound when there is none; a number that it does not have is absent."""
    values = filled(row)
    kind = OrganisationKind(values.pop("kind"))
    return OrganisationOut(**values, kind=kind, roles=sorted(roles_of(kind)))
