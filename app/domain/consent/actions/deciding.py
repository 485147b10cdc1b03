"""May this hat read or add this? Told from the compiled grants, to whom they may be told."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.log import Entry
from app.access.records import loaded_records
from app.access.session import Session
from app.access.vocabulary import Basis, Category, Role, Verb
from app.domain.consent.queries import deciding as queries
from app.domain.consent.rules.deciding import NO, Decision, Limit, Opened, decide
from app.domain.consent.schemas.deciding import (
    AccessDecisionOut,
    AccessDecisionsOut,
    AccessQuestionIn,
    AccessQuestionsIn,
)
from app.platform.http.problems import BadRequest, Fault

_BOTH = "Give either clientId or trajectoryId."


async def answer(session: Session, body: AccessQuestionsIn) -> AccessDecisionsOut:
    """About one's own hats, or, for who oversees the sharing of a client, about anybody's.

    Each look stands on the log: of the client where there is one that the viewer may know of,
    else as a refusal, alike for hidden and for absent.
    """
    asked = list(enumerate(body.questions))
    wrong = [at for at, each in asked if (each.client_id is None) == (each.trajectory_id is None)]
    if wrong:
        pointers = (f"#/questions/{at}" for at in wrong)
        raise BadRequest(
            errors=[Fault("body", pointer, "wrong_combination", _BOTH) for pointer in pointers]
        )
    found = await queries.opened(
        session,
        [_sent(at, each, each.client_id) for at, each in asked if each.client_id is not None],
        [_sent(at, each, each.trajectory_id) for at, each in asked if each.client_id is None],
    )
    nothing = [each.client_id or each.trajectory_id for at, each in asked if at not in found]
    await session.refuse_all(asked_ids=[each for each in nothing if each is not None])
    return AccessDecisionsOut(answers=[_told(session, each, found.get(at)) for at, each in asked])


def _sent(at: int, question: AccessQuestionIn, resource: UUID | None) -> dict[str, Any]:
    controller, purpose = question.organisation_id, question.purpose
    return {
        "position": at,
        "hat": str(question.hat_id),
        "resource": str(resource),
        "bit": question.category.bit,
        "controller": None if controller is None else str(controller),
        "purpose": None if purpose is None else purpose.bit,
    }


def _told(session: Session, question: AccessQuestionIn, row: Row[Any] | None) -> AccessDecisionOut:
    decision = NO if row is None else _decided(question, row)
    if row is not None:
        session.seen(_look(session, question, row))
    return AccessDecisionOut(
        allowed=decision.allowed, bases=list(decision.bases), limits=list(decision.limits)
    )


def _decided(question: AccessQuestionIn, row: Row[Any]) -> Decision:
    opened = Opened(
        role=Role(row.role),
        known=bool(row.known),
        whole=_bases(row.whole_bases),
        part=_bases(row.part_bases),
        adds=_bases(row.add_bases),
        limits=frozenset(limit for limit in Limit if getattr(row, limit, False)),
    )
    return decide(question.wish, question.category, opened, _confined())


def _bases(words: Sequence[str] | None) -> frozenset[Basis]:
    return frozenset(map(Basis, words or ()))


@cache
def _confined() -> frozenset[Category]:
    """Kinds of data of which a funder sees only what it is a party to."""
    return frozenset(table.__category__ for table in loaded_records() if table.__confined__)


def _look(session: Session, question: AccessQuestionIn, row: Row[Any]) -> Entry:
    """What the answer tells of: that there is a trajectory; or, of another's hat, the sharing."""
    own = question.hat_id in session.viewer.grantees
    return Entry(
        client_id=row.client_id,
        trajectory_id=row.trajectory_id,
        resource="AccessDecision",
        record_id=None,
        verb=Verb.SEARCH,
        shown=(Category.EXISTENCE if own else Category.CONSENT).bit,
        grounds=tuple(row.grounds or ()) if own else (),
    )
