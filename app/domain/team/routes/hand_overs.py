"""Handing on a caseload over HTTP."""

from app.access.acts import creates
from app.access.session import Writing
from app.access.vocabulary import Category
from app.domain.team.actions import hand_overs as actions
from app.domain.team.schemas.hand_overs import HandOverIn, HandOverOut
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

hand_overs = Router(prefix="/memberships", tags=["parties"])


@hand_overs.post(
    "/{membership_id}/hand-overs",
    act=creates(Category.STATUS, Category.CONSENT),
    again=actions.again,
)
async def hand_over_caseload(membership_id: Id, body: HandOverIn, session: Writing) -> HandOverOut:
    """Let a colleague take over many trajectories; each is handed on wholly or left as it was."""
    return await actions.hand_over(session, membership_id, body)
