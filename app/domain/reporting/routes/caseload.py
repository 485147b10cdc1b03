"""My caseload over HTTP."""

from app.access.acts import DirectoryAct, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Verb
from app.domain.reporting.actions import caseload as actions
from app.domain.reporting.schemas.caseload import CaseloadItemOut, LookIn, LookOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router

caseload = Router(prefix="/caseload", tags=["tasks"])
TOLD = (Category.EXISTENCE, Category.STATUS, Category.IDENTITY, Category.LADDER)


@caseload.get("", act=reads(*TOLD))
async def list_caseload(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[CaseloadItemOut]:
    """Each trajectory in one line: phase, rung, next step, what waits for you and what is new."""
    return await actions.browse(session, cursor, page_size)


@caseload.post("/looks", act=DirectoryAct(Verb.CREATE), again=actions.last_look)
async def look_at_caseload(body: LookIn, session: Writing) -> LookOut:
    """You have looked: what is recorded from now on is new for you."""
    return await actions.look(session, body)
