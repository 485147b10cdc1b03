"""Emergency access over HTTP."""

from typing import Annotated

from fastapi import Query

from app.access.acts import emergencies, reads, reviews
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.emergency import actions
from app.domain.emergency.rules import ReviewState
from app.domain.emergency.schemas import EmergencyAccessIn, EmergencyAccessOut, ReviewIn
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/emergency-accesses", tags=["consent"])
SEEN = (Category.CONSENT, Category.ACCESS_LOG)
InState = Annotated[
    ReviewState | None, Query(alias="state", description="Only those in this state of review.")
]


@router.post(
    "",
    status_code=201,
    act=emergencies(Category.CONSENT),
    again=actions.read,
    location="/v1/emergency-accesses/{id}",
)
async def break_glass(body: EmergencyAccessIn, session: Writing) -> EmergencyAccessOut:
    """Open what an emergency needs, for a few hours; the client and the privacy desk are told.

    For a clinician of an organisation that treats the client now; any other client is not found.
    The header `Purpose-Of-Use: emergency` goes with this call and with every look on it.
    """
    return await actions.break_glass(session, body)


@router.get("", act=reads(*SEEN))
async def list_emergency_accesses(
    session: Reading, state: InState = None, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmergencyAccessOut]:
    """Your own as a client, those of your organisation at its desk, the first one first."""
    return await actions.browse(session, state, cursor, page_size)


@router.get("/{access_id}", act=reads(*SEEN))
async def read_emergency_access(access_id: Id, session: Reading) -> EmergencyAccessOut:
    """One emergency access, with what was looked at."""
    return await actions.read(session, access_id)


@router.post("/{access_id}/reviews", act=reviews(Category.CONSENT), again=actions.read)
async def review_emergency_access(
    access_id: Id, body: ReviewIn, session: Writing
) -> EmergencyAccessOut:
    """Find it justified or not, as another person than who did it; the client is told.

    Once: a second judgement is refused with 409. `/v1/privacy-desk/reviews-due` lists what waits.
    """
    return await actions.review(session, access_id, body)
