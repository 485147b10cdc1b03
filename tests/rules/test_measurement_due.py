"""When the ladder is measured next; missing it is nothing, and any rung may follow any other."""

from datetime import date

from app.domain.ladder.rules.course import Measured
from app.domain.ladder.rules.due import Course, Due, measurement_due
from app.domain.ladder.rules.rungs import Occasion

START = date(2025, 3, 3)


def at(day: str, occasion: Occasion = Occasion.CHANGE, rung: int = 3) -> Measured:
    return Measured(date.fromisoformat(day), rung, occasion)


def due(course: Course, *measured: Measured) -> list[tuple[str, str]]:
    return [(one.occasion.value, one.on.isoformat()) for one in measurement_due(course, measured)]


def test_nothing_is_due_before_the_start_and_while_it_rests() -> None:
    assert measurement_due(Course(None), ()) == ()
    assert measurement_due(Course(START, 12, paused=True), ()) == ()


def test_the_first_is_at_the_start_and_the_next_half_a_year_after_the_last() -> None:
    assert measurement_due(Course(START), ()) == (Due(Occasion.START, START),)
    assert due(Course(START), at("2025-03-03")) == [("six_monthly", "2025-09-03")]
    assert due(Course(START), at("2025-03-03"), at("2025-08-31")) == [("six_monthly", "2026-02-28")]


def test_a_real_change_asks_for_one_until_it_was_measured() -> None:
    course = Course(START, changes=(date(2025, 4, 14), date(2025, 5, 1)))
    assert due(course, at("2025-03-03"))[0] == ("change", "2025-04-14")
    assert due(course, at("2025-03-03"), at("2025-05-01")) == [("six_monthly", "2025-11-01")]


def test_month_twelve_is_asked_where_it_is_tested_and_eighteen_where_that_was_agreed() -> None:
    start = at("2025-03-03", Occasion.START)
    half = at("2025-09-03")
    assert ("month_12", "2026-03-03") in due(Course(START, 12), start, half)
    assert ("month_18", "2026-09-03") not in due(Course(START, 12), start, half)
    assert ("month_18", "2026-09-03") in due(Course(START, 18), start, half)
    assert "month_12" not in str(due(Course(START, None), start, half))
    assert ("month_12", "2026-03-03") not in due(Course(START, 12), start, at("2026-02-20"))
    assert ("month_12", "2026-03-03") in due(Course(START, 12), start, at("2026-02-01"))


def test_after_the_end_only_the_end_is_left() -> None:
    course = Course(START, 12, changes=(date(2025, 12, 1),), ended_on=date(2026, 1, 5))
    assert due(course, at("2025-09-03")) == [("end", "2026-01-05")]
    assert due(course, at("2026-01-06")) == []
    assert due(course, at("2026-01-04", Occasion.END)) == []


def test_a_lower_rung_changes_nothing_in_what_is_due() -> None:
    path = [at("2025-03-03", rung=5), at("2025-09-03", rung=1)]
    assert due(Course(START), *path) == due(Course(START), at("2025-09-03", rung=6))
