"""Who may be part of a concern signal, and when it can be reported and followed up; pure.

Source: domain, A7 (signal, report, follow up) and E9: for the client, the author and the one
recipient who was chosen. A funder is neither: a concern is no part of a legal task.
"""

from enum import StrEnum

from app.access.ceilings import open_to_consent
from app.access.vocabulary import FUNDERS, PERSONS, Category, Role

PARTIES = (
    frozenset(role for role in Role if Category.FEEDBACK in open_to_consent(role))
    - PERSONS
    - FUNDERS
)
"""Who may notice, and to whom may be reported; each by the ceiling of [feedback]."""
READERS = PARTIES | {Role.CLIENT, Role.PRIVACY_DESK}


class Signaller(StrEnum):
    """Who is concerned."""

    PERSON = "person"
    CITIZEN = "citizen"
    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"


class FollowUpOutcome(StrEnum):
    """What came of it; each is as good as the others, and none leads on by itself."""

    NOTHING_NEEDED = "nothing_needed"
    TALKED_WITH_CLIENT = "talked_with_client"
    SUPPORT_ARRANGED = "support_arranged"
    PASSED_ON_WITH_CLIENT = "passed_on_with_client"
    NO_CONTACT = "no_contact"


def cannot_report(recipient: object, *, to_oneself: bool) -> str | None:
    """Why it cannot be reported, as a code; None: it can. Once, to one person, never to oneself."""
    if recipient is not None:
        return "reported_before"
    return "not_to_yourself" if to_oneself else None
