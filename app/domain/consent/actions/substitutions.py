"""Named, dated cover for a colleague of the same organisation and role."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, bindparam, insert, update

from app.access.acts import DirectoryAct
from app.access.directory import directory_page, filled
from app.access.parties import Substitution
from app.access.session import Session
from app.access.vocabulary import Role, Verb
from app.domain.consent.actions.checking import Faults, period_of
from app.domain.consent.queries import substitutions
from app.domain.consent.schemas.substitutions import SubstitutionIn, SubstitutionOut
from app.domain.party.queries import memberships
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed, NotFound

LOOK = DirectoryAct(Verb.READ)
COVER = DirectoryAct(Verb.CREATE)
END = DirectoryAct(Verb.UPDATE)
_ADD = insert(Substitution)
_END = (
    update(Substitution)
    .where(Substitution.id == bindparam("substitution"))
    .values(valid_until=bindparam("at"))
)


def _place(session: Session) -> tuple[UUID, UUID | None]:
    """The own organisation, and the own membership unless one administers the organisation."""
    viewer = session.viewer
    if viewer.organisation_id is None or viewer.membership_id is None:
        raise NotAllowed("Cover is arranged among the members of one organisation.")
    admin = viewer.role is Role.ORGANISATION_ADMIN
    return viewer.organisation_id, None if admin else viewer.membership_id


async def begin(session: Session, body: SubstitutionIn) -> SubstitutionOut:
    """By the absent member or the administrator, never by who would stand in."""
    organisation_id, own = _place(session)
    if own is not None and own != body.absent_membership_id:
        raise NotAllowed("Cover is arranged by the absent member or the administrator.")
    faults = Faults()
    await _check(session, organisation_id, body, faults)
    period = period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    row = {
        **body.model_dump(exclude={"valid_from", "valid_until"}),
        "id": uuid4(),
        "recorded_by": session.viewer.grantee_id,
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }
    await session.add(_ADD, row)
    await session.recompile_of([body.absent_membership_id])
    await outbox.announce(session.db, "substitution.started", row["id"])
    return await read(session, row["id"])


async def _check(
    session: Session, organisation_id: UUID, body: SubstitutionIn, faults: Faults
) -> None:
    absent = await memberships.one(session, organisation_id, body.absent_membership_id)
    substitute = await memberships.one(session, organisation_id, body.substitute_membership_id)
    if absent is None:
        faults.unknown("absentMembershipId")
    if substitute is None:
        faults.unknown("substituteMembershipId")
    if absent is None or substitute is None:
        return
    if absent.id == substitute.id or absent.role != substitute.role:
        detail = "A stand-in is another member with the same role."
        faults.add("substituteMembershipId", "does_not_fit", detail)


async def read(session: Session, substitution_id: UUID) -> SubstitutionOut:
    """One's own cover, on either side; for the administrator any of the organisation."""
    organisation_id, own = _place(session)
    return _out(await substitutions.one(session, organisation_id, own, substitution_id))


async def browse(session: Session, cursor: str | None, size: int) -> Page[SubstitutionOut]:
    organisation_id, own = _place(session)
    return await directory_page(
        session,
        substitutions.PAGE,
        title="substitutions",
        filters={"organisation_id": organisation_id, "only": own},
        cursor=cursor,
        size=size,
        present=_out,
        position=lambda row: (row.valid_from, row.id),
    )


async def end(session: Session, substitution_id: UUID) -> SubstitutionOut:
    """Now; it only takes access away, so it may be repeated."""
    organisation_id, own = _place(session)
    row = await substitutions.locked(session, organisation_id, own, substitution_id)
    if row is None:
        raise NotFound
    at = session.viewer.moment
    if row.valid_until > at:
        await session.execute(_END, {"substitution": substitution_id, "at": at})
        members = [row.absent_membership_id, row.substitute_membership_id]
        await session.recompile_of(members)
        await outbox.announce(session.db, "substitution.ended", substitution_id)
    return await read(session, substitution_id)


def _out(row: Row[Any] | None) -> SubstitutionOut:
    return SubstitutionOut(**filled(row))
