"""Applications and their papers over HTTP."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.application import actions
from app.domain.application.rules import APPLIES, WRITES, Paper
from app.domain.application.schemas import (
    ApplicationIn,
    ApplicationOut,
    DatedIn,
    DecisionIn,
    StopNoticeIn,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}/applications", tags=["applications"])
AGAIN = actions.APPLICATIONS.again


@router.post(
    "",
    status_code=201,
    act=creates(Category.STATUS, by=APPLIES),
    again=AGAIN,
    location="/v1/trajectories/{trajectory_id}/applications/{id}",
)
async def apply_for_funding(
    trajectory_id: Id, body: ApplicationIn, session: Writing
) -> ApplicationOut:
    """Ask UWV or the municipality to pay for this trajectory."""
    return await actions.apply(session, trajectory_id, body)


@router.get("", act=reads(Category.STATUS))
async def list_applications(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ApplicationOut]:
    """Every application, the first one first; what was refused stays."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.APPLICATIONS.page(session, parent, cursor, page_size)


@router.get("/{application_id}", act=reads(Category.STATUS))
async def read_application(
    trajectory_id: Id, application_id: Id, session: Reading
) -> ApplicationOut:
    """One application with its papers; its ETag is what they ask for."""
    return await actions.APPLICATIONS.read(session, trajectory_id, application_id)


@router.post(
    "/{application_id}/cost-requests",
    act=moves(Category.STATUS, by=WRITES[Paper.COST_REQUEST]),
    again=AGAIN,
    match=True,
)
async def request_costs(
    trajectory_id: Id, application_id: Id, body: DatedIn, session: Writing
) -> ApplicationOut:
    """Ask for the costs to be paid."""
    return await actions.tell(session, trajectory_id, application_id, Paper.COST_REQUEST, body)


@router.post(
    "/{application_id}/decisions",
    act=moves(Category.STATUS, by=WRITES[Paper.DECISION]),
    again=AGAIN,
    match=True,
)
async def decide_on_application(
    trajectory_id: Id, application_id: Id, body: DecisionIn, session: Writing
) -> ApplicationOut:
    """As the responsible body: yes until a day, or no."""
    return await actions.decide(session, trajectory_id, application_id, body)


@router.post(
    "/{application_id}/stop-notices",
    act=moves(Category.STATUS, by=WRITES[Paper.STOP_NOTICE_1]),
    again=AGAIN,
    match=True,
)
async def give_stop_notice(
    trajectory_id: Id, application_id: Id, body: StopNoticeIn, session: Writing
) -> ApplicationOut:
    """The stop notice, part 1: care tells the body."""
    return await actions.stop(session, trajectory_id, application_id, body)


@router.post(
    "/{application_id}/stop-notices/forwards",
    act=moves(Category.STATUS, by=WRITES[Paper.STOP_NOTICE_2]),
    again=AGAIN,
    match=True,
)
async def forward_stop_notice(
    trajectory_id: Id, application_id: Id, body: DatedIn, session: Writing
) -> ApplicationOut:
    """The stop notice, part 2: the municipality tells UWV, which pays."""
    return await actions.tell(session, trajectory_id, application_id, Paper.STOP_NOTICE_2, body)


@router.post(
    "/{application_id}/final-determinations",
    act=moves(Category.STATUS, by=WRITES[Paper.FINAL_DETERMINATION]),
    again=AGAIN,
    match=True,
)
async def determine_funding(
    trajectory_id: Id, application_id: Id, body: DatedIn, session: Writing
) -> ApplicationOut:
    """The final determination decision: the funding is settled."""
    kind = Paper.FINAL_DETERMINATION
    return await actions.tell(session, trajectory_id, application_id, kind, body)
