"""What was agreed, written down once and corrected by whoever wrote it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Row, update

from app.access import grants
from app.access.conversations import covered as covered_by_consent
from app.access.facts import ConversationConfirmation
from app.access.session import Session
from app.domain.ladder.actions.reading import MEASUREMENTS
from app.domain.startconversation.actions.checking import medical
from app.domain.startconversation.actions.holding import check_professional
from app.domain.startconversation.actions.planning import add
from app.domain.startconversation.actions.reading import (
    CONVERSATIONS,
    held_open,
    last,
    parties,
)
from app.domain.startconversation.rules.conversation import (
    Content,
    Kind,
    Party,
    admitted,
    unfit,
)
from app.domain.startconversation.schemas.minutes import FinalReviewIn, MinutesIn
from app.domain.startconversation.schemas.outgoing import ConversationOut
from app.domain.startconversation.tables import ConversationMinutes
from app.domain.trajectory.rules.medical import looks_medical
from app.platform import outbox
from app.platform.http.problems import BadRequest, Conflict, Fault

_REASONS = {
    "required": "This kind of conversation needs it.",
    "only_in_a_final_review": "This belongs in a final review.",
}


async def write_down(
    session: Session, trajectory_id: UUID, conversation_id: UUID, body: MinutesIn
) -> ConversationOut:
    """Minutes, or a corrected version by whoever wrote them; each version is confirmed anew."""
    before = await CONVERSATIONS.found(session, trajectory_id, conversation_id)
    await grants.lock(session.db, before.client_id)
    row = await held_open(session, trajectory_id, conversation_id)
    check_professional(session, row)
    faults = [*_faults(row, body), *await _faults_of_ladder(session, trajectory_id, body)]
    if faults:
        raise BadRequest(errors=faults)
    earlier = last(row.all_minutes)
    await _check_may_follow(session, row, earlier)
    values = {**_stored(body), "supersedes_id": earlier and UUID(earlier["id"])}
    await add(session, ConversationMinutes, row, values)
    if earlier is not None:
        await _ask_anew(session, conversation_id)
        await session.recompile(row.client_id)
    await outbox.announce(session.db, "start_conversation.minutes_written", conversation_id)
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


async def _check_may_follow(
    session: Session, row: Row[Any], earlier: dict[str, Any] | None
) -> None:
    """Nobody writes over another's minutes, nor past confirmations that they cannot see."""
    if earlier is not None and UUID(earlier["author_id"]) not in session.viewer.grantees:
        raise Conflict("Minutes are corrected by whoever wrote them.")
    if row.first_confirmed_at is None:
        return
    viewer = session.viewer
    me = Party(viewer.role, viewer.organisation_id, viewer.membership_id)
    where = (row.client_id, row.trajectory_id, row.id, viewer.moment)
    if not admitted([me], await covered_by_consent(session.db, *where)):
        raise Conflict("Minutes that were confirmed are corrected within the client's consent.")


async def _ask_anew(session: Session, conversation_id: UUID) -> None:
    """What was confirmed was the earlier version; nobody keeps what they did not confirm."""
    await session.execute(
        update(ConversationConfirmation)
        .where(
            ConversationConfirmation.conversation_id == conversation_id,
            ConversationConfirmation.valid_until.is_(None),
        )
        .values(valid_until=session.viewer.moment)
    )


def _faults(row: Row[Any], body: MinutesIn) -> Iterator[Fault]:
    for pointer, text in _texts(body):
        if looks_medical(text):
            yield medical(pointer)
    for field, code in unfit(Kind(row.kind), _content(body)):
        yield Fault("body", f"#/{field}", code, _REASONS[code])
    roles = {party.role for party in parties(row)}
    named = [(f"#/agreements/{at}/owner", a.owner) for at, a in enumerate(body.agreements)]
    named += [(f"#/sharing/{at}/party", s.party) for at, s in enumerate(body.sharing)]
    for pointer, role in named:
        if role not in roles:
            yield Fault("body", pointer, "unknown_reference", "This role was not invited.")


def _texts(body: MinutesIn) -> Iterator[tuple[str, str]]:
    """Every free text with its place; all parties read each of them."""
    final = body.final_review or FinalReviewIn()
    single = (
        ("#/successDefinition", body.success_definition),
        ("#/finalReview/clientVerdict", final.client_verdict),
        ("#/finalReview/nextStep", final.next_step),
    )
    yield from ((pointer, text) for pointer, text in single if text is not None)
    for at, agreement in enumerate(body.agreements):
        yield f"#/agreements/{at}/what", agreement.what
    for at, point in enumerate(body.points):
        yield f"#/points/{at}", point


def _content(body: MinutesIn) -> Content:
    final = body.final_review
    return Content(
        success=body.success_definition is not None,
        reviews=bool(body.review_dates),
        duration=body.duration_months is not None,
        final=final is not None,
        next_step=final is not None and final.next_step is not None,
    )


async def _faults_of_ladder(session: Session, trajectory_id: UUID, body: MinutesIn) -> list[Fault]:
    """A measurement that the writer cannot see is none."""
    named = None if body.final_review is None else body.final_review.ladder_measurement_id
    if named is None or await MEASUREMENTS.one(session, trajectory_id, named) is not None:
        return []
    pointer = "#/finalReview/ladderMeasurementId"
    return [Fault("body", pointer, "unknown_reference", "There is no such measurement here.")]


def _stored(body: MinutesIn) -> dict[str, Any]:
    told = body.model_dump(mode="json", include={"agreements", "sharing", "points"})
    final = body.final_review.model_dump() if body.final_review is not None else {}
    return {
        "success_definition": body.success_definition,
        "review_dates": sorted(set(body.review_dates)),
        "duration_months": body.duration_months,
        **told,
        **final,
    }
