"""Support that goes on, over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.continuity import actions
from app.domain.continuity.schemas import (
    AftercareIn,
    AftercareOut,
    TransitionSupportIn,
    TransitionSupportOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["continuity"])


@router.post(
    "/transition-support",
    status_code=201,
    act=creates(Category.LIFE_EVENT),
    again=actions.SUPPORT.again,
    location="/v1/trajectories/{trajectory_id}/transition-support/{id}",
)
async def support_transition(
    trajectory_id: Id, body: TransitionSupportIn, session: Writing
) -> TransitionSupportOut:
    """Agree on a phase of support through a transition."""
    return await actions.support(session, trajectory_id, body)


@router.get("/transition-support", act=reads(Category.LIFE_EVENT))
async def list_transition_support(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TransitionSupportOut]:
    """The phases, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.SUPPORT.page(session, parent, cursor, page_size)


@router.get("/transition-support/{support_id}", act=reads(Category.LIFE_EVENT))
async def read_transition_support(
    trajectory_id: Id, support_id: Id, session: Reading
) -> TransitionSupportOut:
    """One phase."""
    return await actions.SUPPORT.read(session, trajectory_id, support_id)


@router.post(
    "/aftercare",
    status_code=201,
    act=creates(Category.STATUS),
    again=actions.AFTERCARE.again,
    location="/v1/trajectories/{trajectory_id}/aftercare/{id}",
)
async def agree_on_aftercare(
    trajectory_id: Id, body: AftercareIn, session: Writing
) -> AftercareOut:
    """Agree on so many hours a month after the end."""
    return await actions.look_after(session, trajectory_id, body)


@router.get("/aftercare", act=reads(Category.STATUS))
async def list_aftercare(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[AftercareOut]:
    """What was agreed, the first one first; the last one counts."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.AFTERCARE.page(session, parent, cursor, page_size)


@router.get("/aftercare/{aftercare_id}", act=reads(Category.STATUS))
async def read_aftercare(trajectory_id: Id, aftercare_id: Id, session: Reading) -> AftercareOut:
    """One agreement."""
    return await actions.AFTERCARE.read(session, trajectory_id, aftercare_id)
