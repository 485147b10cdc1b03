"""The figures of work: trajectory H2 as it is, and what holds for any jobs at all."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.employer.rules.contacts import (
    ContactOutcome,
    DeclinedReason,
    told_well,
)
from app.domain.employer.rules.scans import ScanColour, verdict
from app.domain.employer.rules.words import tells_of_care
from app.domain.placement.rules.placements import (
    PlacementKind,
    faults_of_participation_place,
)
from app.domain.placement.rules.scans import WITHOUT_SCAN, Scan, faults_of_scan
from app.domain.placement.rules.supports import (
    Provision,
    WorkSupport,
    faults_of_provision,
    faults_of_support,
)
from app.domain.placement.rules.tenure import (
    LONG,
    SHORT,
    days_in,
    gaps_before,
    reached_on,
)
from app.domain.placement.rules.terms import competitive
from app.domain.trajectory.rules.kinds import Variant


class Job(NamedTuple):
    """As far as the figures look at one."""

    starts_on: date
    ended_on: date | None = None


TODAY = date(2026, 5, 12)
J1 = Job(date(2024, 12, 2), date(2025, 2, 21))
J2 = Job(date(2025, 4, 1))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def some_jobs(draw: st.DrawFn) -> list[Job]:
    starts = sorted(draw(st.lists(DAYS, min_size=1, max_size=6)))
    lasting = st.none() | st.integers(0, 900)
    lasts = [draw(lasting) for _ in starts]
    return [
        Job(on, None if days is None else on + timedelta(days))
        for on, days in zip(starts, lasts, strict=True)
    ]


def test_the_first_job_of_h2_lasted_81_days_and_13_weeks_were_never_in() -> None:
    assert days_in(J1, TODAY) == 81
    assert reached_on(J1, SHORT, TODAY) is None


def test_the_second_job_of_h2_began_after_39_days_and_reached_both() -> None:
    assert gaps_before([J1, J2]) == [None, 39]
    assert reached_on(J2, SHORT, TODAY) == date(2025, 7, 1)
    assert reached_on(J2, LONG, TODAY) == date(2025, 9, 30)
    assert reached_on(J2, LONG, date(2025, 9, 30)) == date(2025, 9, 30)
    assert reached_on(J2, LONG, date(2025, 9, 29)) is None
    ended = Job(J2.starts_on, date(2025, 7, 1))
    assert reached_on(ended, SHORT, TODAY) == date(2025, 7, 1)


@given(jobs=some_jobs(), today=DAYS)
def test_weeks_are_reached_if_and_only_if_so_many_days_are_in(jobs: list[Job], today: date) -> None:
    for job in jobs:
        days = days_in(job, today)
        for weeks in (SHORT, LONG):
            on = reached_on(job, weeks, today)
            assert (on is not None) == (days >= 7 * weeks)
            if on is not None:
                assert job.starts_on < on <= today
                assert job.ended_on is None or on <= job.ended_on
        assert days >= 0
        assert reached_on(job, SHORT, today) or not reached_on(job, LONG, today)


@given(jobs=some_jobs(), today=DAYS, later=st.integers(0, 500))
def test_what_was_reached_is_never_lost_and_days_never_shrink(
    jobs: list[Job], today: date, later: int
) -> None:
    after = today + timedelta(later)
    for job in jobs:
        assert days_in(job, after) >= days_in(job, today)
        reached = reached_on(job, SHORT, today)
        assert reached is None or reached_on(job, SHORT, after) == reached


@given(jobs=some_jobs())
def test_a_gap_is_the_days_without_any_job_before(jobs: list[Job]) -> None:
    for at, gap in enumerate(gaps_before(jobs)):
        if at == 0:
            assert gap is None
            continue
        before = jobs[:at]
        start = jobs[at].starts_on
        if any(job.ended_on is None or job.ended_on >= start for job in before):
            assert gap == 0
        else:
            last = max(job.ended_on for job in before if job.ended_on is not None)
            assert gap == (start - last).days > 0


@given(colours=st.lists(st.sampled_from(ScanColour), min_size=5, max_size=5))
def test_a_workplace_is_green_only_where_all_of_it_is(colours: list[ScanColour]) -> None:
    assert (verdict(colours) is ScanColour.GREEN) == (set(colours) == {ScanColour.GREEN})
    assert (verdict(colours) is ScanColour.RED) == (ScanColour.RED in colours)


@given(
    kind=st.sampled_from(PlacementKind),
    colour=st.none() | st.sampled_from(ScanColour),
    reason=st.none() | st.just("De stoel is besteld."),
)
def test_without_all_green_only_a_written_reason_lets_a_placement_through(
    kind: PlacementKind, colour: ScanColour | None, reason: str | None
) -> None:
    scan = None if colour is None else Scan(colour, J1.starts_on)
    refused = bool([*faults_of_scan(kind, J1.starts_on, scan, reason)])
    assert refused == (
        kind not in WITHOUT_SCAN and colour is not ScanColour.GREEN and reason is None
    )


def test_a_scan_after_the_start_is_none() -> None:
    late = Scan(ScanColour.GREEN, J1.starts_on + timedelta(1))
    [(pointer, code, _)] = faults_of_scan(PlacementKind.TRIAL, J1.starts_on, late, None)
    assert (pointer, code) == ("#/workplaceScanId", "out_of_range")


@given(answers=st.lists(st.sampled_from([True, False, None]), min_size=5, max_size=5))
def test_one_no_decides_and_what_is_unknown_leaves_it_open(answers: list[bool | None]) -> None:
    a, b, c, own, e = answers
    found = competitive(
        open_to_anyone=a,
        paid_by_employer=b,
        wage_at_least_minimum=c,
        set_aside=None if own is None else not own,
        normal_supervision=e,
    )
    expected = False if False in answers else None if None in answers else True
    assert found is expected


@pytest.mark.parametrize(
    ("variant", "end", "faults"),
    [
        (Variant.MUNICIPAL, date(2027, 1, 1), set()),
        (Variant.MUNICIPAL, date(2027, 1, 2), {"#/plannedEndOn"}),
        (Variant.MUNICIPAL, None, {"#/plannedEndOn"}),
        (Variant.UWV, date(2026, 1, 1), {"#/kind"}),
        (None, date(2026, 1, 1), {"#/kind"}),
    ],
)
def test_a_participation_place_is_the_municipalitys_and_ends_within_two_years(
    variant: Variant | None, end: date | None, faults: set[str]
) -> None:
    start = date(2025, 1, 1)
    found = faults_of_participation_place(PlacementKind.PARTICIPATION_PLACE, start, end, variant)
    assert {pointer for pointer, *_ in found} == faults
    assert not [*faults_of_participation_place(PlacementKind.TRIAL, start, None, None)]


def test_a_declined_match_has_its_reason_and_nothing_else_has_one() -> None:
    assert told_well(ContactOutcome.DECLINED_BY_COACH, DeclinedReason.NO_SOCIAL_HEART)
    assert not told_well(ContactOutcome.DECLINED_BY_CLIENT, None)
    assert not told_well(ContactOutcome.INTERVIEW, DeclinedReason.BAD_MATCH)


def test_a_wage_value_goes_with_the_subsidy_and_hours_with_the_coach() -> None:
    def faulty(kind: Provision, wage: float | None, hours: float | None) -> set[str]:
        return {pointer for pointer, *_ in faults_of_provision(kind, wage, hours)}

    assert faulty(Provision.WAGE_COST_SUBSIDY, 60, None) == set()
    assert faulty(Provision.WAGE_COST_SUBSIDY, None, None) == {"#/wageValuePercent"}
    assert faulty(Provision.NO_RISK_POLICY, 60, 2) == {"#/wageValuePercent", "#/hoursPerWeek"}
    assert faulty(Provision.JOB_COACH, None, 3) == set()


@pytest.mark.parametrize(
    ("support", "internal", "block", "faults"),
    [
        (WorkSupport.JOB_COACH, True, (None, None), set()),
        (WorkSupport.JOB_COACH, None, (None, None), {"#/internal"}),
        (WorkSupport.SROI_BLOCK, None, ("voorbeeldregio-noord", "learning_place"), set()),
        (WorkSupport.SROI_BLOCK, None, ("voorbeeldregio-zuid", "learning_place"), {"#/sroiBlock"}),
        (WorkSupport.SROI_BLOCK, None, (None, "learning_place"), {"#/sroiBlock"}),
        (WorkSupport.HARRIE_TRAINING, None, ("voorbeeldregio-noord", None), {"#/sroiBlock"}),
    ],
)
def test_each_support_tells_what_belongs_to_it(
    support: WorkSupport,
    internal: bool | None,
    block: tuple[str | None, str | None],
    faults: set[str],
) -> None:
    found = faults_of_support(support, internal=internal, hours_per_week=None, block=block)
    assert {pointer for pointer, *_ in found} == faults


@pytest.mark.parametrize("word", ["GGZ", "via IPS", "WGB-traject", "cliënt", "na een psychose"])
def test_words_of_care_and_names_of_programmes_are_seen(word: str) -> None:
    assert tells_of_care(f"Medewerker {word}")
    assert not tells_of_care("Medewerker magazijn, begint rustig en bouwt de uren op")
