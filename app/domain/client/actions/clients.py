"""Registering, reading and finding clients."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert

from app.access.ceilings import written_by
from app.access.disclosure import disclose, preview
from app.access.facts import ClientBsn, Registration, TreatmentTeamMember
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import GGZ_TEAM, Category, Verb
from app.access.writing import stamp
from app.domain.client import queries
from app.domain.client.rules import Match, name_key, old_enough
from app.domain.client.schemas import (
    ClientIn,
    ClientOut,
    ClientSearchIn,
)
from app.domain.client.tables import Client, ClientIdentity
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Fault, NotAllowed
from app.platform.identifiers import mask_bsn, normalise_bsn
from app.platform.security.crypto import Context

_CLIENT = insert(Client)
_IDENTITY = insert(ClientIdentity)
_TEAM = insert(TreatmentTeamMember)
_REGISTRATION = insert(Registration)
_BSN = insert(ClientBsn).on_conflict_do_nothing(
    index_elements=["controller_organisation_id", "bsn_index"], index_where=text("confirmed")
)


async def register(session: Session, body: ClientIn) -> ClientOut:
    """A client of one's own organisation; whoever registers joins the treatment team.

    The answer is the same whether or not the BSN is known elsewhere; a BSN that this
    organisation already confirmed makes this record a pending match.
    """
    client_id = await add(session, body)
    await session.recompile(client_id)
    return await read(session, client_id, verb=Verb.CREATE)


async def add(session: Session, body: ClientIn) -> UUID:
    """The rows of a new client; whoever calls this compiles what follows from them."""
    viewer = session.viewer
    if Category.BSN not in written_by(viewer.role) or viewer.organisation_id is None:
        raise NotAllowed
    bsn = _checked(session, body)
    client_id = uuid4()
    await session.add(_CLIENT, {**stamp(session, client_id), "id": client_id})
    await _add_bsn(session, client_id, bsn)
    identity = body.model_dump(exclude={"bsn"})
    row = {**stamp(session, client_id), **identity, "name_key": name_key(body.family_name)}
    await session.add(_IDENTITY, row)
    await _involve(session, client_id)
    await outbox.announce(session.db, "client.registered", client_id)
    return client_id


def _checked(session: Session, body: ClientIn) -> str:
    faults: list[Fault] = []
    bsn = _bsn(body.bsn, faults)
    faults += age_faults(session, body.birth_date)
    if faults:
        raise BadRequest(errors=faults)
    return bsn


def age_faults(session: Session, birth_date: date) -> Iterator[Fault]:
    """What is wrong with this day of birth of a client."""
    if not old_enough(birth_date, day_of(session.viewer.moment)):
        yield Fault("body", "#/birthDate", "too_young", "Clients are 16 or older.")


def _bsn(value: str, faults: list[Fault]) -> str:
    try:
        return normalise_bsn(value)
    except ValueError:
        faults.append(Fault("body", "#/bsn", "not_a_bsn", "This is not a valid BSN."))
        return ""


async def _add_bsn(session: Session, client_id: UUID, bsn: str) -> None:
    """Confirmed, or beside a confirmed row of this organisation: a pending match."""
    vault = session.services.vault
    wrapped = vault.new_data_key()
    row = {
        **stamp(session, client_id),
        "wrapped_key": wrapped,
        "sealed": vault.seal(wrapped, bsn.encode(), _place(client_id)),
        "bsn_index": vault.global_index(bsn),
        "confirmed": True,
    }
    added = await session.db.execute(_BSN, row)
    if added.rowcount == 0:
        await session.add(_BSN, {**row, "confirmed": False})


def _place(client_id: UUID) -> Context:
    return Context(client_id, Category.BSN, "client_bsn", "sealed")


async def _involve(session: Session, client_id: UUID) -> None:
    """The registering clinician treats; a client system is remembered as the registrar."""
    viewer = session.viewer
    if viewer.membership_id is not None and viewer.role in GGZ_TEAM:
        row = {**stamp(session, client_id), "membership_id": viewer.membership_id}
        await session.add(_TEAM, {**row, "valid_from": viewer.moment})
    if viewer.machine_id is not None:
        row = {
            "client_id": client_id,
            "machine_id": viewer.machine_id,
            "organisation_id": viewer.organisation_id,
            "valid_from": viewer.moment,
        }
        await session.add(_REGISTRATION, row)


async def read(session: Session, client_id: UUID, *, verb: Verb = Verb.READ) -> ClientOut:
    """One client; NotFound for hidden and for absent alike."""
    return _out(session, await queries.one(session, client_id), verb=verb)


async def browse(session: Session, cursor: str | None, size: int) -> Page[ClientOut]:
    """The clients this viewer may know of, in the order of their opaque ids."""
    found = await cut(
        session,
        lambda after, most: queries.page(session, after[0], most),
        filters="clients",
        cursor=cursor,
        size=size,
        start=(UUID(int=0),),
        position=lambda row: (row.id,),
    )
    return found.page([_out(session, row, listed=True) for row in found.rows])


async def search(session: Session, body: ClientSearchIn) -> Page[ClientOut]:
    """By BSN, or by family name and birth date; unknown and hidden give the same empty list."""
    if body.bsn is not None and body.family_name is None and body.birth_date is None:
        faults: list[Fault] = []
        bsn = _bsn(body.bsn, faults)
        if faults:
            raise BadRequest(errors=faults)
        index = session.services.vault.global_index(bsn)
        rows = await queries.by_bsn(session, index)
        if not rows:
            await session.refuse(asked_index=index)
    elif body.bsn is None and body.family_name is not None and body.birth_date is not None:
        rows = await queries.by_name(session, body.birth_date, name_key(body.family_name))
    else:
        detail = "Give either bsn, or familyName and birthDate."
        raise BadRequest(errors=[Fault("body", "#", "wrong_combination", detail)])
    return Page[ClientOut](items=[_out(session, row, listed=True) for row in rows])


def _out(
    session: Session, row: Row[Any] | None, *, verb: Verb = Verb.READ, listed: bool = False
) -> ClientOut:
    computed = {} if row is None else _computed(session, row)
    return disclose(session, ClientOut, row, verb=verb, listed=listed, **computed)


def shown_now(session: Session, row: Row[Any]) -> ClientOut:
    """The same without a line on the log: for If-Match, and for who just wrote it."""
    return preview(ClientOut, row, **_computed(session, row))


def _computed(session: Session, row: Row[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "registered_by": row.controller_organisation_id,
        "registered_at": row.recorded_at,
        "changed_at": row.mended_at if row.changed else None,
    }
    if row.sealed is not None:
        opened = session.services.vault.open(row.wrapped_key, row.sealed, _place(row.id))
        told["bsn"] = mask_bsn(opened.decode())
        told["match"] = Match.CONFIRMED if row.confirmed else Match.PENDING_MATCH
    return told
