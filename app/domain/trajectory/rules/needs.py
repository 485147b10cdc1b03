"""What a step of the process may lack, and when that is there."""

from collections.abc import Callable

from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.rules.words import Need, Seat


def _all_take_part(standing: Standing) -> bool:
    return standing.seats <= standing.taking_part | standing.absent | {Seat.CLIENT}


_MET: dict[Need, Callable[[Standing], bool]] = {
    Need.CONSENT_TO_REFER: lambda standing: standing.may_refer,
    Need.PLAN_AGREED: lambda standing: standing.plan_agreed_on is not None,
    Need.CONSENTS_IN_PLACE: lambda standing: standing.consents_in_place,
    Need.PARTIES_TAKE_PART: _all_take_part,
}
"""Every other need is met by a moment that was reached."""
ONLY_AT_UWV = frozenset({Need.MEDICAL_TALK_HELD, Need.CONDITIONS_RELEASED})


INTAKES = frozenset({Need.INTAKE_HELD, Need.INTRODUCED})
"""Who comes back from aftercare is known here: with a coach linked, none of these is held anew."""


def lacking(needs: tuple[Need, ...], standing: Standing) -> tuple[Need, ...]:
    """Which of these are not met; what only exists at UWV is never lacking elsewhere."""
    municipal = standing.variant is Variant.MUNICIPAL
    asked = [need for need in needs if not (municipal and need in ONLY_AT_UWV)]
    return tuple(need for need in asked if not _is_met(need, standing))


def _is_met(need: Need, standing: Standing) -> bool:
    if need in INTAKES and standing.has(Milestone.RETURNED):
        return standing.has(Milestone.COACH_LINKED)
    if need.milestone is not None:
        return standing.has(need.milestone)
    return _MET[need](standing)
