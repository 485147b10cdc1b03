"""Day activity and green contracts over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.dayactivity import actions
from app.domain.dayactivity.schemas import (
    DayActivityIn,
    DayActivityOut,
    GreenContractIn,
    GreenContractOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["day activity"])


@router.post(
    "/day-activities",
    status_code=201,
    act=creates(Category.PLACEMENT),
    again=actions.DAY_ACTIVITIES.again,
    location="/v1/trajectories/{trajectory_id}/day-activities/{id}",
)
async def record_day_activity(
    trajectory_id: Id, body: DayActivityIn, session: Writing
) -> DayActivityOut:
    """Record half-days, form, tasks and skills from a day on."""
    return await actions.come(session, trajectory_id, body)


@router.get("/day-activities", act=reads(Category.PLACEMENT))
async def list_day_activities(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[DayActivityOut]:
    """How it grew, the first version first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.DAY_ACTIVITIES.page(session, parent, cursor, page_size)


@router.get("/day-activities/{activity_id}", act=reads(Category.PLACEMENT))
async def read_day_activity(trajectory_id: Id, activity_id: Id, session: Reading) -> DayActivityOut:
    """One version."""
    return await actions.DAY_ACTIVITIES.read(session, trajectory_id, activity_id)


@router.post(
    "/green-contracts",
    status_code=201,
    act=creates(Category.PLACEMENT),
    again=actions.GREEN_CONTRACTS.again,
    location="/v1/trajectories/{trajectory_id}/green-contracts/{id}",
)
async def record_green_contract(
    trajectory_id: Id, body: GreenContractIn, session: Writing
) -> GreenContractOut:
    """Record the contract in a green group, after the trial."""
    return await actions.sign(session, trajectory_id, body)


@router.get("/green-contracts", act=reads(Category.PLACEMENT))
async def list_green_contracts(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[GreenContractOut]:
    """Every version of the contract, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.GREEN_CONTRACTS.page(session, parent, cursor, page_size)


@router.get("/green-contracts/{contract_id}", act=reads(Category.PLACEMENT))
async def read_green_contract(
    trajectory_id: Id, contract_id: Id, session: Reading
) -> GreenContractOut:
    """One version of the contract."""
    return await actions.GREEN_CONTRACTS.read(session, trajectory_id, contract_id)
