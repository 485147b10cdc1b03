"""Who may see what of one client, and why: facts in, grants out. The only place with the rules.

Source: the access model (grounds, section 2; gates, section 3) and `matrix/ceiling_v1.csv`.
Pure and total: no I/O, no clock; periods are part of the answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from app.access.ceilings import (
    ceiling,
    open_to_consent,
    opened_by,
    roles_of,
    written_by,
)
from app.access.vocabulary import (
    AUTHORITIES,
    EVERY_CATEGORY,
    FITTING_PURPOSES,
    GGZ_TEAM,
    OWN_AFFAIRS,
    Basis,
    Category,
    Grant,
    Ground,
    OrganisationKind,
    Period,
    Purpose,
    Reach,
    Role,
    mask_of,
)
from app.access.world import (
    Assignment,
    Block,
    Consent,
    MandateKind,
    Member,
    Person,
    Treatment,
    World,
)

Involvement = TypeVar("Involvement", Treatment, Assignment)
MEDICAL = frozenset(
    {
        Category.MEDICAL,
        Category.INSURANCE_PHYSICIAN_NOTES,
        Category.PSYCHOLOGICAL_ANAMNESIS,
        Category.WORK_ADVICE,
        Category.WORK_CAPACITY,
        Category.EARLY_WARNING_PLAN,
        Category.WELLBEING,
    }
)
INBOX = frozenset({Category.EXISTENCE, Category.IDENTITY})
BEATEN_BY_BLOCK = frozenset(
    {
        Basis.TREATMENT,
        Basis.ASSIGNMENT,
        Basis.CONSENT,
        Basis.REFERRAL,
        Basis.AUTHOR,
        Basis.OWN,
        Basis.CONFIRMATION,
        Basis.CONTROLLER,
        Basis.SUPERVISION,
        Basis.CONTRACT,
    }
)


def grants(world: World) -> frozenset[Grant]:
    """Every grant that follows from the facts of one client; nothing follows -> nobody sees."""
    if world.erased:
        return frozenset()
    world = _with_substitutes(world)
    found = [
        *_of_persons(world),
        *_of_treatment(world),
        *_of_assignment(world),
        *_of_consent(world),
        *_of_referral(world),
        *_of_contract(world),
        *_of_confirmation(world),
        *_of_supervision(world),
        *_of_request(world),
        *_of_registration(world),
    ]
    owners = _organisations(world)
    return frozenset(
        piece
        for grant in found
        for piece in _after_blocks(grant, world.blocks, owners)
        if piece.categories or piece.creates
    )


def fits(member: Member) -> bool:
    """A role that cannot exist in this kind of organisation has no rights at all."""
    return member.role in roles_of(member.organisation_kind)


def purposes_of(role: Role) -> int:
    return sum(purpose.bit for purpose in FITTING_PURPOSES[role])


def _member(world: World, membership_id: UUID) -> Member | None:
    member = world.members_by_id.get(membership_id)
    return member if member is not None and fits(member) else None


def _with_substitutes(world: World) -> World:
    """Stand-ins get the involvements of the absent colleague while the substitution lasts."""
    treatments, assignments = set(world.treatments), set(world.assignments)
    for cover in world.substitutions:
        absent = world.members_by_id.get(cover.absent_membership_id)
        substitute = world.members_by_id.get(cover.substitute_membership_id)
        if absent is None or substitute is None:
            continue
        if (absent.organisation_id, absent.role) != (substitute.organisation_id, substitute.role):
            continue
        treatments |= set(_covered(world.treatments, cover.period, absent.id, substitute.id))
        assignments |= set(_covered(world.assignments, cover.period, absent.id, substitute.id))
    return replace(world, treatments=tuple(treatments), assignments=tuple(assignments))


def _covered(
    involvements: Iterable[Involvement], period: Period, absent: UUID, substitute: UUID
) -> Iterator[Involvement]:
    for involvement in involvements:
        shared = involvement.period.meets(period)
        if involvement.membership_id == absent and shared is not None:
            yield replace(involvement, membership_id=substitute, period=shared)


# --- the client and who acts for the client ---------------------------------------------------


def _of_persons(world: World) -> Iterator[Grant]:
    for person in world.persons:
        if person.role is Role.CLIENT:
            seen = opened_by(Role.CLIENT, Ground.ALWAYS)
            basis, creates = Basis.SELF, mask_of(written_by(Role.CLIENT))
        elif person.role is Role.REPRESENTATIVE:
            seen = _mandated(person)
            basis, creates = Basis.MANDATE, mask_of(seen & written_by(Role.REPRESENTATIVE))
        elif person.role is Role.SUPPORTER:
            seen = person.scope & open_to_consent(Role.SUPPORTER)
            basis, creates = Basis.SUPPORTER, 0
        else:
            continue
        yield Grant(
            grantee_id=person.id,
            period=person.period,
            basis=basis,
            basis_id=person.id,
            purposes=OWN_AFFAIRS,
            categories=mask_of(seen),
            creates=creates,
            ungated=person.role is not Role.SUPPORTER,
        )


def _mandated(person: Person) -> frozenset[Category]:
    """Gate 15: as the mandate says; a financial administrator never gets medical scope."""
    if person.mandate is None:
        return frozenset()
    seen = person.scope & open_to_consent(Role.REPRESENTATIVE)
    return seen - MEDICAL if person.mandate is MandateKind.FINANCIAL_ADMINISTRATOR else seen


# --- treatment, assignment and legal task -----------------------------------------------------


def _gated(member: Member, category: Category, commissioned_by: OrganisationKind | None) -> bool:
    """Gates known from the facts: 1 and 9 (commissioned coach), 4 (employed IPS coach)."""
    gate = ceiling(member.policy_version)[category, member.role].gate
    if gate in {1, 9}:
        return commissioned_by not in AUTHORITIES
    return gate == 4 and not member.employed  # noqa: PLR2004 - the number is the gate's name


def _cells(
    member: Member, ground: Ground, commissioned_by: OrganisationKind | None = None
) -> frozenset[Category]:
    opened = opened_by(member.role, ground, member.policy_version)
    return frozenset(c for c in opened if not _gated(member, c, commissioned_by))


def _base(member: Member, period: Period, basis: Basis, basis_id: UUID) -> Grant:
    return Grant(
        grantee_id=member.id,
        period=period,
        basis=basis,
        basis_id=basis_id,
        purposes=purposes_of(member.role),
        policy_version=member.policy_version,
    )


def _involvement(base: Grant, member: Member, seen: frozenset[Category]) -> Iterator[Grant]:
    """Whoever is involved sees what the ground opens, what they wrote, and their own consents."""
    cells = ceiling(member.policy_version)
    writes = written_by(member.role)
    never = {c for c in writes if cells[c, member.role].ground is Ground.NEVER}
    yield replace(base, categories=mask_of(seen), creates=mask_of(writes), ungated=True)
    yield replace(
        base,
        categories=mask_of(writes - never - {Category.CONSENT}),
        basis=Basis.AUTHOR,
        reach=Reach.AUTHORED,
        ungated=True,
    )
    if cells[Category.CONSENT, member.role].ground is Ground.OWN:
        yield replace(
            base, categories=Category.CONSENT.bit, basis=Basis.OWN, reach=Reach.OWN, ungated=True
        )


def _of_treatment(world: World) -> Iterator[Grant]:
    for treatment in world.treatments:
        member = _member(world, treatment.membership_id)
        period = member and member.period.meets(treatment.period)
        if member is None or period is None or member.role not in GGZ_TEAM:
            continue
        base = _base(member, period, Basis.TREATMENT, treatment.id)
        yield from _involvement(base, member, _cells(member, Ground.TREATMENT))


def _of_assignment(world: World) -> Iterator[Grant]:
    for assignment in world.assignments:
        member = _member(world, assignment.membership_id)
        period = member and member.period.meets(assignment.period)
        if member is None or period is None:
            continue
        base = replace(
            _base(member, period, Basis.ASSIGNMENT, assignment.id),
            trajectory_id=assignment.trajectory_id,
        )
        if member.organisation_kind in AUTHORITIES:
            yield from _statutory(world, base, member)
        else:
            seen = _cells(member, Ground.ASSIGNMENT, assignment.commissioned_by)
            yield from _involvement(base, member, seen)
        if assignment.keeps_own_records and assignment.period.valid_until is not None:
            yield from _afterwards(base, member, assignment)


def _statutory(world: World, base: Grant, member: Member) -> Iterator[Grant]:
    """Gate 2: assigned, and the organisation is the open responsible authority; never another."""
    for task in world.responsibilities:
        period = base.period.meets(task.period)
        own = (task.trajectory_id, task.organisation_id) == (
            base.trajectory_id,
            member.organisation_id,
        )
        if period is None or not own:
            continue
        by_task = replace(base, period=period, basis=Basis.STATUTORY, basis_id=task.id)
        physician = member.role is Role.INSURANCE_PHYSICIAN
        for grant in _involvement(by_task, member, _cells(member, Ground.STATUTORY)):
            # Gate 12 and 34: drafts of capacity are for the physician, of reports for nobody here.
            yield replace(grant, ungated=physician or grant.reach is not Reach.ALL)


def _afterwards(base: Grant, member: Member, assignment: Assignment) -> Iterator[Grant]:
    """After the reading period of an ended trajectory only the controller's own records stay."""
    end = assignment.period.valid_until
    period = None if end is None else member.period.meets(Period(end))
    if period is None:
        return
    grounds = (Ground.STATUTORY, Ground.ASSIGNMENT, Ground.TREATMENT)
    seen = frozenset[Category]().union(
        *(_cells(member, ground, assignment.commissioned_by) for ground in grounds)
    )
    yield replace(
        base,
        period=period,
        basis=Basis.CONTROLLER,
        categories=mask_of(seen),
        sender_organisation_id=member.organisation_id,
    )


