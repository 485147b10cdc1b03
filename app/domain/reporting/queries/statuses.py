"""Status of a trajectory by BSN, in one statement: it starts from the viewer's own grants.

`mine` holds the grants in force of this viewer for this blind index, by an index look-up; every
further table is joined through them, so no row of a client one may not know is ever examined.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    LargeBinary,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from app.access.facts import Participant
from app.access.grants import AccessGrant
from app.access.parties import Membership, Organisation, Practitioner
from app.access.rows import in_force, visible_through
from app.access.session import Session
from app.access.vocabulary import Category, Reach
from app.domain.client.tables import ClientIdentity
from app.domain.ladder.tables import LadderMeasurement
from app.domain.placement.tables import ContactDay
from app.domain.reporting.rules.statuses import LEFT_ASIDE
from app.domain.trajectory.tables import Trajectory, TrajectoryCourse, TrajectoryEvent
from app.platform.clock import is_current

MOST = 20
"""Trajectories in one answer; a person has one or a few."""

_BIRTH_DATE = bindparam("birth_date", type_=Date())
_MINE = (
    select(AccessGrant)
    .where(
        in_force(AccessGrant),
        AccessGrant.bsn_index == bindparam("bsn_index", type_=LargeBinary()),
    )
    .cte("mine")
)
_FINDS: ColumnElement[int] = literal_column(str(Category.EXISTENCE.bit | Category.BSN.bit))
_ALL: ColumnElement[str] = literal_column(f"'{Reach.ALL.value}'")
_CUT = (
    select(
        _MINE.c.client_id,
        _MINE.c.trajectory_id,
        func.bool_or(_MINE.c.sender_organisation_id.is_(None)).label("whole"),
    )
    .where(
        _MINE.c.trajectory_id.is_not(None),
        _MINE.c.record_id.is_(None),
        _MINE.c.reach == _ALL,
        _MINE.c.categories.op("&")(_FINDS) == _FINDS,
    )
    .group_by(_MINE.c.client_id, _MINE.c.trajectory_id)
    .order_by(_MINE.c.trajectory_id)
    .limit(literal_column(str(MOST)))
    .cte("cut")
)
"""Found by one grant that opens both the number and the existence: two halves make no whole."""

_GROUND = _MINE.c.basis.op("||")(literal_column("':'")).op("||")(_MINE.c.basis_id.cast(Text))
_HELD = (
    select(
        func.bit_or(_MINE.c.categories).label("mask"),
        func.array_agg(_GROUND.distinct()).label("grounds"),
    )
    .where(
        _MINE.c.client_id == _CUT.c.client_id,
        or_(_MINE.c.trajectory_id.is_(None), _MINE.c.trajectory_id == _CUT.c.trajectory_id),
        _MINE.c.record_id.is_(None),
        _MINE.c.reach == _ALL,
    )
    .lateral("held")
)


def _of(table: Any) -> tuple[ColumnElement[bool], ...]:
    return (table.trajectory_id == _CUT.c.trajectory_id, visible_through(_MINE, table))


def _newest(table: Any, column: Any) -> Select[Any]:
    """One column of the last row by its day, leaving out what a later version replaced."""
    newer = aliased(table)
    replaced = (
        select(true())
        .where(newer.supersedes_id == table.id, visible_through(_MINE, table, newer))
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    return select(column).where(*_of(table), replaced.is_(None)).limit(literal_column("1"))


_LEFT_ASIDE: list[ColumnElement[str]] = [
    literal_column(f"'{milestone.value}'") for milestone in LEFT_ASIDE
]
_EVENTS = (
    select(
        func.array_agg(TrajectoryEvent.milestone).label("milestones"),
        func.array_agg(TrajectoryEvent.occurred_on).label("occurred_on"),
        func.array_agg(TrajectoryEvent.recorded_at).label("event_at"),
        func.array_agg(TrajectoryEvent.detail).label("details"),
    )
    .where(*_of(TrajectoryEvent), TrajectoryEvent.milestone.not_in(_LEFT_ASIDE))
    .lateral("events")
)
_RUNG = (
    _newest(LadderMeasurement, LadderMeasurement.rung)
    .order_by(LadderMeasurement.measured_on.desc(), LadderMeasurement.recorded_at.desc())
    .lateral("ladder")
)
_CONTACT = (
    _newest(ContactDay, ContactDay.happened_on)
    .where(ContactDay.happened_on.is_not(None))
    .order_by(ContactDay.happened_on.desc())
    .lateral("contact")
)
_PERSONS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object(
                literal_column("'role'"), Membership.role,
                literal_column("'name'"), Practitioner.name,
                literal_column("'organisation'"), Organisation.name,
            ),
            type_=JSONB(),
        )
        .aggregate_order_by(Participant.recorded_at, Participant.id)
        .label("persons")
    )
    .join(Membership, Membership.id == Participant.membership_id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(
        *_of(Participant),
        is_current(Participant),
    )
    .lateral("parties")
)  # fmt: skip
_EXISTS = (
    select(true())
    .where(Trajectory.id == _CUT.c.trajectory_id, visible_through(_MINE, Trajectory))
    .limit(literal_column("1"))
    .scalar_subquery()
)
_BORN = (
    select(true())
    .where(
        ClientIdentity.client_id == _CUT.c.client_id,
        ClientIdentity.birth_date == _BIRTH_DATE,
        visible_through(_MINE, ClientIdentity),
    )
    .limit(literal_column("1"))
    .scalar_subquery()
)
STATUSES = (
    select(
        _CUT.c.trajectory_id.label("id"),
        _CUT.c.client_id,
        _CUT.c.trajectory_id,
        _HELD.c.mask,
        _HELD.c.grounds,
        TrajectoryCourse.kind,
        TrajectoryCourse.duration_months,
        *_EVENTS.c,
        _RUNG.c.rung,
        _CONTACT.c.happened_on.label("last_contact_on"),
        _PERSONS.c.persons,
    )
    .select_from(_CUT)
    .join(_HELD, true())
    .outerjoin(TrajectoryCourse, and_(*_of(TrajectoryCourse)))
    .outerjoin(_EVENTS, true())
    .outerjoin(_RUNG, true())
    .outerjoin(_CONTACT, true())
    .outerjoin(_PERSONS, true())
    .where(or_(_CUT.c.whole, _EXISTS), or_(_BIRTH_DATE.is_(None), _BORN))
    .order_by(_CUT.c.trajectory_id)
)


async def by_bsn(session: Session, bsn_index: bytes, birth_date: date | None) -> Sequence[Row[Any]]:
    return await session.rows(STATUSES, bsn_index=bsn_index, birth_date=birth_date)
