"""What a workplace may know: its own placements, reached without any trajectory."""

from starlette.responses import HTMLResponse, Response

from app.access.acts import reads
from app.access.session import Reading
from app.access.vocabulary import Category
from app.domain.placement.actions import workplace as actions
from app.domain.placement.actions.accommodations import at_workplace
from app.domain.placement.actions.agreement import HANDED_OVER_BY, agreement, printed
from app.domain.placement.schemas.accommodations import WorkplaceAccommodationOut
from app.domain.placement.schemas.agreement import PlacementAgreementOut
from app.domain.placement.schemas.placements import ContractOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.rendering import Rendered
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

workplace = Router(prefix="/placements", tags=["placements"])
HAND_OVER = reads(Category.PLACEMENT, Category.IDENTITY, Category.ACCOMMODATION, by=HANDED_OVER_BY)


@workplace.get("", act=reads(Category.PLACEMENT, Category.IDENTITY))
async def list_workplace_placements(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ContractOut]:
    """The placements at your own workplace, by contract."""
    return await actions.contracts(session, cursor, page_size)


@workplace.get("/{placement_id}", act=reads(Category.PLACEMENT, Category.IDENTITY))
async def read_workplace_placement(placement_id: Id, session: Reading) -> ContractOut:
    """What the workplace may know of one placement; the same for all who may see it."""
    return await actions.contract(session, placement_id)


@workplace.get("/{placement_id}/accommodations", act=reads(Category.ACCOMMODATION))
async def list_workplace_accommodations(
    placement_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkplaceAccommodationOut]:
    """The adjustments at one placement that the client agreed to share with you."""
    return await at_workplace(session, placement_id, cursor, page_size)


@workplace.get("/{placement_id}/agreement", act=HAND_OVER)
async def read_agreement(placement_id: Id, session: Reading) -> PlacementAgreementOut:
    """What was agreed with the employer, in neutral words that he may read."""
    return await agreement(session, placement_id)


@workplace.get(
    "/{placement_id}/printed-agreement",
    act=HAND_OVER,
    produces="text/html",
    response_class=HTMLResponse,
)
async def print_agreement(placement_id: Id, session: Reading) -> Response:
    """The same as a page to print and sign: text only, nothing that runs."""
    page = (await printed(session, placement_id)).encode()
    return Rendered(page, 200, "text/html", caller=session.caller, one=True)
