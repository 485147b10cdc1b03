"""What waits for the viewer, out of what the viewer may see."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.caseload import Excerpts
from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Category, Role
from app.domain.feedback import queries as feedback
from app.domain.reporting.queries import reminders
from app.domain.reporting.queries import tasks as queries
from app.domain.reporting.rules.reminders import ReminderKind
from app.domain.reporting.rules.tasks import Errand, TaskKind, errands
from app.domain.reporting.schemas.tasks import (
    ConsentTask,
    ReferralTask,
    ReportTask,
    StatusTask,
    Task,
    TasksOut,
)
from app.domain.trajectory.queries import lines, trajectories
from app.domain.trajectory.queries.events import milestones_of
from app.domain.trajectory.rules.kinds import Kind, variant_of
from app.domain.trajectory.rules.practice import practice_of
from app.platform.clock import day_of

SPEAKS_FOR_CLIENT = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
LAST = date.max
PAGE = 50


async def waiting(session: Session) -> TasksOut:
    """All kinds together; each row passes the walls of its own category."""
    found = [task async for task in _records(session)]
    found += await _of_trajectories(session)
    return TasksOut(items=sorted(found, key=_order))


def _order(task: Task) -> tuple[date, date, str]:
    due = task.due_on if isinstance(task, StatusTask) else None
    return due or LAST, task.since or LAST, str(task.id)


async def _records(session: Session) -> AsyncIterator[Task]:
    for row in await queries.referrals(session):
        yield _line(session, ReferralTask, row, TaskKind.REFERRAL_TO_DECIDE, "/v1/referrals/{id}")
    for row in await queries.invitations(session):
        path = "/v1/trajectories/{trajectory_id}/conversation-invitations/{id}"
        yield _line(session, StatusTask, row, TaskKind.INVITATION_TO_ANSWER, path)
    for row in await feedback.waiting(session, queries.MOST):
        path = "/v1/trajectories/{trajectory_id}/questions/{id}"
        yield _line(session, StatusTask, row, TaskKind.QUESTION_TO_ANSWER, path)
    for row in await reminders.waiting(session, queries.MOST):
        path = "/v1/trajectories/{trajectory_id}/reminders/{id}"
        if row.kind != ReminderKind.REVIEW_DUE:  # told below, out of what the viewer may know
            yield _line(session, StatusTask, row, TaskKind.REMINDER, path)
    if session.viewer.role not in SPEAKS_FOR_CLIENT:
        return
    for row in await queries.consent_requests(session):
        path = "/v1/clients/{client_id}/consent-requests/{id}"
        yield _line(session, ConsentTask, row, TaskKind.CONSENT_TO_DECIDE, path)
    for row in await queries.reports(session):
        path = "/v1/trajectories/{trajectory_id}/progress-reports/{id}"
        yield _line(session, ReportTask, row, TaskKind.REPORT_TO_READ, path)


def _line(session: Session, schema: Any, row: Row[Any], kind: TaskKind, path: str) -> Any:
    return disclose(
        session,
        schema,
        row,
        listed=True,
        kind=kind,
        path=path.format(**row._asdict()),
        since=day_of(row.since_at),
    )


async def _of_trajectories(session: Session) -> list[Task]:
    """Steps and reviews of one's caseload; a few statements for each page of it."""
    rows = await trajectories.at_work(session, UUID(int=0), PAGE)
    found = await _of_page(session, rows)
    while len(rows) == PAGE:
        rows = await trajectories.at_work(session, rows[-1].id, PAGE)
        found += await _of_page(session, rows)
    return found


async def _of_page(session: Session, rows: Sequence[Row[Any]]) -> list[Task]:
    reached = await milestones_of(session, [row.id for row in rows])
    today, role = day_of(session.viewer.moment), session.viewer.role
    found: list[Task] = []
    for row in rows:
        if row.mask & Category.STATUS.bit:
            told = lines.told(Excerpts(row.excerpts))
            variant = variant_of(told["responsible_kind"])
            kind, agreed = Kind(told["kind"] or Kind.WGB), told["agreed_months"]
            runs = practice_of(told["controller_organisation_id"], session.services.practices)
            waits = errands(
                role,
                reached[row.id],
                variant,
                agreed,
                today,
                kind=kind,
                region=runs.region(kind),
            )
            found += _errands(session, row, list(waits))
    return found


def _errands(session: Session, row: Row[Any], waits: Sequence[Errand]) -> Iterator[StatusTask]:
    for errand in waits:
        yield disclose(
            session,
            StatusTask,
            row,
            listed=True,
            kind=errand.kind,
            path=f"/v1/trajectories/{row.id}/steps",
            what=errand.what,
            since=errand.since,
            due_on=errand.due_on,
        )
