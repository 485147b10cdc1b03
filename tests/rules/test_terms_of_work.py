"""Terms without a database: what schemes pay, how long contracts and jobs last, marks compared."""

from datetime import date

import pytest

from app.domain.application.rules import (
    Outcome,
    Paper,
    Scheme,
    Written,
    lacking,
    longest,
    usual,
)
from app.domain.dayactivity.rules import lasts_long_enough
from app.domain.wellbeing.rules import Subject, changes

YES = Written(Paper.DECISION, Outcome.APPROVED)
NO = Written(Paper.DECISION, Outcome.REFUSED)


def test_uwv_pays_36_months_or_24_and_at_most_12_more() -> None:
    start = date(2024, 10, 8)
    assert usual(Scheme.UWV_36_MONTHS, start) == date(2027, 10, 8)
    assert longest(Scheme.UWV_36_MONTHS, start) == date(2027, 10, 8)
    assert usual(Scheme.UWV_24_MONTHS, start) == date(2026, 10, 8)
    assert longest(Scheme.UWV_24_MONTHS, start) == date(2027, 10, 8)


def test_what_was_refused_is_followed_by_nothing() -> None:
    assert {lacking(kind, [NO]) for kind in Paper} == {"application_refused"}


def test_an_approval_can_be_extended_and_every_other_paper_stands_once() -> None:
    assert lacking(Paper.DECISION, [YES]) is None
    for kind in set(Paper) - {Paper.DECISION}:
        assert lacking(kind, [YES, Written(kind)]) == "already_done"


def test_a_stop_is_forwarded_after_it_was_given_and_given_after_an_approval() -> None:
    assert lacking(Paper.STOP_NOTICE_1, []) == "application_approved"
    assert lacking(Paper.STOP_NOTICE_2, [YES]) == "stop_notice_1"
    assert lacking(Paper.STOP_NOTICE_2, [YES, Written(Paper.STOP_NOTICE_1)]) is None


@pytest.mark.parametrize(
    ("ends_on", "fits"),
    [
        (date(2025, 6, 13), False),
        (date(2025, 6, 14), True),
        (date(2025, 12, 15), True),
        (date(2025, 12, 16), False),
    ],
)
def test_a_green_contract_lasts_6_to_12_months(ends_on: date, fits: bool) -> None:
    assert lasts_long_enough(date(2024, 12, 15), ends_on) is fits


def test_marks_are_compared_first_against_last_and_one_mark_is_no_change() -> None:
    marks = [
        (date(2025, 10, 13), {Subject.SOCIAL: 6, Subject.BIOLOGICAL: 5}),
        (date(2026, 3, 23), {Subject.SOCIAL: 7}),
        (date(2025, 4, 14), {Subject.SOCIAL: 2}),
    ]
    found = changes(marks)
    assert [(c.subject, c.before, c.after, c.change) for c in found] == [(Subject.SOCIAL, 2, 7, 5)]
