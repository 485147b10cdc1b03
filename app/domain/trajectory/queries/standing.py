"""Where a trajectory stands for this viewer: events, parties and consents that it may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, or_

from app.access.collection import Parent
from app.access.facts import Consent, stands
from app.access.rows import shown
from app.access.session import Session
from app.access.vocabulary import FUNDERS, GGZ_TEAM, Category, Purpose, Role, Viewer
from app.domain.trajectory.queries.events import milestones
from app.domain.trajectory.queries.participants import participants, responsibilities
from app.domain.trajectory.queries.trajectories import kind_of
from app.domain.trajectory.rules.kinds import Kind, variant_of
from app.domain.trajectory.rules.practice import Practice, practice_of
from app.domain.trajectory.rules.standing import SEATS, Seat, Standing

_CONSENTS = shown(Consent).where(
    Consent.client_id == bindparam("client", type_=Uuid()),
    or_(
        Consent.trajectory_id.is_(None),
        Consent.trajectory_id == bindparam("trajectory", type_=Uuid()),
    ),
    stands(Consent),
)


async def standing(session: Session, parent: Parent) -> Standing:
    """What the rules look at; for an action's own use (unlogged)."""
    trajectory_id = parent.id
    known = await kind_of(session, trajectory_id)
    kind = Kind.WGB if known is None or known.kind is None else Kind(known.kind)
    bodies = await responsibilities(session, trajectory_id)
    taking_part = await participants(session, trajectory_id)
    consents = await session.rows(_CONSENTS, client=parent.client_id, trajectory=trajectory_id)
    return Standing(
        reached=await milestones(session, trajectory_id),
        kind=kind,
        region=_practice(session, known).region(kind),
        variant=variant_of(bodies[-1].organisation_kind) if bodies else None,
        may_refer=any(map(_lets_refer, consents)),
        consents_in_place=_in_place(session.viewer, taking_part, consents),
        taking_part=frozenset(
            SEATS[Role(row.role)] for row in taking_part if Role(row.role) in SEATS
        ),
    )


async def practice(session: Session, trajectory_id: UUID) -> Practice:
    """How it goes at the organisation that runs this trajectory, which the viewer may know of."""
    return _practice(session, await kind_of(session, trajectory_id))


def _practice(session: Session, known: Row[Any] | None) -> Practice:
    controller = None if known is None else known.controller_organisation_id
    return practice_of(controller, session.services.practices)


def _lets_refer(consent: Row[Any]) -> bool:
    return (
        consent.recipient_role in FUNDERS
        and bool(consent.categories & Category.EXISTENCE.bit)
        and bool(consent.purposes & Purpose.REINTEGRATION.bit)
    )


def _in_place(viewer: Viewer, taking_part: Any, consents: Any) -> bool:
    """Each party outside the GGZ may see the conversation; others answer for themselves only."""
    outside = {
        row.organisation_id
        for row in taking_part
        if SEATS.get(Role(row.role)) in {Seat.AUTHORITY, Seat.COACH} and row.role not in GGZ_TEAM
    }
    if viewer.role not in GGZ_TEAM | {Role.CLIENT}:
        outside &= {viewer.organisation_id}
    told = {
        consent.recipient_organisation_id
        for consent in consents
        if consent.categories & Category.START_CONVERSATION.bit
    }
    return bool(outside) and outside <= told