# --- consent ----------------------------------------------------------------------------------


def _of_consent(world: World) -> Iterator[Grant]:
    for consent in world.consents:
        if consent.recipient_role is Role.EMPLOYER:
            yield from _to_employer(world, consent)
            continue
        for member in world.members:
            if not _is_recipient(member, consent):
                continue
            for involved, trajectory_id in _involvements(world, member, consent.trajectory_id):
                period = consent.period.meets(involved)
                if period is not None:
                    yield _by_consent(consent, member, period, trajectory_id)


def _is_recipient(member: Member, consent: Consent) -> bool:
    return (
        fits(member)
        and member.organisation_id == consent.recipient_organisation_id
        and member.role is consent.recipient_role
        and consent.recipient_membership_id in {None, member.id}
    )


def _involvements(
    world: World, member: Member, trajectory_id: UUID | None
) -> Iterator[tuple[Period, UUID | None]]:
    """A consent to an organisation and role is read by those of that role who are involved."""
    for assignment in world.assignments:
        if assignment.membership_id == member.id and trajectory_id in {
            None,
            assignment.trajectory_id,
        }:
            period = member.period.meets(assignment.period)
            if period is not None:
                yield period, assignment.trajectory_id
    for treatment in world.treatments:
        if treatment.membership_id == member.id and member.role in GGZ_TEAM:
            period = member.period.meets(treatment.period)
            if period is not None:
                yield period, trajectory_id


