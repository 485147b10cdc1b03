"""Who works where in which role, from-until."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, update

from app.access.ceilings import roles_of
from app.access.directory import directory_page, filled
from app.access.parties import Membership
from app.access.session import Session
from app.access.vocabulary import OrganisationKind, Role
from app.domain.party import rules
from app.domain.party.actions.organisations import open_inboxes
from app.domain.party.queries import memberships, organisations, practitioners
from app.domain.party.schemas import EndIn, MembershipIn, MembershipOut
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound

_ADD = insert(Membership)


async def appoint(session: Session, organisation_id: UUID, body: MembershipIn) -> MembershipOut:
    """A person starts in a role that fits the organisation; the administrator there decides."""
    rules.APPOINT.allow(session.viewer)
    organisation = await organisations.locked(session, organisation_id)
    if organisation is None:
        raise NotFound
    await _may_appoint(session, organisation_id, body.role)
    kind = OrganisationKind(organisation.kind)
    await _check(session, kind, body)
    if await memberships.holds_already(
        session, organisation_id, body.practitioner_id, body.role.value
    ):
        raise Conflict("This person has this role here already.")
    await open_inboxes(session.db, organisation_id, kind)
    made, inbox_id = await _insert(session, organisation_id, body)
    if inbox_id is not None:
        await session.recompile_of([inbox_id])  # a block of a colleague may name members one by one
    await outbox.announce(session.db, "membership.started", made)
    return _out(await memberships.one(session, organisation_id, made))


async def _may_appoint(session: Session, organisation_id: UUID, role: Role) -> None:
    """The platform appoints an administrator where there is none, and nobody else."""
    viewer = session.viewer
    if viewer.role is Role.SYSTEM_ADMIN and organisation_id != viewer.organisation_id:
        if role is not Role.ORGANISATION_ADMIN or await memberships.somebody_is(
            session, organisation_id, role.value
        ):
            raise NotAllowed
    elif organisation_id != viewer.organisation_id:
        raise NotAllowed


async def _check(session: Session, kind: OrganisationKind, body: MembershipIn) -> None:
    faults = list(rules.period_faults(body.valid_from or session.viewer.moment, body.valid_until))
    if body.role not in roles_of(kind):
        detail = "This role does not exist in this kind of organisation."
        faults.append(Fault("body", "#/role", "does_not_fit", detail))
    if await practitioners.one(session, body.practitioner_id) is None:
        detail = "There is no such practitioner."
        faults.append(Fault("body", "#/practitionerId", "unknown_reference", detail))
    if faults:
        raise BadRequest(errors=faults)


async def _insert(
    session: Session, organisation_id: UUID, body: MembershipIn
) -> tuple[UUID, UUID | None]:
    inbox_id = await organisations.inbox(session, organisation_id, body.role.value)
    row = {
        **body.model_dump(),
        "id": uuid4(),
        "organisation_id": organisation_id,
        "inbox_id": inbox_id,
        "role": body.role.value,
        "valid_from": body.valid_from or session.viewer.moment,
    }
    await session.add(_ADD, row)
    return UUID(str(row["id"])), inbox_id


async def read(session: Session, organisation_id: UUID, membership_id: UUID) -> MembershipOut:
    """One membership of the own organisation; others' are NotFound."""
    rules.READ_STAFF.allow(session.viewer)
    _own(session, organisation_id)
    return _out(await memberships.one(session, organisation_id, membership_id))


async def again(session: Session, membership_id: UUID) -> MembershipOut:
    """What an earlier POST of this caller made or moved."""
    return _out(await memberships.anywhere(session, membership_id))


async def browse(
    session: Session, organisation_id: UUID, cursor: str | None, size: int
) -> Page[MembershipOut]:
    """Present, future and past members of the own organisation, by their first day."""
    rules.READ_STAFF.allow(session.viewer)
    _own(session, organisation_id)
    return await directory_page(
        session,
        memberships.MEMBERSHIPS,
        title="memberships",
        filters={"organisation_id": organisation_id},
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.valid_from, row.id),
    )


async def end(
    session: Session, organisation_id: UUID, membership_id: UUID, body: EndIn
) -> MembershipOut:
    """Rights that rest on this membership stop at that moment; its clients are recompiled."""
    rules.END_STAFF.allow(session.viewer)
    _own(session, organisation_id)
    row = await memberships.locked(session, organisation_id, membership_id)
    session.require_match(_out(row))
    at = rules.checked_end(session.viewer.moment, body.at, row and row.valid_until)
    await session.execute(
        update(Membership).where(Membership.id == membership_id).values(valid_until=at)
    )
    await session.recompile_of([membership_id])
    await outbox.announce(session.db, "membership.ended", membership_id)
    return _out(await memberships.one(session, organisation_id, membership_id))


def _own(session: Session, organisation_id: UUID) -> None:
    if organisation_id != session.viewer.organisation_id:
        raise NotFound


def _out(row: Row[Any] | None) -> MembershipOut:
    names = MembershipOut.model_fields
    return MembershipOut(**{k: v for k, v in filled(row).items() if k in names})
