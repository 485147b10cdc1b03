"""What waits, for whom and until when; and that nothing more follows from it."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from app.access.vocabulary import Role
from app.domain.reporting.rules.reminders import Ending, Facts, Reader, ReminderKind, Want, wants
from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.milestones import Milestone, Reached

HOUSE, BODY = uuid4(), uuid4()
IPS_COACH = Reader(uuid4(), Role.IPS_COACH, HOUSE)
COACH = Reader(uuid4(), Role.REINTEGRATION_COACH, HOUSE)
EXPERT = Reader(uuid4(), Role.LABOUR_EXPERT, BODY)


def at(milestone: Milestone, day: str) -> Reached:
    on = date.fromisoformat(day)
    return Reached(milestone, on, datetime(on.year, on.month, on.day, tzinfo=UTC))


def facts(
    *reached: Reached,
    kind: Kind = Kind.IPS,
    readers: tuple[Reader, ...] = (IPS_COACH, EXPERT),
    contacts: tuple[str, ...] = (),
    measured: tuple[str, ...] = (),
    consents: tuple[Ending, ...] = (),
) -> Facts:
    return Facts(
        kind=kind,
        agreed_months=12 if kind is Kind.WGB else None,
        reached=reached,
        contacts=[date.fromisoformat(day) for day in contacts],
        measured=[date.fromisoformat(day) for day in measured],
        readers=readers,
        consents=consents,
    )


def found(given: Facts, today: str, kind: ReminderKind) -> list[Want]:
    return [want for want in wants(given, date.fromisoformat(today)) or () if want.kind is kind]


ENTERED = at(Milestone.PROGRAM_ENTERED, "2024-10-10")
TALKED = (
    at(Milestone.START_CONVERSATION, "2025-04-03"),
    at(Milestone.START_CONVERSATION_CONFIRMED, "2025-04-07"),
)


def test_the_first_employer_is_met_within_thirty_days_of_the_entry() -> None:
    kind = ReminderKind.FIRST_EMPLOYER_CONTACT
    [want] = found(facts(ENTERED), "2024-10-11", kind)
    assert (want.due_on, want.reader, want.done) == (date(2024, 11, 9), IPS_COACH, False)
    visited = at(Milestone.EMPLOYER_CONTACT, "2024-10-28")
    assert found(facts(ENTERED, visited), "2024-10-29", kind)[0].done
    before = at(Milestone.EMPLOYER_CONTACT, "2024-10-09")
    assert not found(facts(before, ENTERED), "2024-10-29", kind)[0].done


@pytest.mark.parametrize(
    ("milestone", "kind"),
    [
        (Milestone.PLACEMENT_STARTED, ReminderKind.CONTACT_AFTER_START),
        (Milestone.PLACEMENT_ENDED, ReminderKind.CONTACT_AFTER_LOSS),
    ],
)
def test_a_coach_is_in_touch_within_three_days_of_a_start_and_of_a_loss(
    milestone: Milestone, kind: ReminderKind
) -> None:
    event = at(milestone, "2025-01-06")
    [want] = found(facts(event, contacts=("2025-01-05",)), "2025-01-07", kind)
    assert (want.due_on, want.reader, want.done) == (date(2025, 1, 9), IPS_COACH, False)
    [done] = found(facts(event, contacts=("2025-01-08",)), "2025-01-09", kind)
    assert done.done


def test_it_is_measured_at_the_start_every_six_months_and_in_month_twelve() -> None:
    kind, given = ReminderKind.MEASUREMENT_DUE, {"kind": Kind.WGB, "readers": (COACH, EXPERT)}
    start = found(facts(*TALKED, **given), "2025-04-08", kind)  # type: ignore[arg-type]
    assert [(want.due_on, want.reader) for want in start] == [(date(2025, 4, 3), COACH)]
    due = {
        today: found(facts(*TALKED, measured=("2025-04-03",), **given), today, kind)  # type: ignore[arg-type]
        for today in ("2025-09-04", "2025-09-05", "2026-03-06")
    }
    assert [want.done for want in due["2025-09-04"]] == [True]
    assert [(want.due_on, want.done) for want in due["2025-09-05"]] == [(date(2025, 10, 3), False)]
    assert [(want.due_on, want.done) for want in due["2026-03-06"]] == [(date(2026, 4, 3), False)]


def test_a_real_change_asks_for_a_measurement_within_four_weeks_until_there_is_one() -> None:
    given = {"kind": Kind.WGB, "readers": (COACH,)}
    changed = (*TALKED, at(Milestone.PLACEMENT_STARTED, "2025-06-02"))
    kind, today = ReminderKind.MEASUREMENT_DUE, "2025-06-03"
    before = found(facts(*changed, measured=("2025-04-03",), **given), today, kind)  # type: ignore[arg-type]
    assert (before[-1].due_on, before[-1].done) == (date(2025, 6, 30), False)
    after = found(facts(*changed, measured=("2025-06-02",), **given), today, kind)  # type: ignore[arg-type]
    assert [want.done for want in after] == [True, True]


def test_a_review_is_told_to_coach_and_body_four_weeks_ahead() -> None:
    given = facts(*TALKED, kind=Kind.WGB, readers=(COACH, EXPERT))
    assert found(given, "2026-03-05", ReminderKind.REVIEW_DUE) == []
    near = found(given, "2026-03-06", ReminderKind.REVIEW_DUE)
    assert {want.reader for want in near} == {COACH, EXPERT}
    assert {want.due_on for want in near} == {date(2026, 4, 3)}


def test_an_ending_consent_is_told_to_whom_it_lets_see_and_to_no_other() -> None:
    def ends(last: str, member: UUID | None = None) -> Ending:
        return Ending(uuid4(), date.fromisoformat(last), HOUSE, Role.IPS_COACH, member)

    kind, today = ReminderKind.CONSENT_ENDS, "2025-01-01"
    near = ends("2025-01-31")
    [want] = found(facts(consents=(near, ends("2025-02-01"))), today, kind)
    assert (want.about_id, want.reader, want.due_on) == (near.id, IPS_COACH, date(2025, 1, 31))
    assert found(facts(consents=(ends("2025-01-31", EXPERT.id),)), today, kind) == []
    assert found(facts(consents=(ends("2024-12-31"),)), today, kind) == []


def test_nothing_is_asked_while_paused_and_all_rests_after_the_end() -> None:
    paused = at(Milestone.PAUSED, "2024-10-20")
    assert wants(facts(ENTERED, paused), date(2024, 11, 1)) is None
    ended = at(Milestone.ENDED, "2024-10-20")
    assert wants(facts(ENTERED, ended), date(2024, 11, 1)) == []
