"""Progress reports: drafted by the coach, read by the client first, then the funder's."""

from datetime import date
from uuid import UUID

from sqlalchemy import update

from app.access import grants
from app.access.collection import Records, log_answer
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add, moved
from app.access.vocabulary import Category, Role
from app.access.writing import check_may_create
from app.domain.ladder import queries as ladder
from app.domain.placement import queries as placements
from app.domain.reporting.queries import reports as queries
from app.domain.reporting.rules.proposals import NOTHING_YET, measured, worked
from app.domain.reporting.schemas.reports import ProposalOut, ReadingIn, ReportIn, ReportOut
from app.domain.reporting.tables import ProgressReport
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.rules.medical import looks_medical
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

READERS = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
REPORTS = Records(ProgressReport, ReportOut, statement=queries.REPORTS)


async def draft(session: Session, trajectory_id: UUID, body: ReportIn) -> ReportOut:
    """A draft, for the client to read; a correction is a new draft, to be read again."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.PROGRESS_REPORT)
    require_past(session, period_until=body.period_until)
    texts = {
        "activities": body.activities,
        "progress": body.progress,
        "prognosis": body.prognosis,
    }
    told = "No health content: tell what was done, how it goes and what comes next."
    faults = [
        Fault("body", f"#/{name}", "medical_content", told)
        for name, text in texts.items()
        if text is not None and looks_medical(text)
    ]
    if faults:
        raise BadRequest(errors=faults)
    return await add(session, REPORTS, parent, body)


async def read_first(
    session: Session, trajectory_id: UUID, report_id: UUID, body: ReadingIn
) -> ReportOut:
    """The client has read it: from now on the responsible body may (gate 34)."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await REPORTS.locked(session, trajectory_id, report_id)
    if session.viewer.role not in READERS:
        raise NotAllowed("The client reads a report first.")
    REPORTS.require_match(session, row)
    if row.released_at is not None or row.superseded_by is not None:
        raise Conflict("This report was read before, or a later version replaced it.")
    said = await session.closed(ProgressReport.client_statement, row, body.statement)
    values = {"released_at": session.viewer.moment, "client_statement": said}
    await session.execute(
        update(ProgressReport).where(ProgressReport.id == report_id).values(**values)
    )
    session.seen(moved(REPORTS, row))
    await outbox.announce(session.db, "progress_report.released", report_id)
    return await REPORTS.read(session, trajectory_id, report_id)


async def propose(session: Session, trajectory_id: UUID, start: date, end: date) -> ProposalOut:
    """Lines to start from: placements and rungs of a period, which the funder sees anyway."""
    parent = await trajectories.parent(session, trajectory_id)
    await check_may_create(session, parent.client_id, trajectory_id, Category.PROGRESS_REPORT)
    found = await placements.in_period(session, trajectory_id, start, end)
    path = [at for _, at in await ladder.path(session, trajectory_id) if start <= at.on <= end]
    log_answer(
        session, parent, "ReportProposal", Category.PLACEMENT.bit | Category.LADDER.bit, found
    )
    work = [
        worked(row.kind, row.title, row.hours_per_week, row.starts_on, row.ended_on)
        for row in found
    ]
    return ProposalOut(
        period_from=start,
        period_until=end,
        activities="\n".join(work) or NOTHING_YET,
        progress="\n".join(measured(at.on, at.rung) for at in path) or NOTHING_YET,
    )
