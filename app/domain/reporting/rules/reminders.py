"""What is to be thought of by whom and when; pure. Nothing here ends, fails or reports anything.

Sources: domain C4 (measuring), D15 (first employer within 30 days of entry), D23 (contact within
three days after a start; after a loss likewise, B2 row 10).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.access.vocabulary import Role
from app.domain.trajectory.rules.clock import add_months, clock_of
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.pauses import is_paused
from app.domain.trajectory.rules.roles import AUTHORITY, COACHES

M = Milestone
AHEAD = timedelta(days=28)
"""How long before its day a review or measurement is told; a reminder, not a norm."""
CHANGE = timedelta(days=28)
"""Within which a real change is worth a measurement (own choice: the sources name no days)."""
FIRST_EMPLOYER = timedelta(days=30)
CONTACT = timedelta(days=3)
CONSENT_ENDS = timedelta(days=30)
EVERY_MONTHS = 6
"""At the start, every six months and at the end: the proposal of C4; month 12 is among them."""

REMINDED = COACHES | AUTHORITY
"""Whose work it is; the client is asked nothing by a reminder."""


class ReminderKind(StrEnum):
    REVIEW_DUE = "review_due"
    MEASUREMENT_DUE = "measurement_due"
    FIRST_EMPLOYER_CONTACT = "first_employer_contact"
    CONTACT_AFTER_START = "contact_after_start"
    CONTACT_AFTER_LOSS = "contact_after_loss"
    CONSENT_ENDS = "consent_ends"


class Outcome(StrEnum):
    """How a reminder came to rest; the act itself does it as well as a hand."""

    DONE_BY_ACT = "done_by_act"
    DONE_BY_HAND = "done_by_hand"
    DROPPED = "dropped"


class DropReason(StrEnum):
    """Why nothing came of it; codes, so that no word about the client stands in a reminder."""

    NOT_NEEDED = "not_needed"
    AGREED_OTHERWISE = "agreed_otherwise"
    DONE_ELSEWHERE = "done_elsewhere"
    NO_LONGER_DUE = "no_longer_due"


@dataclass(frozen=True)
class Reader:
    """A membership that takes part, or the inbox of a role where nobody does yet."""

    id: UUID
    role: Role
    organisation_id: UUID


@dataclass(frozen=True)
class Ending:
    """A consent with an end: whom it lets see."""

    id: UUID
    last_day: date
    organisation_id: UUID
    role: Role
    membership_id: UUID | None


@dataclass(frozen=True)
class Facts:
    """Of one trajectory, all that decides what is due in it."""

    kind: Kind
    agreed_months: int | None
    reached: Sequence[Reached]
    contacts: Sequence[date]
    measured: Sequence[date]
    readers: Sequence[Reader]
    consents: Sequence[Ending] = ()


@dataclass(frozen=True)
class Want:
    """A reminder as it ought to be; `done`: what it asks for has happened."""

    kind: ReminderKind
    due_on: date
    reader: Reader
    about_id: UUID | None = None
    done: bool = False

    @property
    def key(self) -> tuple[str, date, UUID, UUID | None]:
        """What makes two of them the same one."""
        return self.kind.value, self.due_on, self.reader.id, self.about_id


def wants(facts: Facts, today: date) -> list[Want] | None:
    """None while paused: then nothing is added and nothing goes."""
    if is_paused(facts.reached):
        return None
    if any(event.milestone is M.ENDED for event in facts.reached):
        return []
    coaches = [reader for reader in facts.readers if reader.role in COACHES]
    bodies = [reader for reader in facts.readers if reader.role in AUTHORITY]
    found = [*_reviews(facts, today, [*coaches, *bodies])]
    found += _measurements(facts, today, coaches or bodies)
    found += _contacts(facts, coaches)
    found += _consents(facts, today)
    return found


def _last(facts: Facts, *milestones: Milestone) -> date | None:
    return max((e.on for e in facts.reached if e.milestone in milestones), default=None)


def _each(
    readers: Iterable[Reader], kind: ReminderKind, due_on: date, *, done: bool
) -> Iterator[Want]:
    for reader in readers:
        yield Want(kind, due_on, reader, done=done)


def _reviews(facts: Facts, today: date, readers: Sequence[Reader]) -> Iterator[Want]:
    clock = clock_of(facts.agreed_months, facts.reached, today, facts.kind)
    if clock is None:
        return
    near = max((day for day in clock.looked_back_on if day - AHEAD <= today), default=None)
    if near is not None:
        held = _last(facts, M.REVIEW, M.FINAL_REVIEW)
        done = held is not None and held >= near - AHEAD
        yield from _each(readers, ReminderKind.REVIEW_DUE, near, done=done)


def _measurements(facts: Facts, today: date, readers: Sequence[Reader]) -> Iterator[Want]:
    """The last point that has come near, and a change after it; never those that went by."""
    clock = clock_of(facts.agreed_months, facts.reached, today, facts.kind)
    if clock is None:
        return
    points = [clock.starts_on]
    while points[-1] <= today + AHEAD:
        points.append(add_months(clock.starts_on, EVERY_MONTHS * len(points)))
    near = max(
        day
        for day in (*points, clock.ends_on or clock.starts_on)
        if day - AHEAD <= today or day == clock.starts_on
    )
    kind, last = ReminderKind.MEASUREMENT_DUE, max(facts.measured, default=date.min)
    yield from _each(readers, kind, near, done=last >= near - AHEAD)
    changed = _last(facts, M.PLACEMENT_STARTED, M.PLACEMENT_ENDED)
    if changed is not None and changed > max(near - AHEAD, clock.starts_on):
        yield from _each(readers, kind, changed + CHANGE, done=last >= changed)


def _contacts(facts: Facts, readers: Sequence[Reader]) -> Iterator[Want]:
    talked = max(facts.contacts, default=date.min)
    entered = _last(facts, M.PROGRAM_ENTERED) if facts.kind is Kind.IPS else None
    if entered is not None:
        visited = _last(facts, M.EMPLOYER_CONTACT)
        done = visited is not None and visited >= entered
        yield from _each(
            [reader for reader in readers if reader.role is Role.IPS_COACH],
            ReminderKind.FIRST_EMPLOYER_CONTACT,
            entered + FIRST_EMPLOYER,
            done=done,
        )
    for kind, milestone in (
        (ReminderKind.CONTACT_AFTER_START, M.PLACEMENT_STARTED),
        (ReminderKind.CONTACT_AFTER_LOSS, M.PLACEMENT_ENDED),
    ):
        on = _last(facts, milestone)
        if on is not None:
            yield from _each(readers, kind, on + CONTACT, done=talked >= on)


def _consents(facts: Facts, today: date) -> Iterator[Want]:
    """For those whom it lets see, and for nobody else."""
    for consent in facts.consents:
        if today <= consent.last_day <= today + CONSENT_ENDS:
            for reader in facts.readers:
                fits = (reader.organisation_id, reader.role) == (
                    consent.organisation_id,
                    consent.role,
                )
                if fits and consent.membership_id in {None, reader.id}:
                    yield Want(ReminderKind.CONSENT_ENDS, consent.last_day, reader, consent.id)
