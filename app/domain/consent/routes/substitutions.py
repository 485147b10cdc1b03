"""Who stands in for whom."""

from app.access.session import Reading, Writing
from app.domain.consent.actions import substitutions
from app.domain.consent.schemas.substitutions import (
    SubstitutionEndIn,
    SubstitutionIn,
    SubstitutionOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/substitutions", tags=["parties"])


@router.post(
    "",
    status_code=201,
    act=substitutions.COVER,
    again=substitutions.read,
    location="/v1/substitutions/{id}",
)
async def begin_substitution(body: SubstitutionIn, session: Writing) -> SubstitutionOut:
    """Let a colleague of the same role stand in, for a number of days."""
    return await substitutions.begin(session, body)


@router.get("", act=substitutions.LOOK)
async def list_substitutions(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[SubstitutionOut]:
    """The cover that you take part in; for the administrator all of the organisation."""
    return await substitutions.browse(session, cursor, page_size)


@router.get("/{substitution_id}", act=substitutions.LOOK)
async def read_substitution(substitution_id: Id, session: Reading) -> SubstitutionOut:
    """One substitution."""
    return await substitutions.read(session, substitution_id)


@router.post("/{substitution_id}/ends", act=substitutions.END, again=substitutions.read)
async def end_substitution(
    substitution_id: Id,
    body: SubstitutionEndIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> SubstitutionOut:
    """End it now; repeating it changes nothing."""
    return await substitutions.end(session, substitution_id)
