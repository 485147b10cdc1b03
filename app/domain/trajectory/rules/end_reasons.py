"""Why a trajectory ended: one main reason, without blame; a refusal or no-show ends nothing."""

from enum import StrEnum

from app.access.vocabulary import Role


class EndReason(StrEnum):
    GOAL_REACHED = "goal_reached"
    PAID_WORK_CONTINUES_WITHOUT_SUPPORT = "paid_work_continues_without_support"
    MOVED_TO_OTHER_TRAJECTORY = "moved_to_other_trajectory"
    CLIENT_STOPPED = "client_stopped"
    HEALTH = "health"
    RELOCATED = "relocated"
    FUNDING_ENDED = "funding_ended"
    MAX_DURATION = "max_duration"
    NO_CONTACT_AFTER_OUTREACH = "no_contact_after_outreach"
    DECEASED = "deceased"
    OTHER = "other"


class CoarseEnd(StrEnum):
    """What a funder learns: nothing about health, choice or contact."""

    GOAL_REACHED = "goal_reached"
    CONTINUES_ELSEWHERE = "continues_elsewhere"
    PERIOD_OVER = "period_over"
    ENDED_EARLY = "ended_early"


_COARSE = {
    EndReason.GOAL_REACHED: CoarseEnd.GOAL_REACHED,
    EndReason.PAID_WORK_CONTINUES_WITHOUT_SUPPORT: CoarseEnd.GOAL_REACHED,
    EndReason.MOVED_TO_OTHER_TRAJECTORY: CoarseEnd.CONTINUES_ELSEWHERE,
    EndReason.FUNDING_ENDED: CoarseEnd.PERIOD_OVER,
    EndReason.MAX_DURATION: CoarseEnd.PERIOD_OVER,
}
AFTER_FINAL_REVIEW = frozenset({EndReason.GOAL_REACHED, EndReason.MAX_DURATION})
"""Reasons that speak of the whole course, so the parties look back together first."""

LEAST_OUTREACH = 2
"""Outreach is written in the plural: one attempt to reach someone is no outreach."""

_COACHES = frozenset({Role.REINTEGRATION_COACH, Role.IPS_COACH})
_ENDERS = frozenset(
    {Role.CLINICIAN, Role.IPS_COACH, Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER}
)


def coarse_end(reason: EndReason) -> CoarseEnd:
    return _COARSE.get(reason, CoarseEnd.ENDED_EARLY)


def may_end(role: Role, reason: EndReason) -> bool:
    """The client stops when they wish; only those who keep the contact log can speak of it."""
    if role is Role.CLIENT:
        return reason is EndReason.CLIENT_STOPPED
    if reason is EndReason.NO_CONTACT_AFTER_OUTREACH:
        return role in _COACHES
    return role in _ENDERS


def lacking(reason: EndReason, *, final_review: bool, outreach: int) -> str | None:
    """The code of what must be there first, or None."""
    if reason in AFTER_FINAL_REVIEW and not final_review:
        return "final_review_lacking"
    if reason is EndReason.NO_CONTACT_AFTER_OUTREACH and outreach < LEAST_OUTREACH:
        return "outreach_not_documented"
    return None
