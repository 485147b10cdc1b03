"""The ladder as rules: names, suggestion, path, goal."""

from datetime import date

import pytest

from app.domain.ladder.rules.course import (
    Measured,
    course_of,
    goal_at,
    last_at_or_before,
    without_pauses,
)
from app.domain.ladder.rules.rungs import (
    RUNGS,
    Answers,
    Instrument,
    Occasion,
    Reason,
    Scheme,
    rungs_of,
    suggest,
)
from app.domain.trajectory.rules.clock import add_months

ECHO = [
    Measured(date(2025, 3, 3), 3, Occasion.START),
    Measured(date(2025, 4, 14), 4, Occasion.CHANGE),
    Measured(date(2025, 9, 15), 2, Occasion.CHANGE),
    Measured(date(2026, 3, 2), 2, Occasion.MONTH_12),
    Measured(date(2026, 4, 20), 3, Occasion.CHANGE),
    Measured(date(2026, 9, 1), 4, Occasion.END),
]
"""Trajectory H5, with a crisis and a step down."""
LATER = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("answers", "rung"),
    [
        (Answers(has_contract=True, supplementary_benefit=False), 6),
        (Answers(self_employed=True), 6),
        (Answers(has_contract=True, support_instruments=(Instrument.JOB_COACH,)), 5),
        (Answers(has_contract=True, supplementary_benefit=True), 5),
        (Answers(responsibility_to_others=True, weekly=True, in_person=True), 4),
        (Answers(responsibility_to_others=True, weekly=True, in_person=False), 2),
        (Answers(responsibility_to_others=True, organised=True, weekly=True, in_person=False), 3),
        (Answers(responsibility_to_others=True, organised=True, weekly=False), 1),
        (Answers(organised=True, weekly=True), 3),
        (Answers(weekly=True), 2),
        (Answers(weekly=False), 1),
        (Answers(), 1),
    ],
)
def test_the_highest_rung_that_the_answers_bear_out_is_suggested(
    answers: Answers, rung: int
) -> None:
    assert suggest(answers)[0] == rung


def test_a_suggestion_says_when_a_higher_rung_was_not_asked_about() -> None:
    asked = Answers(
        has_contract=False, self_employed=False, responsibility_to_others=False, organised=False,
        weekly=True,
    )  # fmt: skip
    assert suggest(asked) == (2, (Reason.WEEKLY_CONTACT,))
    assert Reason.UNANSWERED in suggest(Answers(weekly=True))[1]


def test_a_job_with_a_coach_is_rung_five_until_the_support_ends() -> None:
    with_coach = Answers(
        has_contract=True,
        supplementary_benefit=False,
        support_instruments=(Instrument.IPS_COACHING,),
    )
    without = Answers(has_contract=True, supplementary_benefit=False)
    assert (suggest(with_coach)[0], suggest(without)[0]) == (5, 6)


def test_rungs_carry_their_official_names_in_order() -> None:
    assert [rung.rung for rung in RUNGS] == [1, 2, 3, 4, 5, 6]
    assert RUNGS[3].name_nl == "Onbetaald werk"
    assert RUNGS[4].name_en == "Paid work with support"


def test_a_level_is_only_understood_with_its_scheme() -> None:
    assert rungs_of(None, 3) == frozenset()
    assert rungs_of(Scheme.FIVE_LEVELS, 3) == {3, 4}
    assert rungs_of(Scheme.FIVE_LEVELS, 5) == {6}
    assert rungs_of(Scheme.FIVE_LEVELS, 6) == frozenset()
    assert rungs_of(Scheme.SIX_RUNGS, 5) == {5}


def test_a_lower_measurement_is_counted_and_grades_nothing() -> None:
    course = course_of(ECHO)
    assert course is not None
    assert (course.start, course.last, course.net_change) == (3, 4, 1)
    assert course.lower_measurements == 1
    assert not course.stable


def test_the_same_rung_at_the_end_is_told_as_stable() -> None:
    course = course_of([ECHO[0], ECHO[4]])
    assert course is not None
    assert (course.net_change, course.stable) == (0, True)
    assert course_of([]) is None


def test_the_goal_is_tested_on_the_last_measurement_and_not_on_the_highest() -> None:
    at12 = add_months(date(2025, 3, 3), 12)
    counts = last_at_or_before(ECHO, at12)
    assert counts is not None
    assert (counts.on, counts.rung) == (date(2026, 3, 2), 2)
    goal = goal_at(ECHO, at12, LATER)
    assert (goal.rung, goal.met, goal.final) == (2, False, True)
    at18 = goal_at(ECHO, add_months(date(2025, 3, 3), 18), LATER)
    assert (at18.date, at18.rung, at18.met) == (date(2026, 9, 3), 4, True)


def test_a_measurement_on_the_day_itself_counts_and_the_day_after_does_not() -> None:
    path = [ECHO[0], Measured(date(2026, 3, 3), 5, Occasion.MONTH_12)]
    assert goal_at(path, date(2026, 3, 3), LATER).met is True
    assert goal_at(path, date(2026, 3, 2), LATER).met is False


def test_a_goal_is_not_final_before_its_date() -> None:
    assert goal_at(ECHO, date(2026, 3, 3), date(2026, 3, 2)).final is False
    assert goal_at([], date(2026, 3, 3), LATER).met is None


def test_the_date_without_pauses_stands_beside_the_calendar_date() -> None:
    start, end = date(2025, 3, 3), date(2026, 3, 3)
    pause = (date(2025, 8, 25), date(2025, 11, 10))
    moved = without_pauses(start, end, [pause], LATER)
    assert moved == date(2026, 5, 19)
    goal = goal_at(ECHO, moved, LATER)
    assert (goal.rung, goal.met) == (3, False)


def test_a_pause_in_the_added_days_counts_too_and_one_after_them_does_not() -> None:
    start, end = date(2025, 1, 1), date(2026, 1, 1)
    first = (date(2025, 12, 1), date(2025, 12, 11))
    inside = (date(2026, 1, 5), date(2026, 1, 10))
    beyond = (date(2026, 6, 1), date(2026, 6, 30))
    assert without_pauses(start, end, [beyond, inside, first], LATER) == date(2026, 1, 16)
    open_still = (date(2025, 12, 22), None)
    assert without_pauses(start, end, [open_still], date(2025, 12, 24)) == date(2026, 1, 3)
