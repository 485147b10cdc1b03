"""Named, dated cover for a colleague."""

from uuid import UUID

from app.domain.consent.schemas.consents import example
from app.platform.http.schemas import Day, Id, In, Moment, Out


class SubstitutionIn(In):
    """Who stands in for whom: `validUntil` is the first Dutch day on which it no longer holds."""

    model_config = example(
        {
            "absentMembershipId": "5d1c6a50-1c1c-4b6f-8a53-6c4b7d0e4a01",
            "substituteMembershipId": "0e8b0d4e-70ac-4a0a-9a2c-54c1f7f2d702",
            "validFrom": "2026-07-13",
            "validUntil": "2026-08-03",
        }
    )

    absent_membership_id: Id
    substitute_membership_id: Id
    valid_from: Day | None = None
    valid_until: Day


class SubstitutionEndIn(In):
    """Nothing to say: it ends now."""

    model_config = example({})


class SubstitutionOut(Out):
    """A substitution of one's own organisation."""

    id: UUID
    absent_membership_id: UUID
    substitute_membership_id: UUID
    valid_from: Moment
    valid_until: Moment
