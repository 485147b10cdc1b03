"""Looking for work: what is told of a contact with an employer for one person; only words."""

from enum import StrEnum


class SpokenBy(StrEnum):
    """Who spoke with the employer; the first contact counts by either."""

    COACH = "coach"
    CLIENT = "client"
    TOGETHER = "together"


class MatchesPlan(StrEnum):
    """Whether the work fits what the person looks for."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
