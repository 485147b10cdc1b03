"""Teams and hand-overs over HTTP."""

from app.domain.team.routes.hand_overs import hand_overs
from app.domain.team.routes.teams import coordinators, hours, team

routers = [hand_overs, team, hours, coordinators]
