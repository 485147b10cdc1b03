"""Who you are, before a hat is chosen, over HTTP."""

from app.access.session import Knowing
from app.access.vocabulary import Role
from app.domain.party import rules
from app.domain.party.actions import whoami
from app.domain.party.schemas import ColleagueOut, MeOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router

router = Router(prefix="/me", tags=["parties"])


@router.get("", act=rules.LOOK)
async def read_me(login: Knowing) -> MeOut:
    """Who you are to us now, and which memberships or links you can choose from."""
    return await whoami.whoami(login)


@router.get("/colleagues", act=rules.LOOK)
async def list_colleagues(
    login: Knowing, role: Role | None = None, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ColleagueOut]:
    """For a client system: the members of its organisation for whom it may act now, by name."""
    return await whoami.colleagues(login, role, cursor, page_size)