def _by_consent(
    consent: Consent, member: Member, period: Period, trajectory_id: UUID | None
) -> Grant:
    """Ceiling before consent: what can never be shared stays shut, whatever was signed."""
    opened = consent.categories & open_to_consent(member.role, member.policy_version)
    stated = sum(purpose.bit for purpose in consent.purposes)
    return replace(
        _base(member, period, Basis.CONSENT, consent.id),
        categories=mask_of(opened),
        purposes=stated & purposes_of(member.role),
        trajectory_id=trajectory_id,
        record_id=consent.record_id,
        sender_organisation_id=consent.sender_organisation_id,
    )


def _to_employer(world: World, consent: Consent) -> Iterator[Grant]:
    """Gates 7, 10, 14: an employer with an agreement gets only what the client agreed to."""
    opened = consent.categories & open_to_consent(Role.EMPLOYER)
    for contract in world.contracts:
        period = consent.period.meets(contract.period)
        if (
            period is None
            or contract.organisation_id != consent.recipient_organisation_id
            or consent.trajectory_id not in {None, contract.trajectory_id}
        ):
            continue
        yield Grant(
            grantee_id=consent.recipient_membership_id or contract.inbox_id,
            period=period,
            basis=Basis.CONSENT,
            basis_id=consent.id,
            purposes=sum(p.bit for p in consent.purposes) & purposes_of(Role.EMPLOYER),
            categories=mask_of(opened),
            trajectory_id=contract.trajectory_id,
            record_id=consent.record_id,
            sender_organisation_id=consent.sender_organisation_id,
        )


