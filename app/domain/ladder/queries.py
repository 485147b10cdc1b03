"""Every read of the ladder; each statement decides for itself what its viewer may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Row,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from app.access.collection import Parent
from app.access.grants import AccessGrant
from app.access.rows import holds, in_force, shown, visible
from app.access.session import Session
from app.access.versions import superseded_by
from app.access.vocabulary import Category, Reach
from app.domain.ladder.rules.course import Measured
from app.domain.ladder.rules.rungs import Occasion
from app.domain.ladder.tables import LadderMeasurement, LadderNote, LadderStatement

_SUPERSEDED_BY = superseded_by(LadderMeasurement)
MEASUREMENTS = (
    shown(
        LadderMeasurement,
        *LadderMeasurement.__table__.c,
        _SUPERSEDED_BY.label("superseded_by"),
        LadderNote.id.label("note_id"),
        LadderNote.has_contract,
        LadderNote.self_employed,
        LadderNote.support_instruments,
        LadderNote.supplementary_benefit,
        LadderNote.responsibility_to_others,
        LadderNote.organised,
        LadderNote.weekly,
        LadderNote.in_person,
        LadderNote.reason,
        LadderNote.context,
        LadderNote.client_words,
        LadderNote.growth_rung,
        LadderNote.growth_horizon_months,
        LadderNote.growth_by_role,
        LadderNote.growth_reasoning,
        LadderStatement.words.label("client_statement"),
    )
    .outerjoin(
        LadderNote,
        and_(LadderNote.measurement_id == LadderMeasurement.id, visible(LadderNote)),
    )
    .outerjoin(
        LadderStatement,
        and_(LadderStatement.measurement_id == LadderMeasurement.id, visible(LadderStatement)),
    )
)
_PATH = (
    shown(
        LadderMeasurement,
        LadderMeasurement.id,
        LadderMeasurement.rung,
        LadderMeasurement.measured_on,
        LadderMeasurement.occasion,
    )
    .where(
        LadderMeasurement.trajectory_id == bindparam("trajectory", type_=Uuid()),
        _SUPERSEDED_BY.is_(None),
    )
    .order_by(LadderMeasurement.measured_on, LadderMeasurement.recorded_at, LadderMeasurement.id)
)
_GROUND = AccessGrant.basis.op("||")(literal_column("':'")).op("||")(
    AccessGrant.basis_id.cast(Text)
)
_OF_LADDER = holds(AccessGrant.categories, Category.LADDER)
_HELD = select(
    bindparam("trajectory", type_=Uuid()).label("id"),
    bindparam("client", type_=Uuid()).label("client_id"),
    bindparam("trajectory", type_=Uuid()).label("trajectory_id"),
    func.coalesce(func.bit_or(AccessGrant.categories), 0).label("mask"),
    func.coalesce(
        func.array_agg(_GROUND.distinct(), type_=ARRAY(Text)).filter(_OF_LADDER), []
    ).label("grounds"),
    func.coalesce(
        func.bool_or(
            and_(
                _OF_LADDER,
                AccessGrant.reach == Reach.ALL,
                AccessGrant.sender_organisation_id.is_(None),
            )
        ),
        False,
    ).label("whole"),
).where(
    AccessGrant.client_id == bindparam("client", type_=Uuid()),
    or_(
        AccessGrant.trajectory_id.is_(None),
        AccessGrant.trajectory_id == bindparam("trajectory", type_=Uuid()),
    ),
    AccessGrant.record_id.is_(None),
    in_force(AccessGrant),
)


async def path(session: Session, trajectory_id: UUID) -> list[tuple[UUID, Measured]]:
    """The measurements in force that this viewer may see, by day; for an action's own use."""
    rows = await session.rows(_PATH, trajectory=trajectory_id)
    return [(row.id, Measured(row.measured_on, row.rung, Occasion(row.occasion))) for row in rows]


async def held(session: Session, parent: Parent) -> Row[Any]:
    """What this viewer holds on this trajectory, whoever sent it; `whole` when it is all."""
    row = await session.row(_HELD, client=parent.client_id, trajectory=parent.id)
    if row is None:
        raise LookupError("an aggregate always gives a row")
    return row
