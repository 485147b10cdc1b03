"""Teams and hand-overs over HTTP."""

from app.domain.team.routes.hand_overs import hand_overs

routers = [hand_overs]
