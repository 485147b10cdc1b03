"""The privacy desk over HTTP: it reads, and changes nothing."""

from typing import Annotated

from fastapi import Query

from app.access.acts import reads, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.emergency.schemas import EmergencyAccessOut
from app.domain.privacy.actions import (
    impact,
    processing,
    register,
    retention,
    reviews,
    sampling,
    verifying,
)
from app.domain.privacy.rules.oddities import OVERSEERS
from app.domain.privacy.schemas.impact import ImpactOut
from app.domain.privacy.schemas.processing import ProcessedPageOut, ProcessingSearchIn
from app.domain.privacy.schemas.register import RegisterOut
from app.domain.privacy.schemas.retention import RetainedOut
from app.domain.privacy.schemas.sampling import SampleIn, SampleOut
from app.domain.privacy.schemas.verifying import LogVerificationOut
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id, Moment

router = Router(prefix="/privacy-desk", tags=["privacy"])
processed = Router(prefix="/processing-activities", tags=["privacy"])
routers = [router, processed]
LOOKS_BACK = reads(Category.ACCESS_LOG, by=OVERSEERS)
Since = Annotated[Moment | None, Query(alias="since", description="Looks from this moment on.")]
Until = Annotated[Moment | None, Query(alias="until", description="Looks before this moment.")]


@router.get("/memberships/{membership_id}/breach-impact", act=LOOKS_BACK)
async def read_impact_of_member(  # noqa: PLR0917 - FastAPI passes them by name
    membership_id: Id,
    session: Reading,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> Page[ImpactOut]:
    """What this member saw, of whom, and since when; also of one who left.

    `/v1/practitioners` has the ids of who is here now; of who left your administrator has them, at
    `/v1/organisations/{organisationId}/memberships`.
    """
    return await impact.look(session, "membership", membership_id, since, until, cursor, page_size)


@router.get("/accounts/{account_id}/breach-impact", act=LOOKS_BACK)
async def read_impact_of_account(  # noqa: PLR0917 - FastAPI passes them by name
    account_id: Id,
    session: Reading,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> Page[ImpactOut]:
    """What was seen with this login, under all its memberships of your organisation.

    Its id is what `POST /v1/practitioners/{practitionerId}/accounts` answered when it was added.
    """
    return await impact.look(session, "account", account_id, since, until, cursor, page_size)


@router.get("/machines/{machine_id}/breach-impact", act=LOOKS_BACK)
async def read_impact_of_machine(  # noqa: PLR0917 - FastAPI passes them by name
    machine_id: Id,
    session: Reading,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> Page[ImpactOut]:
    """What was seen through this client system, for whomever it acted."""
    return await impact.look(session, "machine", machine_id, since, until, cursor, page_size)


@router.post("/access-log/_sample", act=searches(Category.ACCESS_LOG, by=OVERSEERS), reads=True)
async def sample_access_log(body: SampleIn, session: Writing) -> SampleOut:
    """Looks of one day of your organisation: drawn by chance, and those that are odd."""
    return await sampling.draw(session, body)


@router.get("/access-log/verification", act=LOOKS_BACK)
async def verify_access_log(session: Reading) -> LogVerificationOut:
    """Whether the log is still what was signed: the checkpoint, and your newest lines under it.

    The whole log is checked by an auditor, from an export and without trusting us.
    """
    return await verifying.verify(session)


@router.get("/processing-register", act=register.READ)
async def read_processing_register(session: Reading) -> RegisterOut:
    """What your organisation processes, made of the policy itself (GDPR 30)."""
    return await register.read(session)


@router.get("/retention-list", act=reads(Category.EXISTENCE, by=retention.READERS))
async def list_retention(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[RetainedOut]:
    """Of the clients whose request is open here: what passes the end of its term, and when."""
    return await retention.look(session, cursor, page_size)


@router.get("/reviews-due", act=reads(Category.CONSENT, Category.ACCESS_LOG, by=reviews.REVIEWERS))
async def list_reviews_due(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmergencyAccessOut]:
    """Broken glass that waits for a second pair of eyes, the first one first."""
    return await reviews.due(session, cursor, page_size)


@processed.post("", act=searches(Category.ACCESS_LOG, by=OVERSEERS), reads=True)
async def search_processing_activities(
    body: ProcessingSearchIn, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> ProcessedPageOut:
    """What your organisation processed, of one chain of requests, one activity or one person.

    The processing log (Logboek dataverwerkingen 1.0): no user stands in it, and each person under
    a name that only your log has. `parentSpanId` of the first line is who called us.
    """
    return await processing.read(session, body, cursor, page_size)
