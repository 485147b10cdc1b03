"""Reads the facts of one client from their tables; runs as the compiler, who sees only these."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import facts, parties, safeguards, world
from app.access.records import loaded_records
from app.access.tombstones import Tombstone
from app.access.vocabulary import (
    OrganisationKind,
    Period,
    Purpose,
    Role,
    categories_in,
)

_CLIENT: BindParameter[UUID] = bindparam("client")


def _of(table: Any) -> Select[Any]:
    return select(table).where(table.client_id == _CLIENT)


_TREATMENTS = _of(facts.TreatmentTeamMember)
_PARTICIPANTS = _of(facts.Participant)
_RESPONSIBILITIES = _of(facts.Responsibility)
_REFERRALS = _of(facts.Referral)
_CONSENTS = _of(facts.Consent)
_BLOCKS = _of(facts.Block)
_LINKS = _of(facts.AccountLink)
_REPRESENTATIVES = _of(facts.Representative)
_SUPPORTERS = _of(facts.Supporter)
_CONTRACTS = _of(facts.PlacementContract)
_CONFIRMATIONS = _of(facts.ConversationConfirmation)
_REQUESTS = _of(facts.DataSubjectRequest)
_REGISTRATIONS = (
    select(facts.Registration.__table__, parties.Organisation.kind)
    .join(parties.Organisation, parties.Organisation.id == facts.Registration.organisation_id)
    .where(facts.Registration.client_id == _CLIENT)
)
_INCAPACITIES = _of(safeguards.Incapacity)
_BROKEN = _of(safeguards.BreakGlass)
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


async def world_of(db: AsyncConnection, client_id: UUID) -> world.World:
    """All facts of one client, as plain values."""

    async def rows(statement: Select[Any]) -> list[Any]:
        return list(await db.execute(statement, {"client": client_id}))

    treatments = await rows(_TREATMENTS)
    participants = await rows(_PARTICIPANTS)
    consents = await rows(_CONSENTS)
    representatives = await rows(_REPRESENTATIVES)
    confirmations, broken = await rows(_CONFIRMATIONS), await rows(_BROKEN)
    acting = [*treatments, *participants, *confirmations, *broken]
    involved = {row.membership_id for row in acting}
    involved |= {row.recipient_membership_id for row in consents}
    involved -= {None}
    substitutions = list(await db.execute(_SUBSTITUTIONS, {"ids": list(involved)}))
    involved |= {row.substitute_membership_id for row in substitutions}
    supervisions = list(await db.execute(_SUPERVISIONS, {"ids": list(involved)}))
    involved |= {row.supervisor_membership_id for row in supervisions}
    referrals, contracts = await rows(_REFERRALS), await rows(_CONTRACTS)
    blocks = await rows(_BLOCKS)
    if any(block.membership_id is not None for block in blocks):
        inboxes = {row.inbox_id for row in [*referrals, *contracts]}
        involved |= set(await db.scalars(_AT_INBOXES, {"ids": list(inboxes)}))
    members = list(await db.execute(_MEMBERS, {"ids": list(involved)}))
    return world.World(
        members=tuple(map(_member, members)),
        treatments=tuple(world.Treatment(r.id, r.membership_id, _period(r)) for r in treatments),
        assignments=tuple(map(_assignment, participants)),
        responsibilities=tuple(
            world.Responsibility(r.id, r.trajectory_id, r.organisation_id, _period(r))
            for r in await rows(_RESPONSIBILITIES)
        ),
        referrals=tuple(map(_referral, referrals)),
        consents=tuple(filter(None, map(_consent, consents))),
        blocks=tuple(
            world.Block(
                r.id,
                r.organisation_id,
                r.membership_id,
                categories_in(r.categories),
                _period(r),
                r.person_id,
            )
            for r in blocks
            if r.valid_until is None or r.valid_from < r.valid_until
        ),
        persons=_persons(await rows(_LINKS), representatives, await rows(_SUPPORTERS)),
        mandates=tuple(
            world.Mandate(r.id, world.MandateKind(r.kind), _period(r))
            for r in representatives
            if r.valid_until is None or r.valid_from < r.valid_until
        ),
        substitutions=tuple(
            world.Substitution(r.id, r.absent_membership_id, r.substitute_membership_id, _period(r))
            for r in substitutions
        ),
        supervisions=tuple(
            world.Supervision(
                r.id, r.supervisor_membership_id, r.supervised_membership_id, _period(r)
            )
            for r in supervisions
        ),
        contracts=tuple(
            world.Contract(
                r.placement_id, r.trajectory_id, r.organisation_id, r.inbox_id, _period(r)
            )
            for r in contracts
        ),
        confirmations=tuple(
            world.Confirmation(
                r.id, r.conversation_id, r.trajectory_id, r.membership_id, _period(r)
            )
            for r in confirmations
            if r.membership_id is not None
        ),
        requests=tuple(
            world.DataSubjectRequest(r.id, r.organisation_id, r.inbox_id, _period(r))
            for r in await rows(_REQUESTS)
        ),
        registrations=tuple(
            world.Registration(
                r.machine_id, r.organisation_id, OrganisationKind(r.kind), _period(r)
            )
            for r in await rows(_REGISTRATIONS)
        ),
        incapacities=tuple(
            world.Incapacity(r.id, categories_in(r.covers), _period(r))
            for r in await rows(_INCAPACITIES)
            if r.valid_from < r.valid_until
        ),
        broken=tuple(
            world.BrokenGlass(r.id, r.membership_id, r.desk_inbox_id, r.reason, _period(r))
            for r in broken
        ),
        born=await db.scalar(_born(), {"client": client_id}),
        erased=bool(await db.scalar(_ERASED, {"client": client_id})),
    )


@cache
def _born() -> Select[Any]:
    """The birth date as it was recorded last; the client's own rows lie higher in the house."""
    tables: dict[str, Any] = {table.__tablename__: table for table in loaded_records()}
    identity = tables["client_identity"]
    newest = select(identity.birth_date).where(identity.client_id == _CLIENT)
    return newest.order_by(identity.recorded_at.desc(), identity.id.desc()).limit(1)


