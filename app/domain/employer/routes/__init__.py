"""The own directory of employers over HTTP."""

from app.domain.employer.routes.contacts import visits
from app.domain.employer.routes.employers import employers

routers = [employers, visits]
