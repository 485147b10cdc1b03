"""Who answers for whose work; a supervisor reads what the supervised are assigned to."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, update

from app.access.directory import directory_page, filled
from app.access.parties import Supervision
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.party import rules
from app.domain.party.queries import memberships
from app.domain.party.schemas import EndIn, SupervisionIn, SupervisionOut
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Fault, NotAllowed

_ADD = insert(Supervision)


def _organisation(session: Session) -> UUID:
    organisation_id = session.viewer.organisation_id
    if organisation_id is None:
        raise NotAllowed
    return organisation_id


async def begin(session: Session, body: SupervisionIn) -> SupervisionOut:
    """Within one's own organisation; the clients of the supervised are recompiled."""
    rules.SUPERVISE.allow(session.viewer)
    await _check(session, body)
    row = {
        **body.model_dump(),
        "id": uuid4(),
        "valid_from": body.valid_from or session.viewer.moment,
    }
    await session.add(_ADD, row)
    await session.recompile_of([body.supervised_membership_id])
    await outbox.announce(session.db, "supervision.started", row["id"])
    return await read(session, row["id"])


async def _check(session: Session, body: SupervisionIn) -> None:
    organisation_id = _organisation(session)
    faults = list(rules.period_faults(body.valid_from or session.viewer.moment, body.valid_until))
    supervisor = await memberships.one(session, organisation_id, body.supervisor_membership_id)
    supervised = await memberships.one(session, organisation_id, body.supervised_membership_id)
    for row, name in ((supervisor, "supervisor"), (supervised, "supervised")):
        if row is None:
            pointer = f"#/{name}MembershipId"
            detail = "There is no such membership in your organisation."
            faults.append(Fault("body", pointer, "unknown_reference", detail))
    if supervisor is not None and supervisor.role != Role.SUPERVISOR:
        detail = "Only a member with the role of supervisor can supervise."
        faults.append(Fault("body", "#/supervisorMembershipId", "does_not_fit", detail))
    if faults:
        raise BadRequest(errors=faults)


async def read(session: Session, supervision_id: UUID) -> SupervisionOut:
    rules.READ_STAFF.allow(session.viewer)
    return _out(await memberships.supervision(session, _organisation(session), supervision_id))


async def browse(session: Session, cursor: str | None, size: int) -> Page[SupervisionOut]:
    """All supervisions of the own organisation, by their first day."""
    rules.READ_STAFF.allow(session.viewer)
    return await directory_page(
        session,
        memberships.SUPERVISIONS,
        title="supervisions",
        filters={"organisation_id": _organisation(session)},
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.valid_from, row.id),
    )


async def end(session: Session, supervision_id: UUID, body: EndIn) -> SupervisionOut:
    """The supervisor's reading stops at that moment."""
    rules.END_STAFF.allow(session.viewer)
    row = await memberships.supervision_locked(session, _organisation(session), supervision_id)
    current = _out(row)
    session.require_match(current)
    at = rules.checked_end(session.viewer.moment, body.at, current.valid_until)
    await session.execute(
        update(Supervision).where(Supervision.id == supervision_id).values(valid_until=at)
    )
    await session.recompile_of([current.supervised_membership_id])
    await outbox.announce(session.db, "supervision.ended", supervision_id)
    return await read(session, supervision_id)


def _out(row: Row[Any] | None) -> SupervisionOut:
    return SupervisionOut(**filled(row))
