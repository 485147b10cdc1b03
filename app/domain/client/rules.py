"""What holds for every client record; pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.access.ceilings import written_by
from app.access.vocabulary import Category, Role

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


class Particular(StrEnum):
    """What is known of who a client is, and where to reach the client."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    TELEPHONE = "telephone"


BY_ONESELF = frozenset({Particular.EMAIL, Particular.TELEPHONE})
"""What clients change of themselves; who registered them established their name and birth date."""


def may_mend(role: Role, *, own: bool) -> bool:
    """The client, and the roles that write this in the organisation that registered the client."""
    return role is Role.CLIENT or (own and Category.IDENTITY in written_by(role))


def may_look_back(role: Role, *, own: bool) -> bool:
    """What was known before is for the client, and for the organisation that answers for it."""
    return role is Role.CLIENT or own


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
