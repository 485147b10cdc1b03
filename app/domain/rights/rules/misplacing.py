"""What goes along when a record leaves a client whom it was never about; pure."""

from collections.abc import Sequence
from uuid import UUID

from app.domain.trajectory.rules.milestones import Milestone

M = Milestone
MOMENTS = frozenset(
    {M.LADDER_MEASURED, M.PLACEMENT_STARTED, M.PLACEMENT_ENDED, M.DISCLOSURE_TALK, M.OUTREACH}
    | {M.REVIEW, M.FOLLOW_ALONG, M.MOTIVATIONAL_TALK, M.BENEFITS_COUNSELLED, M.CAREER_PROFILE_MADE}
    | {M.JOB_SEARCH_PLAN_MADE, M.INTRODUCTION_TALK, M.EMPLOYER_CONTACT, M.CONTRACT_MADE}
    | {M.JOB_STARTED, M.JOB_ENDED, M.TRIAL_STARTED, M.PAID_JOB_STARTED}
)
"""Moments that a record brings with it. What opens or closes something is no slip of a client: a
referral, a start, a pause or an end is withdrawn by the act that it has for that."""


def together(record: UUID, versions: Sequence[tuple[UUID, UUID | None]]) -> list[UUID]:
    """The record, with every version before and after it; empty when it is not among them."""
    if record not in {one for one, _ in versions}:
        return []
    found = {record}
    while True:
        more = {one for one, earlier in versions if one in found or earlier in found}
        more |= {earlier for one, earlier in versions if one in found and earlier is not None}
        if more <= found:
            return sorted(found)
        found |= more
