"""Supporting through a transition, and agreeing on aftercare."""

from uuid import UUID

from app.access import grants
from app.access.collection import Parent, Records
from app.access.session import Session
from app.access.versions import add
from app.access.writing import record
from app.domain.continuity import queries
from app.domain.continuity.rules import Phase, Support, lacking
from app.domain.continuity.schemas import (
    AftercareIn,
    AftercareOut,
    TransitionSupportIn,
    TransitionSupportOut,
)
from app.domain.continuity.tables import Aftercare, TransitionSupport
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.actions.transitions import refuse
from app.domain.trajectory.rules.milestones import Milestone, audience_of
from app.domain.trajectory.rules.transitions import Move, may_move, refusals
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import Conflict, Fault, NotAllowed

SUPPORT = Records(TransitionSupport, TransitionSupportOut, statement=queries.TRANSITION_SUPPORT)
AFTERCARE = Records(Aftercare, AftercareOut)


async def support(
    session: Session, trajectory_id: UUID, body: TransitionSupportIn
) -> TransitionSupportOut:
    """A phase of it: no moment of the trajectory is made of it, for it would tell of a crisis."""
    parent = await trajectories.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    before = await _before(session, parent, body.supersedes)
    code = lacking(Support(body.phase, body.contacts_per_month), before)
    if code is not None:
        detail = "This phase cannot follow."
        raise Conflict(detail, errors=[Fault("body", "#/phase", code, detail)])
    return await add(session, SUPPORT, parent, body)


async def _before(session: Session, parent: Parent, earlier: UUID | None) -> Support | None:
    """The phase it follows; one that is hidden or absent is refused where it is recorded."""
    row = None if earlier is None else await SUPPORT.one(session, parent.id, earlier)
    return None if row is None else Support(Phase(row.phase), row.contacts_per_month)


async def look_after(session: Session, trajectory_id: UUID, body: AftercareIn) -> AftercareOut:
    """Hours a month after the end, by those who may agree on aftercare; later, other hours."""
    parent = await trajectories.parent(session, trajectory_id)
    role = session.viewer.role
    if not may_move(role, Move.AFTERCARE_AGREED):
        raise NotAllowed
    await grants.lock(session.db, parent.client_id)
    standing = await trajectories.standing(session, parent)
    refuse(*refusals(role, Move.AFTERCARE_AGREED, standing))
    made = await record(
        session,
        Aftercare,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values={**body.model_dump(), "audience": audience_of(Milestone.AFTERCARE_AGREED)},
    )
    if not standing.has(Milestone.AFTERCARE_AGREED):
        today = day_of(session.viewer.moment)
        await reached(session, parent, Milestone.AFTERCARE_AGREED, on=today)
    await outbox.announce(session.db, "aftercare.agreed", made)
    return await AFTERCARE.read(session, trajectory_id, made)
