"""Psychological anamnesis and work advice over HTTP."""

from app.access.acts import answers, creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.assessment.actions import advice
from app.domain.assessment.rules import SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.advice import (
    AnamnesisIn,
    AnamnesisOut,
    WorkAdviceIn,
    WorkAdviceOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/trajectories/{trajectory_id}", tags=["assessment"])


@router.post(
    "/psychological-anamneses",
    status_code=201,
    act=creates(Category.PSYCHOLOGICAL_ANAMNESIS),
    again=advice.ANAMNESES.again,
    location="/v1/trajectories/{trajectory_id}/psychological-anamneses/{id}",
)
async def take_anamnesis(trajectory_id: Id, body: AnamnesisIn, session: Writing) -> AnamnesisOut:
    """Record the psychological anamnesis."""
    return await advice.take(session, trajectory_id, body)


@router.get("/psychological-anamneses", act=reads(Category.PSYCHOLOGICAL_ANAMNESIS))
async def list_anamneses(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[AnamnesisOut]:
    """The versions of the anamnesis, the first one first."""
    parent = await trajectories.parent(session, trajectory_id)
    return await advice.ANAMNESES.page(session, parent, cursor, page_size)


@router.get("/psychological-anamneses/{anamnesis_id}", act=reads(Category.PSYCHOLOGICAL_ANAMNESIS))
async def read_anamnesis(trajectory_id: Id, anamnesis_id: Id, session: Reading) -> AnamnesisOut:
    """One version of the anamnesis."""
    return await advice.ANAMNESES.read(session, trajectory_id, anamnesis_id)


@router.post(
    "/work-advice",
    status_code=201,
    act=creates(Category.WORK_ADVICE),
    again=advice.ADVICE.again,
    location="/v1/trajectories/{trajectory_id}/work-advice/{id}",
)
async def give_work_advice(
    trajectory_id: Id, body: WorkAdviceIn, session: Writing
) -> WorkAdviceOut:
    """Record work advice; it stays a draft until the client releases it."""
    return await advice.advise(session, trajectory_id, body)


@router.get("/work-advice", act=reads(Category.WORK_ADVICE))
async def list_work_advice(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[WorkAdviceOut]:
    """The work advice that you may see."""
    parent = await trajectories.parent(session, trajectory_id)
    return await advice.ADVICE.page(session, parent, cursor, page_size)


@router.get("/work-advice/{advice_id}", act=reads(Category.WORK_ADVICE))
async def read_work_advice(trajectory_id: Id, advice_id: Id, session: Reading) -> WorkAdviceOut:
    """One work advice."""
    return await advice.ADVICE.read(session, trajectory_id, advice_id)


@router.post(
    "/work-advice/{advice_id}/releases",
    act=answers(Category.WORK_ADVICE, by=SPEAKS_FOR_CLIENT),
    again=advice.ADVICE.again,
    match=True,
)
async def release_work_advice(trajectory_id: Id, advice_id: Id, session: Writing) -> WorkAdviceOut:
    """Release the advice, as the client who has read it."""
    return await advice.release(session, trajectory_id, advice_id)
