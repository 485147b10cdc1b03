"""As the compiler, of the one client that is locked: what decides which reminders there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, bindparam, case, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from app.access.facts import Consent, Participant, Responsibility, stands
from app.access.parties import Inbox, Membership, Organisation
from app.access.vocabulary import OrganisationKind, Role
from app.domain.ladder.tables import LadderMeasurement
from app.domain.placement.tables import ContactDay
from app.domain.reporting.rules.reminders import REMINDED, Ending, Facts, Reader
from app.domain.reporting.tables import Reminder
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone, Reached, in_order
from app.domain.trajectory.tables import Trajectory, TrajectoryCourse, TrajectoryEvent
from app.platform.clock import day_of, is_current, moment

CLIENT = bindparam("client", type_=Uuid())
NOW = select(moment())
_COURSES = (
    select(Trajectory.id, TrajectoryCourse.kind, TrajectoryCourse.duration_months)
    .join(TrajectoryCourse, TrajectoryCourse.trajectory_id == Trajectory.id)
    .where(Trajectory.client_id == CLIENT)
)
_EVENTS = select(
    TrajectoryEvent.trajectory_id,
    TrajectoryEvent.milestone,
    TrajectoryEvent.occurred_on,
    TrajectoryEvent.recorded_at,
    TrajectoryEvent.detail,
).where(TrajectoryEvent.client_id == CLIENT)


def _days(table: Any, column: Any) -> Any:
    """Those in force: not replaced by a later version."""
    newer = aliased(table)
    replaced = select(newer.id).where(
        newer.client_id == table.client_id, newer.supersedes_id == table.id
    )
    return select(table.trajectory_id, column.label("on_day")).where(
        table.client_id == CLIENT, column.is_not(None), ~replaced.exists()
    )


_CONTACTS = _days(ContactDay, ContactDay.happened_on)
_MEASURED = _days(LadderMeasurement, LadderMeasurement.measured_on)
_MEMBERS = (
    select(Participant.trajectory_id, Membership.id, Membership.role, Membership.organisation_id)
    .join(Membership, Membership.id == Participant.membership_id)
    .where(
        Participant.client_id == CLIENT,
        is_current(Participant),
        is_current(Membership),
        Membership.role.in_(sorted(REMINDED)),
    )
)
_ROLE_OF = case(
    (Organisation.kind == OrganisationKind.UWV.value, Role.LABOUR_EXPERT.value),
    else_=Role.MUNICIPAL_CASE_MANAGER.value,
)
_INBOXES = (
    select(Responsibility.trajectory_id, Inbox.id, Inbox.role, Inbox.organisation_id)
    .join(Organisation, Organisation.id == Responsibility.organisation_id)
    .join(Inbox, Inbox.organisation_id == Organisation.id)
    .where(
        Responsibility.client_id == CLIENT,
        is_current(Responsibility),
        Inbox.role == _ROLE_OF.cast(Text),
    )
)
_CONSENTS = select(
    Consent.id,
    Consent.trajectory_id,
    Consent.valid_until,
    Consent.recipient_organisation_id,
    Consent.recipient_role,
    Consent.recipient_membership_id,
).where(
    Consent.client_id == CLIENT,
    stands(Consent),
    Consent.valid_until.is_not(None),
)
_OPEN_OR_NOT = select(Reminder).where(Reminder.client_id == CLIENT)


@dataclass(frozen=True)
class Known:
    """Everything at once, by trajectory."""

    today: date
    facts: dict[UUID, Facts]
    reminders: Sequence[Row[Any]]


async def known(db: AsyncConnection, client_id: UUID) -> Known:
    """A statement for each kind of fact, however many trajectories there are."""
    bound = {"client": client_id}

    async def by_trajectory(statement: Any) -> dict[UUID | None, list[Row[Any]]]:
        found = defaultdict[UUID | None, list[Row[Any]]](list)
        for row in await db.execute(statement, bound):
            found[row.trajectory_id].append(row)
        return found

    today = day_of((await db.execute(NOW)).scalar_one())
    courses = (await db.execute(_COURSES, bound)).all()
    events, consents = await by_trajectory(_EVENTS), await by_trajectory(_CONSENTS)
    contacts, measured = await by_trajectory(_CONTACTS), await by_trajectory(_MEASURED)
    members, inboxes = await by_trajectory(_MEMBERS), await by_trajectory(_INBOXES)
    facts = {
        course.id: Facts(
            kind=Kind(course.kind),
            agreed_months=course.duration_months,
            reached=in_order(map(_reached, events[course.id])),
            contacts=[row.on_day for row in contacts[course.id]],
            measured=[row.on_day for row in measured[course.id]],
            readers=_readers(members[course.id], inboxes[course.id]),
            consents=[_ending(row) for row in (*consents[course.id], *consents[None])],
        )
        for course in courses
    }
    return Known(today, facts, (await db.execute(_OPEN_OR_NOT, bound)).all())


def _readers(members: Sequence[Row[Any]], inboxes: Sequence[Row[Any]]) -> list[Reader]:
    """Who takes part; where nobody of the responsible body does, the inbox of its role."""
    found = [Reader(row.id, Role(row.role), row.organisation_id) for row in members]
    there = {(reader.organisation_id, reader.role) for reader in found}
    waiting = [Reader(row.id, Role(row.role), row.organisation_id) for row in inboxes]
    return found + [one for one in waiting if (one.organisation_id, one.role) not in there]


def _reached(row: Row[Any]) -> Reached:
    return Reached(Milestone(row.milestone), row.occurred_on, row.recorded_at, row.detail)


def _ending(row: Row[Any]) -> Ending:
    return Ending(
        row.id,
        day_of(row.valid_until - timedelta(microseconds=1)),
        row.recipient_organisation_id,
        Role(row.recipient_role),
        row.recipient_membership_id,
    )
