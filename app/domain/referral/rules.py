"""When a referral may be sent, to whom, and how it can be answered; pure."""

from enum import StrEnum

from app.access.vocabulary import OrganisationKind, Role
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.process import lacks_before
from app.domain.trajectory.rules.standing import Standing
from app.domain.trajectory.rules.words import Need


class ReceivingRole(StrEnum):
    """The seats at which a referral can arrive."""

    LABOUR_EXPERT = "labour_expert"
    MUNICIPAL_CASE_MANAGER = "municipal_case_manager"

    @property
    def role(self) -> Role:
        return Role(self.value)


RECEIVERS = frozenset(seat.role for seat in ReceivingRole)
"""Who accepts or refuses; each only what came to their own organisation and role."""


class ReferralState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RefusalReason(StrEnum):
    """Why a body does not accept; it is about the body's task and never about the client."""

    NOT_RESPONSIBLE = "not_responsible"
    NO_BENEFIT_WITH_US = "no_benefit_with_us"
    OTHER_REGION = "other_region"
    INFORMATION_LACKING = "information_lacking"
    OTHER = "other"


BODY_OF = {
    ReceivingRole.LABOUR_EXPERT: OrganisationKind.UWV,
    ReceivingRole.MUNICIPAL_CASE_MANAGER: OrganisationKind.MUNICIPALITY,
}


def fits(role: ReceivingRole, kind: str, *, uwv_benefit_confirmed: bool) -> str | None:
    """The code of what is wrong with this address, or None.

    UWV is for a confirmed UWV benefit, the municipality for everyone else; which body is
    responsible is never derived from the kind of benefit alone (source: domain, B1m).
    """
    if kind != BODY_OF[role]:
        return "role_does_not_fit"
    if role is ReceivingRole.LABOUR_EXPERT and not uwv_benefit_confirmed:
        return "uwv_benefit_not_confirmed"
    return None


def refusals(standing: Standing) -> tuple[str, ...]:
    """Codes of why a trajectory cannot be referred as it stands; none: it can."""
    if standing.has(Milestone.ENDED):
        return ("trajectory_ended",)
    if standing.has(Milestone.REFERRAL_ACCEPTED):
        return ("other_body_responsible",)
    if standing.has(Milestone.REFERRED):
        return ("already_referred",)
    lacks = lacks_before(Milestone.REFERRED, standing)
    return tuple(need.value for need in lacks if need is not Need.CONSENT_TO_REFER)
