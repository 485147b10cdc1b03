"""Reports, statuses and tasks over HTTP."""

from app.domain.reporting.routes.reports import reports
from app.domain.reporting.routes.statuses import statuses

routers = [reports, statuses]
