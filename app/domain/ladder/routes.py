"""The participation ladder over HTTP."""

from app.access.acts import answers, creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Role
from app.domain.ladder.actions import measuring, reading, summary
from app.domain.ladder.actions.reading import MEASUREMENTS
from app.domain.ladder.schemas.incoming import AgreementIn, MeasurementIn
from app.domain.ladder.schemas.outgoing import LadderOut, LadderReferenceOut, MeasurementOut
from app.domain.trajectory.queries import parent
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

measurements = Router(prefix="/trajectories/{trajectory_id}/ladder-measurements", tags=["ladder"])
summaries = Router(prefix="/trajectories/{trajectory_id}/ladder", tags=["ladder"])
reference = Router(prefix="/reference/ladder", tags=["reference"])
routers = [measurements, summaries, reference]
BOTH = (Category.LADDER, Category.LADDER_NOTES)


@measurements.post(
    "",
    status_code=201,
    act=creates(*BOTH),
    again=MEASUREMENTS.again,
    location="/v1/trajectories/{trajectory_id}/ladder-measurements/{id}",
)
async def record_measurement(
    trajectory_id: Id, body: MeasurementIn, session: Writing
) -> MeasurementOut:
    """Record a rung with the answers to the criteria and the client's own words."""
    return await measuring.measure(session, trajectory_id, body)


@measurements.get("", act=reads(*BOTH))
async def list_measurements(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MeasurementOut]:
    """All measurements and their corrected versions, in the order of recording."""
    above = await parent(session, trajectory_id)
    return await MEASUREMENTS.page(session, above, cursor, page_size)


@measurements.get("/{measurement_id}", act=reads(*BOTH))
async def read_measurement(
    trajectory_id: Id, measurement_id: Id, session: Reading
) -> MeasurementOut:
    """One measurement."""
    return await MEASUREMENTS.read(session, trajectory_id, measurement_id)


@measurements.post(
    "/{measurement_id}/agreements",
    act=answers(Category.LADDER, by=frozenset({Role.CLIENT})),
    again=MEASUREMENTS.again,
    match=True,
)
async def answer_measurement(
    trajectory_id: Id, measurement_id: Id, body: AgreementIn, session: Writing
) -> MeasurementOut:
    """The client says whether this is how it was."""
    return await measuring.agree(session, trajectory_id, measurement_id, body)


@summaries.get("", act=reads(Category.LADDER, Category.STATUS))
async def read_ladder(trajectory_id: Id, session: Reading) -> LadderOut:
    """The path so far: start, last, net change, and for WGB the goal at 12 and 18 months."""
    return await summary.summary(session, trajectory_id)


@reference.get("", public=True)
async def read_ladder_reference() -> LadderReferenceOut:
    """The six rungs by their official names, and the criteria that decide."""
    return await reading.reference()