def _of_referral(world: World) -> Iterator[Grant]:
    """Gate 6: before acceptance a consent opens the referral inbox and nothing else."""
    for referral in world.referrals:
        for consent in world.consents:
            period = referral.period.meets(consent.period)
            if (
                period is None
                or consent.recipient_organisation_id != referral.organisation_id
                or consent.recipient_role is not referral.role
                or consent.trajectory_id not in {None, referral.trajectory_id}
                or Category.EXISTENCE not in consent.categories
                or Purpose.REINTEGRATION not in consent.purposes
            ):
                continue
            base = Grant(
                grantee_id=consent.recipient_membership_id or referral.inbox_id,
                period=period,
                basis=Basis.REFERRAL,
                basis_id=consent.id,
                purposes=Purpose.REINTEGRATION.bit,
                categories=Category.EXISTENCE.bit,
                trajectory_id=referral.trajectory_id,
                record_id=referral.id,
            )
            yield base
            # Accepting opens the responsibility and the first participation: both are [status].
            yield replace(base, categories=0, creates=Category.STATUS.bit, record_id=None)
            if Category.IDENTITY in consent.categories:
                yield replace(
                    base,
                    categories=Category.IDENTITY.bit,
                    trajectory_id=None,
                    record_id=None,
                    sender_organisation_id=consent.sender_organisation_id,
                )


# --- one placement, one conversation, supervision, requests, machines ---------------------------


def _of_contract(world: World) -> Iterator[Grant]:
    """Gate 19: an employer sees his own contract data, not the trajectory."""
    for contract in world.contracts:
        yield Grant(
            grantee_id=contract.inbox_id,
            period=contract.period,
            basis=Basis.CONTRACT,
            basis_id=contract.placement_id,
            purposes=purposes_of(Role.EMPLOYER),
            categories=mask_of(opened_by(Role.EMPLOYER, Ground.CONTRACT)),
            trajectory_id=contract.trajectory_id,
            record_id=contract.placement_id,
        )


def _of_confirmation(world: World) -> Iterator[Grant]:
    """Gate 28: each party keeps what it confirmed itself."""
    for confirmation in world.confirmations:
        member = _member(world, confirmation.membership_id)
        period = member and member.period.meets(confirmation.period)
        if member is None or period is None:
            continue
        if Category.START_CONVERSATION not in open_to_consent(member.role, member.policy_version):
            continue
        yield replace(
            _base(member, period, Basis.CONFIRMATION, confirmation.id),
            categories=Category.START_CONVERSATION.bit,
            trajectory_id=confirmation.trajectory_id,
            record_id=confirmation.conversation_id,
        )


