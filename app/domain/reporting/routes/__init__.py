"""Reports, statuses, tasks, reminders and the caseload over HTTP."""

from app.domain.reporting.routes.caseload import caseload
from app.domain.reporting.routes.reminders import mine, reminders
from app.domain.reporting.routes.reports import reports
from app.domain.reporting.routes.statuses import statuses
from app.domain.reporting.routes.tasks import tasks

routers = [reports, statuses, tasks, mine, reminders, caseload]
