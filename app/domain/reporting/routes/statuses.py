"""The status query of UWV and municipal staff."""

from app.access.acts import searches
from app.access.session import Reading
from app.access.vocabulary import Category
from app.domain.reporting.actions import statuses as actions
from app.domain.reporting.rules.statuses import MAY_ASK
from app.domain.reporting.schemas.statuses import StatusesOut, StatusSearchIn
from app.platform.http.routing import Router

statuses = Router(prefix="/trajectory-statuses", tags=["statuses"])


@statuses.post(
    "/_search",
    act=searches(Category.EXISTENCE, Category.STATUS, Category.LADDER, by=MAY_ASK),
    reads=True,
)
async def search_trajectory_statuses(body: StatusSearchIn, session: Reading) -> StatusesOut:
    """Where the trajectories of this person stand, as far as your task or a consent allows."""
    return await actions.search(session, body)
