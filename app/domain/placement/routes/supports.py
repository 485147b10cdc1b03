"""Support of one client's work: what an authority pays, what is done at work, who answers."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.placement.actions import supports as actions
from app.domain.placement.schemas.supports import (
    ProvisionIn,
    ProvisionOut,
    RetainedJobIn,
    RetainedJobOut,
    SupportIn,
    SupportOut,
    TargetGroupStatusIn,
    TargetGroupStatusOut,
)
from app.domain.trajectory import queries as trajectories
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

supports = Router(prefix="/trajectories/{trajectory_id}", tags=["supports"])


@supports.post(
    "/provisions",
    status_code=201,
    act=creates(Category.BENEFIT),
    again=actions.PROVISIONS.again,
    location="/v1/trajectories/{trajectory_id}/provisions/{id}",
)
async def record_provision(trajectory_id: Id, body: ProvisionIn, session: Writing) -> ProvisionOut:
    """Record what an authority pays or insures, by that authority."""
    return await actions.provide(session, trajectory_id, body)


@supports.get("/provisions", act=reads(Category.BENEFIT))
async def list_provisions(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ProvisionOut]:
    """The public provisions for this client's work, with their versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.PROVISIONS.page(session, parent, cursor, page_size)


@supports.get("/provisions/{provision_id}", act=reads(Category.BENEFIT))
async def read_provision(trajectory_id: Id, provision_id: Id, session: Reading) -> ProvisionOut:
    """One provision."""
    return await actions.PROVISIONS.read(session, trajectory_id, provision_id)


@supports.post(
    "/supports",
    status_code=201,
    act=creates(Category.PLACEMENT),
    again=actions.SUPPORTS.again,
    location="/v1/trajectories/{trajectory_id}/supports/{id}",
)
async def record_support(trajectory_id: Id, body: SupportIn, session: Writing) -> SupportOut:
    """Record what is done at the workplace: job coach, trained colleague, social return."""
    return await actions.support(session, trajectory_id, body)


@supports.get("/supports", act=reads(Category.PLACEMENT))
async def list_supports(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[SupportOut]:
    """The support at work of this client, with its versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.SUPPORTS.page(session, parent, cursor, page_size)


@supports.get("/supports/{support_id}", act=reads(Category.PLACEMENT))
async def read_support(trajectory_id: Id, support_id: Id, session: Reading) -> SupportOut:
    """One support."""
    return await actions.SUPPORTS.read(session, trajectory_id, support_id)


@supports.post(
    "/target-group-statuses",
    status_code=201,
    act=creates(Category.BENEFIT),
    again=actions.STATUSES.again,
    location="/v1/trajectories/{trajectory_id}/target-group-statuses/{id}",
)
async def record_target_group_status(
    trajectory_id: Id, body: TargetGroupStatusIn, session: Writing
) -> TargetGroupStatusOut:
    """Record whether the client is in the target-group register, and by which source."""
    return await actions.look_up(session, trajectory_id, body)


@supports.get("/target-group-statuses", act=reads(Category.BENEFIT))
async def list_target_group_statuses(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[TargetGroupStatusOut]:
    """What was found of the register, with its versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.STATUSES.page(session, parent, cursor, page_size)


@supports.get("/target-group-statuses/{status_id}", act=reads(Category.BENEFIT))
async def read_target_group_status(
    trajectory_id: Id, status_id: Id, session: Reading
) -> TargetGroupStatusOut:
    """One look into the register."""
    return await actions.STATUSES.read(session, trajectory_id, status_id)


@supports.post(
    "/retained-jobs",
    status_code=201,
    act=creates(Category.PLACEMENT),
    again=actions.RETAINED.again,
    location="/v1/trajectories/{trajectory_id}/retained-jobs/{id}",
)
async def record_retained_job(
    trajectory_id: Id, body: RetainedJobIn, session: Writing
) -> RetainedJobOut:
    """Record work that the client has and returns to, and who answers for that."""
    return await actions.retain(session, trajectory_id, body)


@supports.get("/retained-jobs", act=reads(Category.PLACEMENT))
async def list_retained_jobs(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[RetainedJobOut]:
    """The work that this client has, with its versions."""
    parent = await trajectories.parent(session, trajectory_id)
    return await actions.RETAINED.page(session, parent, cursor, page_size)


@supports.get("/retained-jobs/{job_id}", act=reads(Category.PLACEMENT))
async def read_retained_job(trajectory_id: Id, job_id: Id, session: Reading) -> RetainedJobOut:
    """One job that is returned to."""
    return await actions.RETAINED.read(session, trajectory_id, job_id)