def _of_supervision(world: World) -> Iterator[Grant]:
    """Gate 32: only what the supervised members are assigned to."""
    for supervision in world.supervisions:
        supervisor = _member(world, supervision.supervisor_membership_id)
        supervised = _member(world, supervision.supervised_membership_id)
        if supervisor is None or supervised is None or supervisor.role is not Role.SUPERVISOR:
            continue
        if supervisor.organisation_id != supervised.organisation_id:
            continue
        both = supervisor.period.meets(supervised.period)
        watched = both and supervision.period.meets(both)
        for assignment, period in _work_of(world, supervised):
            shared = watched and watched.meets(period)
            if shared is not None:
                yield replace(
                    _base(supervisor, shared, Basis.SUPERVISION, supervision.id),
                    categories=mask_of(_cells(supervisor, Ground.ASSIGNMENT)),
                    trajectory_id=assignment.trajectory_id,
                )


def _work_of(world: World, member: Member) -> Iterator[tuple[Assignment, Period]]:
    """The assignments of a member; at an authority only while that body is responsible."""
    for assignment in world.assignments:
        if assignment.membership_id != member.id:
            continue
        if member.organisation_kind not in AUTHORITIES:
            yield assignment, assignment.period
            continue
        for task in world.responsibilities:
            period = assignment.period.meets(task.period)
            same = (task.trajectory_id, task.organisation_id) == (
                assignment.trajectory_id,
                member.organisation_id,
            )
            if same and period is not None:
                yield assignment, period


def _of_request(world: World) -> Iterator[Grant]:
    """Gate 33: the privacy desk, while a data-subject request of this client is open."""
    for request in world.requests:
        yield Grant(
            grantee_id=request.inbox_id,
            period=request.period,
            basis=Basis.REQUEST,
            basis_id=request.id,
            purposes=purposes_of(Role.PRIVACY_DESK),
            categories=mask_of(opened_by(Role.PRIVACY_DESK, Ground.REQUEST)),
            ungated=True,
        )


def _of_registration(world: World) -> Iterator[Grant]:
    """A client system that acts for its organisation reads back only what it registered."""
    writes = frozenset[Category]().union(*(written_by(role) for role in GGZ_TEAM))
    for registration in world.registrations:
        yield Grant(
            grantee_id=registration.machine_id,
            period=registration.period,
            basis=Basis.AUTHOR,
            basis_id=registration.machine_id,
            purposes=Purpose.TREATMENT.bit,
            categories=mask_of(writes),
            creates=mask_of(writes),
            reach=Reach.AUTHORED,
            ungated=True,
        )


# --- blocks -----------------------------------------------------------------------------------


def _organisations(world: World) -> dict[UUID, UUID]:
    """Whose a grantee is: members, and the inboxes of an organisation and role."""
    owners = {member.id: member.organisation_id for member in world.members}
    owners |= {member.inbox_id: member.organisation_id for member in world.members}
    owners |= {referral.inbox_id: referral.organisation_id for referral in world.referrals}
    owners |= {contract.inbox_id: contract.organisation_id for contract in world.contracts}
    return owners


def _after_blocks(
    grant: Grant, blocks: Iterable[Block], owners: dict[UUID, UUID]
) -> Iterator[Grant]:
    """A block beats consent, treatment and assignment; it never beats a legal task."""
    pieces = [grant]
    for block in blocks:
        bars = block.membership_id == grant.grantee_id or (
            block.organisation_id is not None
            and block.organisation_id == owners.get(grant.grantee_id)
        )
        if bars and grant.basis in BEATEN_BY_BLOCK:
            barred = mask_of(block.categories)
            pieces = [rest for piece in pieces for rest in _barred(piece, barred, block.period)]
    yield from pieces


def _barred(grant: Grant, barred: int, period: Period) -> Iterator[Grant]:
    if not (grant.categories | grant.creates) & barred or grant.period.meets(period) is None:
        yield grant
        return
    kept = EVERY_CATEGORY & ~barred
    for time in grant.period.without(period):
        yield replace(grant, period=time)
    shared = grant.period.meets(period)
    if shared is not None:
        yield replace(
            grant,
            period=shared,
            categories=grant.categories & kept,
            creates=grant.creates & kept,
        )
