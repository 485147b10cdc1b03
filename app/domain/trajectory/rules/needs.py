"""What a step of the process may lack, and when that is there."""

from collections.abc import Callable
from enum import StrEnum

from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.standing import Seat, Standing

M = Milestone


class Need(StrEnum):
    """What a step may lack; the code that `steps` and refusals name."""

    WORK_QUESTION_ASKED = "work_question_asked"
    CONSENT_TO_REFER = "consent_to_refer"
    REFERRED = "referred"
    REFERRAL_ACCEPTED = "referral_accepted"
    MEDICAL_TALK_HELD = "medical_talk_held"
    CONDITIONS_RELEASED = "conditions_released"
    WORK_TALK_HELD = "work_talk_held"
    COACH_LINKED = "coach_linked"
    PLAN_AGREED = "plan_agreed"
    PREPARATION_DONE = "preparation_done"
    CONSENTS_IN_PLACE = "consents_in_place"
    PARTIES_TAKE_PART = "parties_take_part"
    START_CONVERSATION_HELD = "start_conversation_held"
    MINUTES_CONFIRMED = "minutes_confirmed"


def _all_take_part(standing: Standing) -> bool:
    return set(Seat) <= standing.taking_part | standing.absent | {Seat.CLIENT}


def _reached(milestone: Milestone) -> Callable[[Standing], bool]:
    return lambda standing: standing.has(milestone)


_MET: dict[Need, Callable[[Standing], bool]] = {
    Need.WORK_QUESTION_ASKED: _reached(M.WORK_QUESTION_ASKED),
    Need.CONSENT_TO_REFER: lambda standing: standing.may_refer,
    Need.REFERRED: _reached(M.REFERRED),
    Need.REFERRAL_ACCEPTED: _reached(M.REFERRAL_ACCEPTED),
    Need.MEDICAL_TALK_HELD: _reached(M.UWV_MEDICAL_TALK),
    Need.CONDITIONS_RELEASED: _reached(M.CONDITIONS_RELEASED),
    Need.WORK_TALK_HELD: _reached(M.WORK_TALK),
    Need.COACH_LINKED: _reached(M.COACH_LINKED),
    Need.PLAN_AGREED: lambda standing: standing.plan_agreed_on is not None,
    Need.PREPARATION_DONE: _reached(M.PREPARATION_DONE),
    Need.CONSENTS_IN_PLACE: lambda standing: standing.consents_in_place,
    Need.PARTIES_TAKE_PART: _all_take_part,
    Need.START_CONVERSATION_HELD: _reached(M.START_CONVERSATION),
    Need.MINUTES_CONFIRMED: _reached(M.START_CONVERSATION_CONFIRMED),
}
ONLY_AT_UWV = frozenset({Need.MEDICAL_TALK_HELD, Need.CONDITIONS_RELEASED})


def lacking(needs: tuple[Need, ...], standing: Standing) -> tuple[Need, ...]:
    """Which of these are not met; what only exists at UWV is never lacking elsewhere."""
    municipal = standing.variant is Variant.MUNICIPAL
    asked = [need for need in needs if not (municipal and need in ONLY_AT_UWV)]
    return tuple(need for need in asked if not _MET[need](standing))
