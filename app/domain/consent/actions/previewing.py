"""Through another's eyes, before a choice is made; nothing is stored, the look is logged."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from app.access import grants
from app.access.collection import Parent
from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Category, Period, Role, Verb, mask_of
from app.access.world import Block, Consent, World
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.actions.blocking import check_target
from app.domain.consent.actions.checking import Faults, check_choice, check_recipient, period_of
from app.domain.consent.actions.overview import overseen
from app.domain.consent.rules import looking, words
from app.domain.consent.rules.looking import Party, Sight
from app.domain.consent.schemas.blocking import BlockIn
from app.domain.consent.schemas.consents import ConsentChoice
from app.domain.consent.schemas.overview import (
    AccessPreviewOut,
    PartyPreviewOut,
    PreviewIn,
    SightOut,
)
from app.domain.party.queries import memberships
from app.platform.http.problems import NotFound

_NO_CHOICE = "Give one of giveConsent, withdrawConsentId and block."


async def look(session: Session, client_id: UUID, body: PreviewIn) -> AccessPreviewOut:
    """What a party sees now and would see then, by the same policy that decides for real."""
    decision = await overseen(session, client_id)
    parent = await clients.parent(session, client_id)
    faults = Faults()
    chosen = [body.give_consent, body.withdraw_consent_id, body.block]
    if sum(choice is not None for choice in chosen) != 1:
        faults.add("", "wrong_combination", _NO_CHOICE)
    if body.through is not None:
        await check_recipient(session, body.through, "through", faults)
    faults.done()
    world = await grants.world(session.db, client_id)
    after, party = await _chosen(session, parent, world, body)
    if body.through is not None:
        party = Party(body.through.organisation_id, body.through.role, body.through.membership_id)
    return disclose(
        session,
        AccessPreviewOut,
        decision,
        verb=Verb.SEARCH,
        at=session.viewer.moment,
        parties=_compared(session, world, after, party),
        note=None if looking.involved(after, party) else words.NOBODY_YET,
    )


async def _chosen(
    session: Session, parent: Parent, world: World, body: PreviewIn
) -> tuple[World, Party]:
    if body.give_consent is not None:
        return await _given(session, parent, world, body.give_consent)
    if body.withdraw_consent_id is not None:
        return await _withdrawn(session, parent, world, body.withdraw_consent_id)
    if body.block is not None:
        return await _blocked(session, parent, world, body.block)
    raise ValueError(_NO_CHOICE)


async def _given(
    session: Session, parent: Parent, world: World, choice: ConsentChoice
) -> tuple[World, Party]:
    faults = Faults()
    giving.check_mandate(session, parent, mask_of(set(choice.categories)))
    await check_choice(session, parent, choice, faults)
    faults.done()
    recipient = choice.recipient
    consent = Consent(
        id=uuid4(),
        trajectory_id=choice.trajectory_id,
        sender_organisation_id=choice.sender_organisation_id,
        recipient_organisation_id=recipient.organisation_id,
        recipient_role=recipient.role,
        recipient_membership_id=recipient.membership_id,
        categories=frozenset(choice.categories),
        purposes=frozenset(choice.purposes),
        period=Period(session.viewer.moment),
        record_id=choice.record_id,
        by_representative=session.viewer.role is Role.REPRESENTATIVE,
        given_at=session.viewer.moment,
    )
    party = Party(recipient.organisation_id, recipient.role, recipient.membership_id)
    return looking.with_consents(world, [consent]), party


async def _withdrawn(
    session: Session, parent: Parent, world: World, consent_id: UUID
) -> tuple[World, Party]:
    row = await giving.RECORDS.one(session, parent.client_id, consent_id)
    if row is None:
        faults = Faults()
        faults.unknown("withdrawConsentId")
        faults.done()
        raise NotFound
    giving.check_mandate(session, parent, row.categories)
    after = looking.without_consents(world, [consent_id], session.viewer.moment)
    party = Party(row.recipient_organisation_id, Role(row.recipient_role))
    return after, replace(party, membership_id=row.recipient_membership_id)


async def _blocked(
    session: Session, parent: Parent, world: World, body: BlockIn
) -> tuple[World, Party]:
    faults = Faults()
    if body.person_id is not None:
        detail = "A preview is of an organisation or a professional."
        faults.add("block/personId", "not_allowed_value", detail)
        faults.done()
    giving.check_mandate(session, parent, mask_of(set(body.categories)))
    await check_target(session, parent.client_id, body, faults)
    period_of(session, body.valid_from, body.valid_until, faults)
    faults.done()
    block = Block(
        id=uuid4(),
        organisation_id=body.organisation_id,
        membership_id=body.membership_id,
        categories=frozenset(body.categories),
        period=Period(session.viewer.moment),
    )
    organisation_id = body.organisation_id
    if organisation_id is None and body.membership_id is not None:
        member: Any = await memberships.anywhere(session, body.membership_id)
        organisation_id = member.organisation_id
    if organisation_id is None:
        raise NotFound
    return looking.with_block(world, block), Party(
        organisation_id, membership_id=body.membership_id
    )


def _compared(session: Session, world: World, after: World, party: Party) -> list[PartyPreviewOut]:
    at = session.viewer.moment
    now, then = looking.seen_by(world, party, at), looking.seen_by(after, party, at)
    roles = {*now, *then} | ({party.role} if party.role is not None else set())
    return [
        _party(party.organisation_id, role, now.get(role, {}), then.get(role, {}))
        for role in Role
        if role in roles
    ]


def _party(organisation_id: UUID, role: Role, now: Sight, then: Sight) -> PartyPreviewOut:
    change = looking.change(now, then)
    return PartyPreviewOut(
        organisation_id=organisation_id,
        role=role,
        role_label=words.ROLES[role],
        before=_sights(now),
        after=_sights(then),
        starts=words.inner(change.starts),
        stops=words.inner(change.stops),
        narrows=words.inner(change.narrows),
        kept_by_law=words.inner(change.kept_by_law),
    )


def _sights(sight: Sight) -> list[SightOut]:
    return [
        SightOut(
            category=category,
            label=words.CATEGORIES[category],
            reasons=sorted({words.reason_of(basis, None).words for basis, _ in sight[category]}),
        )
        for category in Category
        if category in sight
    ]
