"""Handing support over once there is steady work: the coach proposes, the client agrees."""

from uuid import UUID

from sqlalchemy import bindparam, update

from app.access import grants
from app.access.collection import Records, one_moved
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import record
from app.domain.trajectory import queries
from app.domain.trajectory.actions.events import reached, require_reachable
from app.domain.trajectory.queries.trajectories import PREVIOUS
from app.domain.trajectory.rules.milestones import EVERYONE, Milestone
from app.domain.trajectory.rules.roles import COACHES
from app.domain.trajectory.schemas.trajectories import PreviousOut
from app.domain.trajectory.schemas.transfers import TransferIn, TransferOut
from app.domain.trajectory.tables import PreviousTrajectory, Transfer
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed

TRANSFERS = Records(Transfer, TransferOut)
PREVIOUS_TRAJECTORIES = Records(PreviousTrajectory, PreviousOut, statement=PREVIOUS)
AUDIENCE = sorted(EVERYONE)
_AGREE = (
    update(Transfer).where(Transfer.id == bindparam("transfer")).values(agreed_on=bindparam("day"))
)


async def propose(session: Session, trajectory_id: UUID, body: TransferIn) -> TransferOut:
    """Who takes over, and from when on; nothing changes before the client says yes."""
    parent = await queries.parent(session, trajectory_id)
    if session.viewer.role not in COACHES:
        raise NotAllowed("The coach hands over.")
    await grants.lock(session.db, parent.client_id)
    await require_reachable(session, parent, Milestone.TRANSFERRED)
    if body.to_membership_id is not None:
        here = await queries.participants(session, trajectory_id)
        if (body.to_membership_id, body.to_role) not in {(r.membership_id, r.role) for r in here}:
            detail = "Nobody takes part here under this membership and role."
            fault = Fault("body", "#/toMembershipId", "unknown_reference", detail)
            raise BadRequest(errors=[fault])
    made = await record(
        session,
        Transfer,
        client_id=parent.client_id,
        trajectory_id=parent.trajectory_id,
        values={**body.model_dump(), "to_role": body.to_role.value, "audience": AUDIENCE},
    )
    await outbox.announce(session.db, "transfer.proposed", made)
    return await TRANSFERS.read(session, parent.id, made)


async def agree(session: Session, trajectory_id: UUID, transfer_id: UUID) -> TransferOut:
    """The client's yes, once; from then on it is a moment of the trajectory."""
    parent = await queries.parent(session, trajectory_id)
    await grants.lock(session.db, parent.client_id)
    row = await TRANSFERS.found(session, parent.id, transfer_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed("Only the client agrees for the client.")
    TRANSFERS.require_match(session, row)
    if row.agreed_on is not None:
        raise Conflict("The client agreed to this before.")
    await require_reachable(session, parent, Milestone.TRANSFERRED)
    day = day_of(session.viewer.moment)
    one_moved(await session.execute(_AGREE, {"transfer": row.id, "day": day}))
    session.seen(
        Entry(
            client_id=parent.client_id,
            trajectory_id=parent.trajectory_id,
            resource="transfer",
            record_id=row.id,
            verb=Verb.UPDATE,
            shown=Category.STATUS.bit,
        )
    )
    await reached(session, parent, Milestone.TRANSFERRED, on=day, detail=row.to_role)
    await outbox.announce(session.db, "transfer.agreed", row.id)
    return await TRANSFERS.read(session, parent.id, row.id)
