"""Who may see what now, and what a choice would change; for the client and a mandate over it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Basis, Category, OrganisationKind, Reach, Role
from app.domain.client import queries as clients
from app.domain.consent.actions.giving import ACTING
from app.domain.consent.queries import oversight, overview
from app.domain.consent.rules import words
from app.domain.consent.rules.overview import Held, Line, PartyLines, grouped
from app.domain.consent.schemas.overview import (
    AccessOverviewOut,
    OverviewPartyOut,
    SeenCategory,
    WhyOut,
)
from app.platform.http.problems import NotAllowed


async def overseen(session: Session, client_id: UUID) -> Row[Any]:
    """The decision that lets this viewer look at the sharing itself.

    NotFound for a client that the viewer may not know of; NotAllowed for all but the client and
    a mandate that covers the consents.
    """
    await clients.parent(session, client_id)
    found = await oversight.held(session, client_id, Category.CONSENT)
    if found is None or session.viewer.role not in ACTING:
        raise NotAllowed("Only the client, or who acts for the client, sees who may see what.")
    return found


async def look(session: Session, client_id: UUID, *, names: bool) -> AccessOverviewOut:
    """Computed from the grants in force at this moment."""
    decision = await overseen(session, client_id)
    rows = await overview.grants_in_force(session, client_id)
    parties = grouped(_held(row) for row in rows)
    organisations = await overview.organisation_names(
        session, {p.organisation_id for p in parties if p.organisation_id is not None}
    )
    return disclose(
        session,
        AccessOverviewOut,
        decision,
        at=session.viewer.moment,
        parties=[_party(party, organisations, names=names) for party in parties],
    )


def _held(row: Row[Any]) -> Held:
    close = Role.REPRESENTATIVE if row.basis == Basis.MANDATE else Role.SUPPORTER
    member = Role.CLINICIAN if row.role is None else Role(row.role)
    kind = row.organisation_kind
    return Held(
        organisation_id=row.organisation_id,
        organisation_kind=None if kind is None else OrganisationKind(kind),
        role=member if row.organisation_id is not None else close,
        person=row.practitioner or row.machine or row.representative or row.supporter or "",
        basis=Basis(row.basis),
        basis_id=row.basis_id,
        reach=Reach(row.reach),
        categories=row.categories,
        trajectory_id=row.trajectory_id,
        record_id=row.record_id,
        sender_organisation_id=row.sender_organisation_id,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _party(party: PartyLines, organisations: dict[UUID, str], *, names: bool) -> OverviewPartyOut:
    found = None if party.organisation_id is None else organisations.get(party.organisation_id)
    return OverviewPartyOut(
        organisation_id=party.organisation_id,
        organisation_name=found,
        organisation_kind=party.organisation_kind,
        role=party.role,
        role_label=words.ROLES[party.role],
        names=sorted(party.people) if names else [],
        reasons=[_why(line, party.organisation_kind) for line in party.lines.values()],
    )


def _why(line: Line, kind: OrganisationKind | None) -> WhyOut:
    key = line.key
    reason = words.reason_of(key.basis, kind)
    limits = [] if key.reach is Reach.ALL else [words.REACHES[key.reach]]
    limits += [words.ONE_RECORD] if key.record_id is not None else []
    limits += [words.SENDER_ONLY] if key.sender_organisation_id is not None else []
    return WhyOut(
        categories=labelled(line.categories),
        basis=key.basis,
        words=reason.words,
        article=reason.article,
        consent_id=key.consent_id,
        reach=key.reach,
        limits=limits,
        trajectory_id=key.trajectory_id,
        since=line.since,
        until=line.until,
    )


def labelled(categories: frozenset[Category]) -> list[SeenCategory]:
    """By name and in Dutch, in the fixed order."""
    return [
        SeenCategory(category=category, label=words.CATEGORIES[category])
        for category in words.inner(categories)
    ]
