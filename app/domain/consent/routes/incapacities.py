"""That a client cannot weigh one decision, for a time."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Role
from app.domain.consent.actions import incapacities
from app.domain.consent.schemas.incapacities import IncapacityEndIn, IncapacityIn, IncapacityOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}/incapacities", tags=["consent"])
BY = frozenset({Role.CLINICIAN})


@router.post(
    "",
    status_code=201,
    act=creates(Category.MEDICAL, by=BY),
    again=incapacities.RECORDS.again,
    location="/v1/clients/{client_id}/incapacities/{id}",
)
async def find_incapacity(client_id: Id, body: IncapacityIn, session: Writing) -> IncapacityOut:
    """Find that the client cannot weigh this decision; whoever acts by law may then, until then."""
    return await incapacities.find(session, client_id, body)


@router.get("", act=reads(Category.MEDICAL))
async def list_incapacities(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[IncapacityOut]:
    """What was found, decision by decision; the client reads it too."""
    return await incapacities.browse(session, client_id, cursor, page_size)


@router.get("/{incapacity_id}", act=reads(Category.MEDICAL))
async def read_incapacity(client_id: Id, incapacity_id: Id, session: Reading) -> IncapacityOut:
    """One finding."""
    return await incapacities.read(session, client_id, incapacity_id)


@router.post(
    "/{incapacity_id}/ends",
    act=moves(Category.MEDICAL, by=BY),
    again=incapacities.RECORDS.again,
)
async def end_incapacity(
    client_id: Id,
    incapacity_id: Id,
    body: IncapacityEndIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> IncapacityOut:
    """The client can weigh it again, from this second."""
    return await incapacities.end(session, client_id, incapacity_id)