def _period(row: Any) -> Period:
    return Period(row.valid_from, row.valid_until)


def _member(row: Any) -> world.Member:
    return world.Member(
        id=row.id,
        practitioner_id=row.practitioner_id,
        inbox_id=row.inbox_id,
        organisation_id=row.organisation_id,
        organisation_kind=OrganisationKind(row.organisation_kind),
        role=Role(row.role),
        employed=row.employed,
        period=_period(row),
        policy_version=row.policy_version,
    )


def _assignment(row: Any) -> world.Assignment:
    return world.Assignment(
        id=row.id,
        trajectory_id=row.trajectory_id,
        membership_id=row.membership_id,
        period=_period(row),
        commissioned_by=None
        if row.commissioned_by is None
        else OrganisationKind(row.commissioned_by),
        keeps_own_records=row.keeps_own_records,
    )


def _referral(row: Any) -> world.Referral:
    decided = [at for at in (row.accepted_at, row.refused_at, row.withdrawn_at) if at is not None]
    return world.Referral(
        id=row.id,
        trajectory_id=row.trajectory_id,
        organisation_id=row.organisation_id,
        inbox_id=row.inbox_id,
        role=Role(row.role),
        period=Period(row.recorded_at, min(decided, default=None)),
    )


def _consent(row: Any) -> world.Consent | None:
    """A consent that ended before it began, by withdrawal or by its dates, was never given."""
    ends = [at for at in (row.valid_until, row.withdrawn_at) if at is not None]
    end = min(ends, default=None)
    if end is not None and end <= row.valid_from:
        return None
    return world.Consent(
        id=row.id,
        trajectory_id=row.trajectory_id,
        sender_organisation_id=row.sender_organisation_id,
        recipient_organisation_id=row.recipient_organisation_id,
        recipient_role=Role(row.recipient_role),
        recipient_membership_id=row.recipient_membership_id,
        categories=categories_in(row.categories),
        purposes=frozenset(purpose for purpose in Purpose if row.purposes & purpose.bit),
        period=Period(row.valid_from, end),
        record_id=row.conversation_id or row.record_id,
        by_representative=row.given_by != Role.CLIENT,
        given_at=row.recorded_at,
    )


def _persons(
    links: list[Any], representatives: list[Any], supporters: list[Any]
) -> tuple[world.Person, ...]:
    """A hat opens what its representative or supporter record says, while both are in force."""
    found = [
        world.Person(link.id, Role.CLIENT, _period(link))
        for link in links
        if link.role == Role.CLIENT
    ]
    by_id = {link.id: link for link in links}
    for row in [*representatives, *supporters]:
        link = by_id.get(row.id)
        period = link and _period(row).meets(_period(link))
        if link is None or period is None:
            continue
        role = Role(link.role)
        mandate = world.MandateKind(row.kind) if role is Role.REPRESENTATIVE else None
        found.append(world.Person(row.id, role, period, categories_in(row.scope), mandate))
    return tuple(found)
