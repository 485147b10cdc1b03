"""Moves without a record of their own: who may make them, and what must be there first."""

from dataclasses import dataclass
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.needs import Need, lacking
from app.domain.trajectory.rules.presentation import lacks_for
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.rules.wgb import AUTHORITY, COACHES

M = Milestone
CLINICIAN, CLIENT = frozenset({Role.CLINICIAN}), frozenset({Role.CLIENT})


class Move(StrEnum):
    WORK_QUESTION_ASKED = "work_question_asked"
    WORK_QUESTION_REFUSED = "work_question_refused"
    UWV_MEDICAL_TALK = "uwv_medical_talk"
    WORK_TALK = "work_talk"
    ASSIGNMENT_ACCEPTED = "assignment_accepted"
    ANAMNESIS_DECLINED = "anamnesis_declined"
    ABSENCE_ACCEPTED = "absence_accepted"
    EXTENDED = "extended"
    AFTERCARE_AGREED = "aftercare_agreed"
    ENDED = "ended"

    @property
    def milestone(self) -> Milestone:
        return Milestone(self.value)


@dataclass(frozen=True)
class Rule:
    """Who, what first, and after which milestones the move makes no sense any more."""

    roles: frozenset[Role]
    needs: tuple[Need, ...] = ()
    closed_by: tuple[Milestone, ...] = ()
    only: Variant | None = None
    after_end: bool = False


RULES = {
    Move.WORK_QUESTION_ASKED: Rule(CLINICIAN, closed_by=(M.WORK_QUESTION_ASKED,)),
    Move.WORK_QUESTION_REFUSED: Rule(
        CLINICIAN | CLIENT, (Need.WORK_QUESTION_ASKED,), closed_by=(M.REFERRED,)
    ),
    Move.UWV_MEDICAL_TALK: Rule(
        frozenset({Role.INSURANCE_PHYSICIAN, Role.LABOUR_EXPERT}),
        (Need.REFERRAL_ACCEPTED,),
        closed_by=(M.UWV_MEDICAL_TALK,),
        only=Variant.UWV,
    ),
    Move.WORK_TALK: Rule(
        AUTHORITY,
        (Need.REFERRAL_ACCEPTED, Need.MEDICAL_TALK_HELD, Need.CONDITIONS_RELEASED),
        closed_by=(M.WORK_TALK,),
    ),
    Move.ASSIGNMENT_ACCEPTED: Rule(
        COACHES, (Need.COACH_LINKED,), closed_by=(M.ASSIGNMENT_ACCEPTED,)
    ),
    Move.ANAMNESIS_DECLINED: Rule(CLIENT, closed_by=(M.PREPARATION_DONE, M.START_CONVERSATION)),
    Move.ABSENCE_ACCEPTED: Rule(CLIENT, closed_by=(M.START_CONVERSATION_CONFIRMED,)),
    Move.EXTENDED: Rule(AUTHORITY, (Need.MINUTES_CONFIRMED,), closed_by=(M.EXTENDED,)),
    Move.AFTERCARE_AGREED: Rule(AUTHORITY | COACHES | CLINICIAN, after_end=True),
    Move.ENDED: Rule(AUTHORITY | COACHES | CLINICIAN | CLIENT),
}


def may_move(role: Role, move: Move) -> bool:
    return role in RULES[move].roles


def refusals(role: Role, move: Move, standing: Standing) -> tuple[str, ...]:
    """Codes of why this cannot be now, in words this role may read; none: it can."""
    rule = RULES[move]
    if standing.has(M.ENDED) and not rule.after_end:
        return ("trajectory_ended",)
    if rule.only is not None and standing.variant not in {None, rule.only}:
        return ("not_applicable",)
    if any(standing.has(milestone) for milestone in rule.closed_by):
        return ("already_done",)
    return lacks_for(role, lacking(rule.needs, standing))


def possible(role: Role, standing: Standing) -> tuple[str, ...]:
    """The moves this role can make now."""
    return tuple(
        move.value for move in Move if may_move(role, move) and not refusals(role, move, standing)
    )
