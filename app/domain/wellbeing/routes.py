"""The client's own records over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.trajectory import queries as trajectories
from app.domain.wellbeing import actions
from app.domain.wellbeing.schemas import (
    DisclosureDecisionIn,
    DisclosureDecisionOut,
    LifeEventIn,
    LifeEventOut,
    MechanismsOut,
    WellbeingIn,
    WellbeingOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["wellbeing"])


@router.post(
    "/wellbeing",
    status_code=201,
    act=creates(Category.WELLBEING),
    again=actions.WELLBEING.again,
    location="/v1/trajectories/{trajectory_id}/wellbeing/{id}",
)
async def tell_wellbeing(trajectory_id: Id, body: WellbeingIn, session: Writing) -> WellbeingOut:
    """Tell how it goes, in words or marks; also a reflection."""
    return await actions.tell(session, trajectory_id, body)


@router.get("/wellbeing", act=reads(Category.WELLBEING))
async def list_wellbeing(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WellbeingOut]:
    """How it went, the first time first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.WELLBEING.page(session, parent, cursor, page_size)


@router.get("/mechanisms", act=reads(Category.WELLBEING))
async def read_mechanisms(trajectory_id: Id, session: Reading) -> MechanismsOut:
    """The four green mechanisms, first marks against last, out of what you may see."""
    return await actions.mechanisms(session, trajectory_id)


@router.get("/wellbeing/{wellbeing_id}", act=reads(Category.WELLBEING))
async def read_wellbeing(trajectory_id: Id, wellbeing_id: Id, session: Reading) -> WellbeingOut:
    """How it went on one day."""
    return await actions.WELLBEING.read(session, trajectory_id, wellbeing_id)


@router.post(
    "/disclosure-decisions",
    status_code=201,
    act=creates(Category.DISCLOSURE_CHOICE),
    again=actions.DISCLOSURE_DECISIONS.again,
    location="/v1/trajectories/{trajectory_id}/disclosure-decisions/{id}",
)
async def decide_on_disclosure(
    trajectory_id: Id, body: DisclosureDecisionIn, session: Writing
) -> DisclosureDecisionOut:
    """Choose what to tell whom at work, and when."""
    return await actions.decide(session, trajectory_id, body)


@router.get("/disclosure-decisions", act=reads(Category.DISCLOSURE_CHOICE))
async def list_disclosure_decisions(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[DisclosureDecisionOut]:
    """The choices about telling, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.DISCLOSURE_DECISIONS.page(session, parent, cursor, page_size)


@router.get("/disclosure-decisions/{decision_id}", act=reads(Category.DISCLOSURE_CHOICE))
async def read_disclosure_decision(
    trajectory_id: Id, decision_id: Id, session: Reading
) -> DisclosureDecisionOut:
    """One choice about telling."""
    return await actions.DISCLOSURE_DECISIONS.read(session, trajectory_id, decision_id)


@router.post(
    "/life-events",
    status_code=201,
    act=creates(Category.LIFE_EVENT),
    again=actions.LIFE_EVENTS.again,
    location="/v1/trajectories/{trajectory_id}/life-events/{id}",
)
async def mark_life_event(trajectory_id: Id, body: LifeEventIn, session: Writing) -> LifeEventOut:
    """Name a life event, and the extra support around it."""
    return await actions.mark(session, trajectory_id, body)


@router.get("/life-events", act=reads(Category.LIFE_EVENT))
async def list_life_events(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[LifeEventOut]:
    """The life events that you may see."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.LIFE_EVENTS.page(session, parent, cursor, page_size)


@router.get("/life-events/{event_id}", act=reads(Category.LIFE_EVENT))
async def read_life_event(trajectory_id: Id, event_id: Id, session: Reading) -> LifeEventOut:
    """One life event."""
    return await actions.LIFE_EVENTS.read(session, trajectory_id, event_id)
