"""Broken glass opens what an emergency needs, for hours, to a clinician where care is given."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.access import ceilings
from app.access import world as w
from app.access.policy import grants, treats
from app.access.vocabulary import Basis, Category, Ground, Period, Purpose, Role, categories_in
from tests.rules.policy_worlds import (
    CLINICIAN,
    COACH,
    COLLEAGUE,
    DESK,
    EXPERT,
    HIRED_IPS_COACH,
    MISFIT,
    PSYCHOLOGIST,
    ROSTER,
    TEAM_CLINICIAN,
    Answer,
    day,
    holds,
    named,
)

C = Category
HOURS = timedelta(hours=4)
BOX = Period(day(2), day(2) + HOURS)
TREATED = w.Treatment(named("treated"), CLINICIAN.id, Period(day(0), day(5)))
TICK = timedelta(microseconds=1)


def broken(by: w.Member = COLLEAGUE, period: Period = BOX) -> w.BrokenGlass:
    return w.BrokenGlass(named("glass"), by.id, DESK, "psychiatric_crisis", period)


def world(glass: w.BrokenGlass, **more: Any) -> w.World:
    facts: dict[str, Any] = {"members": ROSTER, "treatments": (TREATED,), **more}
    return w.World(broken=(glass,), **facts)


def opened(found: w.World, who: w.Member = COLLEAGUE, at: Any = None) -> frozenset[Category]:
    moment = day(2) if at is None else at
    mine = [
        grant
        for grant in grants(found)
        if grant.grantee_id == who.id
        and grant.basis is Basis.BREAK_GLASS
        and holds(grant.period, moment)
    ]
    return frozenset[Category]().union(*(categories_in(grant.categories) for grant in mine))


def test_it_opens_identity_existence_medical_data_and_the_plan_made_in_treatment() -> None:
    found = [g for g in grants(world(broken())) if g.grantee_id == COLLEAGUE.id]
    by_scope = {(g.sender_organisation_id, g.record_id): categories_in(g.categories) for g in found}
    assert by_scope == {
        (None, None): {C.IDENTITY, C.EXISTENCE, C.MEDICAL},
        (COLLEAGUE.organisation_id, None): {C.EARLY_WARNING_PLAN},
        (None, named("glass")): {C.CONSENT},
    }
    assert {g.purposes for g in found} == {Purpose.EMERGENCY.bit}
    assert not any(g.creates for g in found)


def test_its_time_is_half_open_and_at_most_a_day_and_needs_an_end() -> None:
    edges = (day(2) - TICK, day(2), day(2) + HOURS - TICK, day(2) + HOURS)
    assert [bool(opened(world(broken()), at=at)) for at in edges] == [False, True, True, False]
    week = world(
        broken(period=Period(day(2), day(9))), treatments=(replace(TREATED, period=Period(day(0))),)
    )
    assert opened(week, at=day(3) - TICK)
    assert not opened(week, at=day(3))
    assert not opened(world(broken(period=Period(day(2)))))
    assert not opened(world(broken(period=Period(day(3), day(2)))), at=day(2))


@pytest.mark.parametrize(
    "who", [PSYCHOLOGIST, HIRED_IPS_COACH, COACH, EXPERT, MISFIT, TEAM_CLINICIAN]
)
def test_nobody_else_breaks_it_not_even_a_clinician_of_elsewhere(who: w.Member) -> None:
    assert not opened(world(broken(who)), who)


def test_it_opens_nothing_when_nobody_here_treats_the_client_then() -> None:
    gone = replace(CLINICIAN, period=Period(day(0), day(1)))
    others = tuple(m for m in ROSTER if m.id != CLINICIAN.id)
    assert not opened(world(broken(), treatments=()))
    assert not opened(world(broken(), treatments=(replace(TREATED, period=Period(day(3))),)))
    assert not opened(world(broken(), members=(*others, gone)))
    assert not opened(world(broken(), members=tuple(m for m in ROSTER if m is not CLINICIAN)))
    coach = w.Treatment(named("x"), COACH.id, Period(day(0)))
    assert not opened(world(broken(), treatments=(coach,)))


@pytest.mark.parametrize("reason", ["", " "])
def test_without_a_reason_it_opens_nothing_and_is_reviewed_all_the_same(reason: str) -> None:
    found = world(replace(broken(), reason=reason))
    assert not opened(found)
    assert [grant for grant in grants(found) if grant.basis is Basis.REVIEW]


def test_it_ends_with_the_membership() -> None:
    leaving = replace(COLLEAGUE, period=Period(day(0), day(2) + HOURS / 2))
    others = tuple(m for m in ROSTER if m.id != COLLEAGUE.id)
    found = world(broken(), members=(*others, leaving))
    assert opened(found, at=day(2))
    assert not opened(found, at=day(2) + HOURS / 2)


def test_a_block_does_not_stop_it_and_a_stand_in_does_not_inherit_it() -> None:
    barred = w.Block(named("b"), COLLEAGUE.organisation_id, None, frozenset(C), Period(day(0)))
    assert opened(world(broken(), blocks=(barred,))) == opened(world(broken()))
    cover = w.Substitution(named("s"), COLLEAGUE.id, CLINICIAN.id, Period(day(0)))
    assert not opened(world(broken(), substitutions=(cover,)), CLINICIAN)


def test_what_is_never_stays_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {
        **ceilings.ceiling(),
        (C.MEDICAL, Role.CLINICIAN): ceilings.Cell(Ground.NEVER),
    }
    monkeypatch.setattr("app.access.policy.emergency.ceiling", lambda _version: cells)
    assert opened(world(broken())) & {C.IDENTITY, C.MEDICAL} == {C.IDENTITY}


def test_the_desk_reviews_that_one_record_from_then_on_whoever_looks_back() -> None:
    (review,) = [g for g in grants(world(broken())) if g.basis is Basis.REVIEW]
    assert (review.grantee_id, review.record_id) == (DESK, named("glass"))
    assert review.period == Period(day(2))
    assert categories_in(review.categories) == {C.CONSENT, C.ACCESS_LOG}
    assert not [g for g in grants(world(broken(COACH))) if g.basis is Basis.REVIEW]


def test_it_is_no_other_purpose_and_no_other_ground_is_an_emergency() -> None:
    answer = Answer(world(broken(), treatments=(TREATED,)))
    emergency = {g.basis for g in answer.grants if g.purposes & Purpose.EMERGENCY.bit}
    assert emergency == {Basis.BREAK_GLASS}


def test_whether_an_organisation_treats_is_asked_of_this_very_moment() -> None:
    found = world(broken())
    here = CLINICIAN.organisation_id
    edges = [(day(0) - TICK, False), (day(0), True), (day(5) - TICK, True), (day(5), False)]
    for at, treated in edges:
        assert treats(found, here, at) is treated
    assert not treats(found, COACH.organisation_id, day(1))
    assert not treats(found, None, day(1))
    misfit = w.Treatment(named("m"), MISFIT.id, Period(day(0)))
    assert not treats(world(broken(), treatments=(misfit,)), MISFIT.organisation_id, day(1))
    left = replace(CLINICIAN, period=Period(day(0), day(1)))
    assert not treats(world(broken(), members=(left,)), here, day(1))
