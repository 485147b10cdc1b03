"""Registering client systems, their keys, and disabling them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, update

from app.access.directory import directory_page, filled
from app.access.parties import Machine
from app.access.session import Session
from app.domain.machine import queries, rules
from app.domain.machine.schemas import KeysIn, MachineIn, MachineOut
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict
from app.platform.security.outward import require_public_url

_ADD = insert(Machine)


async def register(session: Session, body: MachineIn) -> MachineOut:
    """A client system of the own organisation. 409 when there are too many."""
    rules.REGISTER.allow(session.viewer)
    rules.require_person(session.viewer)
    keys = _keys(body, body.algorithms)
    await queries.alone(session)
    if await queries.standing(session) >= rules.MOST:
        raise Conflict("There are too many client systems of this organisation; disable one.")
    row = {
        **keys,
        "id": uuid4(),
        "organisation_id": session.viewer.organisation_id,
        "name": body.name,
        "scope": _words(body.scope),
        "certificate_bound": body.certificate_bound,
        "profile": body.profile.value,
    }
    await session.add(_ADD, row)
    await outbox.announce(session.db, "machine.registered", row["id"])
    return await read(session, row["id"])


def _keys(body: MachineIn | KeysIn, algorithms: Sequence[rules.Algorithm]) -> dict[str, Any]:
    """The columns of checked keys. Raises BadRequest."""
    if body.jwks is not None:
        faults = list(rules.key_faults(body.jwks, algorithms))
        if faults:
            raise BadRequest(errors=faults)
    elif body.jwks_url is not None:
        require_public_url(body.jwks_url, "#/jwksUrl")
    return {
        "jwks": None if body.jwks is None else json.dumps(rules.public_part(body.jwks)),
        "jwks_url": body.jwks_url,
        "algorithms": _words(algorithms),
    }


def _words(words: Iterable[str]) -> str:
    return " ".join(sorted(set(words)))


async def read(session: Session, machine_id: UUID) -> MachineOut:
    """One of the own organisation; NotFound for another's."""
    rules.READ.allow(session.viewer)
    return _out(await queries.one(session, machine_id))


async def browse(session: Session, cursor: str | None, size: int) -> Page[MachineOut]:
    """All of the own organisation, the oldest first."""
    rules.READ.allow(session.viewer)
    return await directory_page(
        session,
        queries.PAGE,
        title="machines",
        filters={"organisation_id": session.viewer.organisation_id},
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.created_at, row.id),
    )


async def renew_keys(session: Session, machine_id: UUID, body: KeysIn) -> MachineOut:
    """New keys in place of the old: what the old ones sign from now on proves nothing.

    The moment makes every process fetch anew what stands at an address, also at the same one.
    """
    rules.CHANGE.allow(session.viewer)
    rules.require_person(session.viewer)
    known = _out(await queries.locked(session, machine_id))
    session.require_match(known)
    keys = _keys(body, body.algorithms or known.algorithms)
    await _set(session, machine_id, **keys, keys_renewed_at=session.viewer.moment)
    await outbox.announce(session.db, "machine.keys_renewed", machine_id)
    return await read(session, machine_id)


async def disable(session: Session, machine_id: UUID) -> MachineOut:
    """No token any more, and the live ones stop with the next request; there is no way back."""
    rules.CHANGE.allow(session.viewer)
    row = await queries.locked(session, machine_id)
    session.require_match(_out(row))
    if row is not None and row.disabled_at is not None:
        raise Conflict("It is disabled already.")
    await _set(session, machine_id, disabled_at=session.viewer.moment)
    await outbox.announce(session.db, "machine.disabled", machine_id)
    return await read(session, machine_id)


async def _set(session: Session, machine_id: UUID, **values: Any) -> None:
    await session.execute(update(Machine).where(Machine.id == machine_id).values(**values))


def _out(row: Row[Any] | None) -> MachineOut:
    values = filled(row)
    values["algorithms"] = [rules.Algorithm(word) for word in values["algorithms"].split()]
    values["scope"] = [rules.Scope(word) for word in values["scope"].split()]
    if "jwks" in values:
        values["jwks"] = json.loads(values["jwks"])
    return MachineOut(**values)
