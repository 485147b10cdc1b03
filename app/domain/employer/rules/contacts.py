"""Contacts with employers: ways, purposes, what came of it, and why a match was declined; pure."""

from collections.abc import Iterator
from enum import StrEnum


class EmployerContactMode(StrEnum):
    FACE_TO_FACE = "face_to_face"
    VIDEO = "video"
    TELEPHONE = "telephone"
    MESSAGE = "message"


class ContactPurpose(StrEnum):
    ACQUAINTANCE = "acquaintance"
    VACANCY = "vacancy"
    JOB_CREATION = "job_creation"
    WORKPLACE_SCAN = "workplace_scan"
    PREPARING_PLACEMENT = "preparing_placement"
    FOLLOW_UP = "follow_up"
    SOLVING_PROBLEM = "solving_problem"
    INFORMATION = "information"


class ContactOutcome(StrEnum):
    """What came of it; a no of one's own is worth as much as a yes."""

    KEEP_IN_TOUCH = "keep_in_touch"
    NO_OPENING = "no_opening"
    INTERVIEW = "interview"
    WORK_OFFERED = "work_offered"
    SOLVED = "solved"
    DECLINED_BY_EMPLOYER = "declined_by_employer"
    DECLINED_BY_COACH = "declined_by_coach"
    DECLINED_BY_CLIENT = "declined_by_client"


class DeclinedReason(StrEnum):
    """Why this side said no to a match."""

    BAD_MATCH = "bad_match"
    NO_SOCIAL_HEART = "no_social_heart"
    HOURS = "hours"
    DISTANCE = "distance"
    TERMS_OF_WORK = "terms_of_work"
    OTHER = "other"


DECLINED = frozenset({ContactOutcome.DECLINED_BY_COACH, ContactOutcome.DECLINED_BY_CLIENT})
OF_A_CLIENT = frozenset(
    {ContactOutcome.DECLINED_BY_CLIENT, ContactOutcome.INTERVIEW, ContactOutcome.WORK_OFFERED}
)
"""What can only come of a contact for someone."""


def told_well(outcome: ContactOutcome, reason: DeclinedReason | None) -> bool:
    """A match that this side declined has its reason; nothing else has one."""
    return (outcome in DECLINED) == (reason is not None)


def possible_without_client() -> Iterator[ContactOutcome]:
    """What a contact in the directory of employers can tell, which is about nobody."""
    return (outcome for outcome in ContactOutcome if outcome not in OF_A_CLIENT)
