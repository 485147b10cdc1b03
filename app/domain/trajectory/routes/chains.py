"""How a trajectory follows another one, and how its support is handed over, over HTTP."""

from app.access.acts import answers, creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Role
from app.domain.trajectory import queries
from app.domain.trajectory.actions import transfers
from app.domain.trajectory.actions.transfers import PREVIOUS_TRAJECTORIES, TRANSFERS
from app.domain.trajectory.rules.roles import COACHES
from app.domain.trajectory.schemas.trajectories import PreviousOut
from app.domain.trajectory.schemas.transfers import TransferIn, TransferOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["trajectories"])


@router.get("/previous-trajectories", act=reads(Category.STATUS, Category.EXISTENCE))
async def list_previous_trajectories(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[PreviousOut]:
    """The trajectory before this one, if you may know of both; it opens nothing by itself."""
    parent = await queries.parent(session, trajectory_id)
    return await PREVIOUS_TRAJECTORIES.page(session, parent, cursor, page_size)


@router.post(
    "/transfers",
    status_code=201,
    act=creates(Category.STATUS, by=COACHES),
    again=TRANSFERS.again,
    location="/v1/trajectories/{trajectory_id}/transfers/{id}",
)
async def propose_transfer(trajectory_id: Id, body: TransferIn, session: Writing) -> TransferOut:
    """Propose who takes over when you step back."""
    return await transfers.propose(session, trajectory_id, body)


@router.get("/transfers", act=reads(Category.STATUS))
async def list_transfers(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TransferOut]:
    """Every proposal to hand over, the first one first."""
    parent = await queries.parent(session, trajectory_id)
    return await TRANSFERS.page(session, parent, cursor, page_size)


@router.get("/transfers/{transfer_id}", act=reads(Category.STATUS))
async def read_transfer(trajectory_id: Id, transfer_id: Id, session: Reading) -> TransferOut:
    """One hand-over."""
    return await TRANSFERS.read(session, trajectory_id, transfer_id)


@router.post(
    "/transfers/{transfer_id}/agreements",
    act=answers(Category.STATUS, by=frozenset({Role.CLIENT})),
    again=TRANSFERS.again,
    match=True,
)
async def agree_with_transfer(trajectory_id: Id, transfer_id: Id, session: Writing) -> TransferOut:
    """As the client: agree with who takes over."""
    return await transfers.agree(session, trajectory_id, transfer_id)
