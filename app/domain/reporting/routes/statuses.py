"""The status query of UWV and municipal staff."""

from app.access.acts import searches
from app.access.session import Reading
from app.access.vocabulary import Category
from app.domain.reporting.actions import statuses as actions
from app.domain.reporting.rules.statuses import MAY_ASK
from app.domain.reporting.schemas.statuses import (
    StatusBatchIn,
    StatusBatchOut,
    StatusesOut,
    StatusSearchIn,
)
from app.platform.http.routing import Router

statuses = Router(prefix="/trajectory-statuses", tags=["statuses"])
ASKS = searches(Category.EXISTENCE, Category.STATUS, Category.LADDER, by=MAY_ASK)


@statuses.post("/_search", act=ASKS, reads=True)
async def search_trajectory_statuses(body: StatusSearchIn, session: Reading) -> StatusesOut:
    """Where the trajectories of this person stand, as far as your task or a consent allows."""
    return await actions.search(session, body)


@statuses.post("/_batch", act=ASKS, reads=True)
async def batch_trajectory_statuses(body: StatusBatchIn, session: Reading) -> StatusBatchOut:
    """The same for up to 1 000 persons at once, answered in the order of the request.

    Unknown, hidden and not yours are one answer, an empty list. Numbers that fail the eleven-test
    are refused together, each by its place. Few such calls a minute: see `Retry-After`.
    """
    return await actions.batch(session, body)
