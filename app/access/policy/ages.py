"""Whose yes counts at the age of the client.

Sources: Dutch Civil Code 7:447 (16), 7:450 (12 to 15: the child and the parent both), 7:465 (under
12: the parent); UAVG 5; domain part E8.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.access.ceilings import only_per_item
from app.access.vocabulary import Period
from app.access.world import Consent, World

SPEAKING, COMPETENT, ADULT = 12, 16, 18
DAYS_OF = "Europe/Amsterdam"
BEGINNING = datetime.min.replace(tzinfo=UTC)


def birthday(born: date, age: int) -> datetime:
    """The first moment of that age here; who is born on 29 February has it on 1 March."""
    year, month, day = born.year + age, born.month, born.day
    if (month, day) == (2, 29) and not isleap(year):
        month, day = 3, 1
    there = datetime.combine(date(year, month, day), time(), ZoneInfo(DAYS_OF))
    return there.astimezone(UTC)


def with_consents_that_count(world: World) -> World:
    """Each consent in the time that it counts; at an unknown age none does.

    From 16 the client decides alone, and what a parent agreed to before is over.
    """
    if world.born is None:
        return replace(world, consents=())
    speaking, competent = birthday(world.born, SPEAKING), birthday(world.born, COMPETENT)
    between = Period(speaking, competent)
    own = [consent for consent in world.consents if not consent.by_representative]
    theirs = [consent for consent in world.consents if consent.by_representative]
    found = [
        *(_within(consent, Period(competent)) for consent in own),
        *(_within(consent, Period(BEGINNING, speaking)) for consent in theirs),
        *(
            _within(consent, Period(competent))
            for consent in theirs
            if consent.given_at is not None and competent <= consent.given_at
        ),
        *(
            _within(both, between)
            for consent in own
            for other in theirs
            for both in _both(consent, other)
        ),
    ]
    return replace(world, consents=tuple(consent for consent in found if consent is not None))


def _within(consent: Consent, time: Period) -> Consent | None:
    period = consent.period.meets(time)
    return None if period is None else replace(consent, period=period)


def _both(own: Consent, parents: Consent) -> Iterator[Consent]:
    """What each of the two opens by itself, and so both; either may take it back alone."""
    period = own.period.meets(parents.period)
    if period is None or any(
        None not in {one, other} and one != other
        for one, other in (
            (own.recipient_membership_id, parents.recipient_membership_id),
            (own.trajectory_id, parents.trajectory_id),
            (own.sender_organisation_id, parents.sender_organisation_id),
            (own.record_id, parents.record_id),
        )
    ):
        return
    if (own.recipient_organisation_id, own.recipient_role) != (
        parents.recipient_organisation_id,
        parents.recipient_role,
    ):
        return
    categories = own.categories & parents.categories
    if own.record_id != parents.record_id:  # one of the two names no record, and opens no file
        categories -= only_per_item(own.recipient_role)
    yield replace(
        own,
        period=period,
        categories=categories,
        purposes=own.purposes & parents.purposes,
        recipient_membership_id=own.recipient_membership_id or parents.recipient_membership_id,
        trajectory_id=own.trajectory_id or parents.trajectory_id,
        sender_organisation_id=own.sender_organisation_id or parents.sender_organisation_id,
        record_id=own.record_id or parents.record_id,
    )
