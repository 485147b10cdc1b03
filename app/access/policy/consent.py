"""Consent, and the referral inbox that it opens."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from app.access.ceilings import only_per_item, open_to_consent
from app.access.policy.members import fits, grant_for, member_of, purposes_of
from app.access.vocabulary import (
    GGZ_TEAM,
    Basis,
    Category,
    Grant,
    Period,
    Purpose,
    Role,
    mask_of,
)
from app.access.world import (
    Consent,
    Member,
    World,
)


def of_consent(world: World) -> Iterator[Grant]:
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
    """Ceiling before consent: what can never be shared stays shut, whatever was signed.

    Gates 16 and 17: of the file of a treatment a consent opens the record that it names. Such a
    one opens it wherever it hangs: what is carried over from an earlier trajectory stays there.
    """
    opened = consent.categories & open_to_consent(member.role, member.policy_version)
    if consent.record_id is None:
        opened -= only_per_item(member.role, member.policy_version)
    stated = sum(purpose.bit for purpose in consent.purposes)
    return replace(
        grant_for(member, period, Basis.CONSENT, consent.id),
        categories=mask_of(opened),
        purposes=stated & purposes_of(member.role),
        trajectory_id=trajectory_id if consent.record_id is None else None,
        record_id=consent.record_id,
        sender_organisation_id=consent.sender_organisation_id,
    )


def _reader(
    world: World, consent: Consent, inbox_id: UUID, waiting: Period
) -> tuple[UUID, Period] | None:
    """Whoever opens the inbox; or the one person named, who must be of that inbox, then."""
    period = consent.period.meets(waiting)
    if period is None or consent.recipient_membership_id is None:
        return None if period is None else (inbox_id, period)
    member = member_of(world, consent.recipient_membership_id)
    if member is None or not _is_recipient(member, consent):
        return None
    period = period.meets(member.period)
    return None if period is None else (member.id, period)


def _to_employer(world: World, consent: Consent) -> Iterator[Grant]:
    """Gates 7, 10, 14: an employer with an agreement gets only what the client agreed to."""
    opened = consent.categories & open_to_consent(Role.EMPLOYER)
    for contract in world.contracts:
        reader = _reader(world, consent, contract.inbox_id, contract.period)
        if (
            reader is None
            or contract.organisation_id != consent.recipient_organisation_id
            or consent.trajectory_id not in {None, contract.trajectory_id}
        ):
            continue
        grantee_id, period = reader
        yield Grant(
            grantee_id=grantee_id,
            period=period,
            basis=Basis.CONSENT,
            basis_id=consent.id,
            purposes=sum(p.bit for p in consent.purposes) & purposes_of(Role.EMPLOYER),
            categories=mask_of(opened),
            trajectory_id=contract.trajectory_id,
            record_id=consent.record_id,
            sender_organisation_id=consent.sender_organisation_id,
        )


def of_referral(world: World) -> Iterator[Grant]:
    """Gate 6: before acceptance a consent opens the referral inbox and nothing else."""
    for referral in world.referrals:
        for consent in world.consents:
            reader = _reader(world, consent, referral.inbox_id, referral.period)
            if (
                reader is None
                or consent.recipient_organisation_id != referral.organisation_id
                or consent.recipient_role is not referral.role
                or consent.trajectory_id not in {None, referral.trajectory_id}
                or Category.EXISTENCE not in consent.categories
                or Purpose.REINTEGRATION not in consent.purposes
                or consent.record_id not in {None, referral.id}
            ):
                continue
            grantee_id, period = reader
            base = Grant(
                grantee_id=grantee_id,
                period=period,
                basis=Basis.REFERRAL,
                basis_id=consent.id,
                purposes=Purpose.REINTEGRATION.bit,
                categories=Category.EXISTENCE.bit,
                trajectory_id=referral.trajectory_id,
                record_id=referral.id,
                sender_organisation_id=consent.sender_organisation_id,
            )
            yield base
            # Accepting opens the responsibility and the first participation: both are [status].
            yield replace(
                base,
                categories=0,
                creates=Category.STATUS.bit,
                record_id=None,
                sender_organisation_id=None,
            )
            if Category.IDENTITY in consent.categories:
                yield replace(
                    base,
                    categories=Category.IDENTITY.bit,
                    trajectory_id=None,
                    record_id=None,
                )
