"""From one colleague to another, many trajectories at once, each wholly or not at all."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from app.access import grants
from app.access.attempts import attempt
from app.access.collection import Parent, Records
from app.access.session import Session
from app.access.vocabulary import categories_in
from app.access.writing import record_fact
from app.domain.consent.actions import asking
from app.domain.consent.actions.choices import purposes_of
from app.domain.consent.rules import words
from app.domain.consent.rules.giving import ConsentKind
from app.domain.consent.schemas.asking import ConsentRequestIn
from app.domain.consent.schemas.consents import RecipientIn
from app.domain.team.queries import hand_overs as queries
from app.domain.team.schemas.hand_overs import (
    HandedOnIn,
    HandedOnOut,
    HandOverIn,
    HandOverOut,
    NotHandedOn,
    RefusedOut,
)
from app.domain.team.tables import HandOver
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import participants
from app.domain.trajectory.schemas.participants import ParticipantIn
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound, Problem

HAND_OVERS = Records(HandOver, HandedOnOut, statement=queries.HAND_OVERS)
WHY = (
    "Uw begeleider draagt uw traject over aan een collega. In uw toestemming staat de naam van"
    " de vorige begeleider. Daarom vragen wij het u opnieuw."
)
_CODES = {
    "already_takes_part": NotHandedOn.TAKES_PART_ALREADY,
    "trajectory_ended": NotHandedOn.ENDED,
    "required": NotHandedOn.CLIENT_AGREEMENT_NEEDED,
}


@dataclass(frozen=True)
class _Act:
    """One call: who leaves, who comes."""

    id: UUID
    leaving: UUID
    coming: UUID


class _NotThereError(Exception):
    """The one who leaves takes no part in this trajectory."""


async def hand_over(session: Session, membership_id: UUID, body: HandOverIn) -> HandOverOut:
    """By the coach himself or whoever lets him take part; in the order of opaque client ids."""
    await _check_colleagues(session, membership_id, body.to_membership_id)
    act = _Act(uuid4(), membership_id, body.to_membership_id)
    handed, refused = list[HandedOnOut](), list[RefusedOut]()
    for one, parent in await _in_order(session, body):
        reason = NotHandedOn.NOT_FOUND
        if parent is not None:
            made = await _try(session, act, one, parent)
            if isinstance(made, HandedOnOut):
                handed.append(made)
                continue
            reason = made
        await session.refuse(asked_id=one.trajectory_id)
        refused.append(RefusedOut(trajectory_id=one.trajectory_id, reason=reason))
    return HandOverOut(id=act.id, handed_on=handed, refused=refused)


async def again(session: Session, act_id: UUID) -> HandOverOut:
    """What an earlier call handed on; what it refused was left as it was."""
    rows = await queries.of_act(session, act_id)
    handed = [HAND_OVERS.out(session, row, listed=True) for row in rows]
    return HandOverOut(id=act_id, handed_on=handed, refused=[])


async def _check_colleagues(session: Session, leaving: UUID, coming: UUID) -> None:
    before = await trajectories.member(session, leaving)
    after = await trajectories.member(session, coming)
    if before is None:
        raise NotFound
    own = (before.organisation_id, before.role)
    if after is None or leaving == coming or (after.organisation_id, after.role) != own:
        detail = "Must be a colleague with the same role in the same organisation."
        raise BadRequest(errors=[Fault("body", "#/toMembershipId", "not_allowed_value", detail)])


async def _in_order(session: Session, body: HandOverIn) -> list[tuple[HandedOnIn, Parent | None]]:
    """Locks are taken client by client in one order, so that two such calls never cross."""
    found = list[tuple[HandedOnIn, Parent | None]]()
    for one in {one.trajectory_id: one for one in body.trajectories}.values():
        try:
            found.append((one, await trajectories.parent(session, one.trajectory_id)))
        except NotFound:
            found.append((one, None))
    return sorted(found, key=lambda pair: "" if pair[1] is None else str(pair[1].client_id))


async def _try(
    session: Session, act: _Act, one: HandedOnIn, parent: Parent
) -> HandedOnOut | NotHandedOn:
    try:
        async with attempt(session):
            await grants.lock(session.db, parent.client_id)
            return await _hand_on(session, act, one, parent)
    except _NotThereError:
        return NotHandedOn.DOES_NOT_TAKE_PART
    except NotFound:
        return NotHandedOn.NOT_FOUND
    except NotAllowed:
        return NotHandedOn.NOT_YOURS_TO_HAND_ON
    except (BadRequest, Conflict) as problem:
        return _reason(problem)


def _reason(problem: Problem) -> NotHandedOn:
    """Of a refusal that has a name here; any other one refuses the whole call."""
    found = [_CODES[fault.code] for fault in problem.errors if fault.code in _CODES]
    if not found:
        raise problem
    return found[0]


async def _hand_on(session: Session, act: _Act, one: HandedOnIn, parent: Parent) -> HandedOnOut:
    """The new one first, then what is asked again, and the leaving one last: he may be who asks."""
    seats = await trajectories.participants(session, parent.id)
    seat = next((row for row in seats if row.membership_id == act.leaving), None)
    if seat is None:
        raise _NotThereError
    await participants.check_may_end(session, parent, seat)
    coming = ParticipantIn(
        membership_id=act.coming,
        assignment_number=seat.assignment_number,
        client_agreement=one.client_agreement,
    )
    await participants.add(session, parent.id, coming)
    asked = await _ask_again(session, parent, act)
    values = {
        "act_id": act.id,
        "from_membership_id": act.leaving,
        "to_membership_id": act.coming,
        "asked_again": asked,
    }
    of: dict[str, Any] = {"client_id": parent.client_id, "trajectory_id": parent.trajectory_id}
    made = await record_fact(session, HandOver, **of, values=values)
    out = await HAND_OVERS.written(session, parent.id, made)
    await participants.leave(session, parent, seat)
    await outbox.announce(session.db, "trajectory.handed_over", parent.id)
    return out


async def _ask_again(session: Session, parent: Parent, act: _Act) -> int:
    """A consent that names a person says nothing of the next one: the client is asked."""
    rows = await queries.naming(session, parent.client_id, parent.id, act.leaving)
    for row in rows:
        await asking.ask(session, parent.client_id, _request(row, parent, act.coming))
    return len(rows)


def _request(row: Row[Any], parent: Parent, coming: UUID) -> ConsentRequestIn:
    return ConsentRequestIn(
        kind=ConsentKind(row.kind),
        trajectory_id=parent.id,
        sender_organisation_id=row.sender_organisation_id,
        recipient=RecipientIn(
            organisation_id=row.recipient_organisation_id,
            role=row.recipient_role,
            membership_id=coming,
        ),
        categories=words.inner(categories_in(row.categories)),
        purposes=purposes_of(row),
        record_id=row.record_id,
        reason=WHY,
    )
