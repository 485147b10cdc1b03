"""What holds for every client record; pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.access.vocabulary import Role

YOUNGEST = 16
"""Trajectories are for people of 16 and older (WGBO 447); younger needs a decision of its own."""


class Match(StrEnum):
    """A second record of the same BSN at one organisation waits for a person to merge it."""

    CONFIRMED = "confirmed"
    PENDING_MATCH = "pending_match"


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def old_enough(birth_date: date, day: date) -> bool:
    return age_on(birth_date, day) >= YOUNGEST


def name_key(family_name: str) -> str:
    """How family names are compared when a client is looked up."""
    return " ".join(family_name.casefold().split())


class Channel(StrEnum):
    """How the client wants to be reached."""

    TELEPHONE = "telephone"
    TEXT_MESSAGE = "text_message"
    EMAIL = "email"
    POST = "post"
    PORTAL = "portal"
    IN_PERSON = "in_person"


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def may_say(role: Role, said_by: Iterable[Role]) -> bool:
    """Someone may say it for a client who did not; what the client said only the client changes."""
    return role is Role.CLIENT or Role.CLIENT not in set(said_by)
