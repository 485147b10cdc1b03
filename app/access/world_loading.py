"""Reads the facts of one client from their tables; runs as the compiler, who sees only these."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import facts, parties, safeguards
from app.access.records import loaded_records
from app.access.tombstones import Tombstone
from app.access.world import World
from app.access.world_rows import Rows, world_from

_CLIENT: BindParameter[UUID] = bindparam("client")


def _of(table: Any) -> Select[Any]:
    return select(table).where(table.client_id == _CLIENT)


_REGISTRATIONS = (
    select(facts.Registration.__table__, parties.Organisation.kind)
    .join(parties.Organisation, parties.Organisation.id == facts.Registration.organisation_id)
    .where(facts.Registration.client_id == _CLIENT)
)
_FACTS = {
    "treatments": _of(facts.TreatmentTeamMember),
    "participants": _of(facts.Participant),
    "responsibilities": _of(facts.Responsibility),
    "referrals": _of(facts.Referral),
    "consents": _of(facts.Consent),
    "blocks": _of(facts.Block),
    "links": _of(facts.AccountLink),
    "representatives": _of(facts.Representative),
    "supporters": _of(facts.Supporter),
    "contracts": _of(facts.PlacementContract),
    "confirmations": _of(facts.ConversationConfirmation),
    "requests": _of(facts.DataSubjectRequest),
    "registrations": _REGISTRATIONS,
    "incapacities": _of(safeguards.Incapacity),
    "broken": _of(safeguards.BreakGlass),
}
_ERASED = select(Tombstone.id).where(Tombstone.client_id == _CLIENT, Tombstone.everything).limit(1)
_IDS: BindParameter[list[UUID]] = bindparam("ids", expanding=True)
_SUBSTITUTIONS = select(parties.Substitution).where(
    parties.Substitution.absent_membership_id.in_(_IDS)
)
_SUPERVISIONS = select(parties.Supervision).where(
    parties.Supervision.supervised_membership_id.in_(_IDS)
)
_AT_INBOXES = select(parties.Membership.id).where(parties.Membership.inbox_id.in_(_IDS))
_MEMBERS = (
    select(
        parties.Membership.__table__,
        parties.Organisation.kind.label("organisation_kind"),
        parties.Organisation.policy_version,
    )
    .join(parties.Organisation, parties.Organisation.id == parties.Membership.organisation_id)
    .where(parties.Membership.id.in_(_IDS))
)


async def world_of(db: AsyncConnection, client_id: UUID) -> World:
    """All facts of one client, as plain values."""
    client = {"client": client_id}
    found: Rows = {name: list(await db.execute(asked, client)) for name, asked in _FACTS.items()}
    found |= await _directory(db, found)
    born = await db.scalar(_born(), client)
    return world_from(found, born=born, erased=bool(await db.scalar(_ERASED, client)))


async def _directory(db: AsyncConnection, found: Rows) -> Rows:
    """Who is named in the facts, who stands in for them, and who supervises any of these.

    Where a block names one person, the members at an inbox get what the inbox would have.
    """
    acting = ("treatments", "participants", "confirmations", "broken")
    involved = {row.membership_id for name in acting for row in found[name]}
    involved |= {row.recipient_membership_id for row in found["consents"]}
    involved -= {None}
    substitutions = list(await db.execute(_SUBSTITUTIONS, {"ids": list(involved)}))
    involved |= {row.substitute_membership_id for row in substitutions}
    supervisions = list(await db.execute(_SUPERVISIONS, {"ids": list(involved)}))
    involved |= {row.supervisor_membership_id for row in supervisions}
    if any(block.membership_id is not None for block in found["blocks"]):
        inboxes = {row.inbox_id for row in [*found["referrals"], *found["contracts"]]}
        involved |= set(await db.scalars(_AT_INBOXES, {"ids": list(inboxes)}))
    members = list(await db.execute(_MEMBERS, {"ids": list(involved)}))
    return {"members": members, "substitutions": substitutions, "supervisions": supervisions}


@cache
def _born() -> Select[Any]:
    """The birth date as it was recorded last; the client's own rows lie higher in the house."""
    tables: dict[str, Any] = {table.__tablename__: table for table in loaded_records()}
    identity = tables["client_identity"]
    newest = select(identity.birth_date).where(identity.client_id == _CLIENT)
    return newest.order_by(identity.recorded_at.desc(), identity.id.desc()).limit(1)
