"""Which scheme pays how long, and what follows what on paper; pure (source: domain, B2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role
from app.domain.trajectory.rules.clock import add_months
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.roles import AUTHORITY

APPLIES = frozenset({Role.CLINICIAN, Role.IPS_COACH})


class Scheme(StrEnum):
    """By body and months only: the name of a target group would tell of an illness."""

    UWV_36_MONTHS = "uwv_36_months"
    UWV_24_MONTHS = "uwv_24_months"
    MUNICIPAL_24_MONTHS = "municipal_24_months"
    MUNICIPAL_36_MONTHS = "municipal_36_months"


@dataclass(frozen=True)
class Terms:
    """Months from the day of the written approval, and how many more can be added."""

    body: Variant
    months: int
    more: int = 0


TERMS = {
    Scheme.UWV_36_MONTHS: Terms(Variant.UWV, 36),
    Scheme.UWV_24_MONTHS: Terms(Variant.UWV, 24, 12),
    Scheme.MUNICIPAL_24_MONTHS: Terms(Variant.MUNICIPAL, 24),
    Scheme.MUNICIPAL_36_MONTHS: Terms(Variant.MUNICIPAL, 36),
}


class Paper(StrEnum):
    COST_REQUEST = "cost_request"
    DECISION = "decision"
    STOP_NOTICE_1 = "stop_notice_1"
    STOP_NOTICE_2 = "stop_notice_2"
    FINAL_DETERMINATION = "final_determination"


class Outcome(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a body does not pay: about its own task, never about the client."""

    NOT_RESPONSIBLE = "not_responsible"
    OTHER_REGION = "other_region"
    INFORMATION_LACKING = "information_lacking"
    BUDGET_SPENT = "budget_spent"
    OTHER = "other"


MILESTONES = {
    Paper.COST_REQUEST: Milestone.COSTS_REQUESTED,
    Paper.STOP_NOTICE_1: Milestone.STOP_NOTICE_GIVEN,
    Paper.STOP_NOTICE_2: Milestone.STOP_NOTICE_FORWARDED,
    Paper.FINAL_DETERMINATION: Milestone.FUNDING_DETERMINED,
}
WRITES = {
    Paper.COST_REQUEST: APPLIES | AUTHORITY,
    Paper.DECISION: AUTHORITY,
    Paper.STOP_NOTICE_1: APPLIES,
    Paper.STOP_NOTICE_2: AUTHORITY,
    Paper.FINAL_DETERMINATION: AUTHORITY,
}
"""A stop notice goes from care to the body (part 1), and from a municipality to UWV (part 2)."""
_BEFORE = {
    Paper.STOP_NOTICE_1: Paper.DECISION,
    Paper.STOP_NOTICE_2: Paper.STOP_NOTICE_1,
    Paper.FINAL_DETERMINATION: Paper.DECISION,
}


@dataclass(frozen=True)
class Written:
    """A paper as far as the rules look at it."""

    kind: Paper
    outcome: Outcome | None = None


def approved(papers: Sequence[Written]) -> bool:
    return any(paper.outcome is Outcome.APPROVED for paper in papers)


def refused(papers: Sequence[Written]) -> bool:
    return any(paper.outcome is Outcome.REFUSED for paper in papers)


def lacking(kind: Paper, papers: Sequence[Written]) -> str | None:
    """The code of why this paper cannot follow now, or None.

    A decision can be followed by a longer one, never by a refusal; what was refused stays so, and
    is asked anew with another application. Every other paper is written once.
    """
    if refused(papers):
        return "application_refused"
    if kind is not Paper.DECISION and any(paper.kind is kind for paper in papers):
        return "already_done"
    before = _BEFORE.get(kind)
    if before is Paper.DECISION and not approved(papers):
        return "application_approved"
    if before is not None and all(paper.kind is not before for paper in papers):
        return before.value
    return None


def longest(scheme: Scheme, starts_on: date) -> date:
    """The last day that this scheme can pay for, extensions included."""
    terms = TERMS[scheme]
    return add_months(starts_on, terms.months + terms.more)


def usual(scheme: Scheme, starts_on: date) -> date:
    """Until when it pays unless the decision says otherwise."""
    return add_months(starts_on, TERMS[scheme].months)
