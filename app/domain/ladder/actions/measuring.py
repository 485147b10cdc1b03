"""Measuring with the client, and the client's answer."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.days import require_past
from app.access.log import Entry
from app.access.records import ClientRecord
from app.access.session import Session
from app.access.vocabulary import Category, Role, Verb
from app.access.writing import record
from app.domain.ladder.actions.reading import MEASUREMENTS
from app.domain.ladder.rules.contradicting import rules_out
from app.domain.ladder.rules.rungs import Answers
from app.domain.ladder.schemas.incoming import AgreementIn, MeasurementIn
from app.domain.ladder.schemas.outgoing import MeasurementOut
from app.domain.ladder.tables import LadderMeasurement, LadderNote, LadderStatement
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound


async def measure(session: Session, trajectory_id: UUID, body: MeasurementIn) -> MeasurementOut:
    """Record a rung with what was told; a correction of one's own measurement replaces it."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, measured_on=body.measured_on)
    _check_criteria(body)
    if body.supersedes is not None:
        await grants.lock(session.db, parent.client_id)  # one record gets one successor
        await _may_supersede(session, trajectory_id, body.supersedes)
    made = await _add(session, LadderMeasurement, parent.client_id, trajectory_id, _measured(body))
    notes = _noted(session, body)
    if notes:
        values = {"support_instruments": [], **notes, "measurement_id": made}
        await _add(session, LadderNote, parent.client_id, trajectory_id, values)
    if body.supersedes is None:
        await reached(session, parent, Milestone.LADDER_MEASURED, on=body.measured_on)
    await outbox.announce(session.db, "ladder.measured", made)
    return await MEASUREMENTS.read(session, trajectory_id, made)


async def _add(
    session: Session,
    table: type[ClientRecord],
    client_id: UUID,
    trajectory_id: UUID,
    values: dict[str, Any],
) -> UUID:
    return await record(
        session, table, client_id=client_id, trajectory_id=trajectory_id, values=values
    )


def _check_criteria(body: MeasurementIn) -> None:
    """A rung that its own answers rule out is another slip of the hand, or has a reason."""
    told = body.criteria
    if told is None or body.reason is not None:
        return
    answers = Answers(
        **{**told.model_dump(), "support_instruments": tuple(told.support_instruments)}
    )
    if rules_out(answers, body.rung):
        detail = "The criteria rule this rung out: correct one of the two, or tell the reason."
        raise _fault("#/reason", "required", detail)


def _fault(pointer: str, code: str, detail: str) -> BadRequest:
    return BadRequest(errors=[Fault("body", pointer, code, detail)])


async def _may_supersede(session: Session, trajectory_id: UUID, earlier: UUID) -> None:
    try:
        row = await MEASUREMENTS.found(session, trajectory_id, earlier)
    except NotFound:
        detail = "There is no such measurement here."
        raise _fault("#/supersedes", "unknown_reference", detail) from None
    if row.author_id not in session.viewer.grantees:
        raise NotAllowed("A measurement is corrected by whoever recorded it.")
    if row.superseded_by is not None:
        raise Conflict("This measurement was corrected before; correct the newest version.")


def _measured(body: MeasurementIn) -> dict[str, Any]:
    return {
        "rung": body.rung,
        "measured_on": body.measured_on,
        "occasion": body.occasion.value,
        "client_agrees": body.client_agrees.value,
        "imported_scheme": None if body.imported is None else body.imported.scheme.value,
        "imported_level": None if body.imported is None else body.imported.level,
        "supersedes_id": body.supersedes,
    }


def _noted(session: Session, body: MeasurementIn) -> dict[str, Any]:
    """Only what was told; nothing told is no note."""
    told = {"reason": body.reason, "context": body.context, "client_words": body.client_words}
    notes: dict[str, Any] = {name: text for name, text in told.items() if text is not None}
    if body.criteria is not None:
        notes |= body.criteria.model_dump(mode="json")
    if body.growth_potential is not None:
        growth = body.growth_potential.model_dump()
        notes |= {f"growth_{name}": value for name, value in growth.items()}
        notes["growth_by_role"] = session.viewer.role.value
    return notes


async def agree(
    session: Session, trajectory_id: UUID, measurement_id: UUID, body: AgreementIn
) -> MeasurementOut:
    """The client's own answer, once; it ends nothing and changes no rung."""
    row = await MEASUREMENTS.locked(session, trajectory_id, measurement_id)
    if session.viewer.role is not Role.CLIENT:
        raise NotAllowed("Only the client answers for the client.")
    MEASUREMENTS.require_match(session, row)
    if row.client_answer is not None:
        raise Conflict("The client has answered this measurement.")
    await session.execute(
        update(LadderMeasurement)
        .where(LadderMeasurement.id == measurement_id)
        .values(client_answer=body.agrees.value, client_answered_at=session.viewer.moment)
    )
    session.seen(_answered(row))
    if body.words is not None:
        words = {"measurement_id": measurement_id, "words": body.words}
        await _add(session, LadderStatement, row.client_id, trajectory_id, words)
    await outbox.announce(session.db, "ladder.answered", measurement_id)
    return await MEASUREMENTS.read(session, trajectory_id, measurement_id)


def _answered(row: Row[Any]) -> Entry:
    return Entry(
        client_id=row.client_id,
        trajectory_id=row.trajectory_id,
        resource="LadderMeasurement",
        record_id=row.id,
        verb=Verb.UPDATE,
        shown=Category.LADDER.bit,
        grounds=tuple(row.grounds or ()),
    )
