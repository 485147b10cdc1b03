"""Reports, statuses and tasks over HTTP."""

from app.domain.reporting.routes.reports import reports
from app.domain.reporting.routes.statuses import statuses
from app.domain.reporting.routes.tasks import tasks

routers = [reports, statuses, tasks]
