"""Rows of the facts of one client as the values that the policy reads; pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.access import world
from app.access.vocabulary import OrganisationKind, Period, Purpose, Role, categories_in

Rows = dict[str, list[Any]]


def world_from(found: Rows, *, born: date | None, erased: bool) -> world.World:
    """All of them; `found` has a list for each kind of fact, by the names below."""
    return world.World(
        members=tuple(map(_member, found["members"])),
        treatments=tuple(map(_treatment, found["treatments"])),
        assignments=tuple(map(_assignment, found["participants"])),
        responsibilities=tuple(map(_responsibility, found["responsibilities"])),
        referrals=tuple(map(_referral, found["referrals"])),
        consents=tuple(filter(None, map(_consent, found["consents"]))),
        blocks=tuple(map(_block, _ever_held(found["blocks"]))),
        persons=_persons(found["links"], found["representatives"], found["supporters"]),
        mandates=tuple(map(_mandate, _ever_held(found["representatives"]))),
        substitutions=tuple(map(_substitution, found["substitutions"])),
        supervisions=tuple(map(_supervision, found["supervisions"])),
        contracts=tuple(map(_contract, found["contracts"])),
        confirmations=tuple(filter(None, map(_confirmation, found["confirmations"]))),
        requests=tuple(map(_request, found["requests"])),
        registrations=tuple(map(_registration, found["registrations"])),
        incapacities=tuple(map(_incapacity, _ever_held(found["incapacities"]))),
        broken=tuple(map(_broken_glass, found["broken"])),
        born=born,
        erased=erased,
    )


def _period(row: Any) -> Period:
    return Period(row.valid_from, row.valid_until)


def _ever_held(rows: Sequence[Any]) -> Iterator[Any]:
    """Without those that were taken back before they began."""
    return (row for row in rows if row.valid_until is None or row.valid_from < row.valid_until)


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


def _treatment(row: Any) -> world.Treatment:
    return world.Treatment(row.id, row.membership_id, _period(row))


def _responsibility(row: Any) -> world.Responsibility:
    return world.Responsibility(row.id, row.trajectory_id, row.organisation_id, _period(row))


def _block(row: Any) -> world.Block:
    barred, period = categories_in(row.categories), _period(row)
    return world.Block(
        row.id, row.organisation_id, row.membership_id, barred, period, row.person_id
    )


def _mandate(row: Any) -> world.Mandate:
    return world.Mandate(row.id, world.MandateKind(row.kind), _period(row))


def _substitution(row: Any) -> world.Substitution:
    return world.Substitution(
        row.id, row.absent_membership_id, row.substitute_membership_id, _period(row)
    )


def _supervision(row: Any) -> world.Supervision:
    return world.Supervision(
        row.id, row.supervisor_membership_id, row.supervised_membership_id, _period(row)
    )


def _contract(row: Any) -> world.Contract:
    return world.Contract(
        row.placement_id, row.trajectory_id, row.organisation_id, row.inbox_id, _period(row)
    )


def _confirmation(row: Any) -> world.Confirmation | None:
    """One that names no member is nobody's to see by."""
    if row.membership_id is None:
        return None
    return world.Confirmation(
        row.id, row.conversation_id, row.trajectory_id, row.membership_id, _period(row)
    )


def _request(row: Any) -> world.DataSubjectRequest:
    return world.DataSubjectRequest(row.id, row.organisation_id, row.inbox_id, _period(row))


def _registration(row: Any) -> world.Registration:
    kind = OrganisationKind(row.kind)
    return world.Registration(row.machine_id, row.organisation_id, kind, _period(row))


def _incapacity(row: Any) -> world.Incapacity:
    return world.Incapacity(row.id, categories_in(row.covers), _period(row))


def _broken_glass(row: Any) -> world.BrokenGlass:
    return world.BrokenGlass(row.id, row.membership_id, row.desk_inbox_id, row.reason, _period(row))


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
