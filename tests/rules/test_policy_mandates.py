"""Who acts for a client: by age, by decision, in the order of the law (Dutch Civil Code 7:465)."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.access import world as w
from app.access.policy import grants
from app.access.policy.ages import birthday
from app.access.vocabulary import Category, Period, Role, categories_in
from tests.rules.policy_worlds import ALWAYS, CLINICIAN, GROWN, Answer, day, holds, named

C, K = Category, w.MandateKind
SCOPE = frozenset({C.EXISTENCE, C.LADDER, C.MEDICAL, C.BENEFIT})
HAT = named("hat")
TICK = timedelta(microseconds=1)


def acting(kind: w.MandateKind, name: str = "hat", period: Period = ALWAYS) -> w.Person:
    return w.Person(named(name), Role.REPRESENTATIVE, period, SCOPE, kind)


def unable(*categories: Category, period: Period | None = None) -> w.Incapacity:
    return w.Incapacity(named("unable"), frozenset(categories), period or Period(day(0), day(4000)))


def seen(world: w.World, moment: Any, hat: str = "hat") -> frozenset[Category]:
    found = [g for g in grants(world) if g.grantee_id == named(hat) and holds(g.period, moment)]
    return frozenset[Category]().union(*(categories_in(g.categories) for g in found))


AGES = {
    K.PARENT: [(11, True), (12, True), (15, True), (16, False), (17, False), (18, False)],
    K.WRITTEN_AUTHORISATION: [(15, False), (16, True), (18, True), (80, True)],
    K.LEGAL_GUARDIAN: [(16, False), (17, False), (18, True), (80, True)],
    K.PERSONAL_CARE_GUARDIAN: [(17, False), (18, True)],
    K.FINANCIAL_ADMINISTRATOR: [(17, False), (18, True)],
    K.RELATIVE: [(11, False), (17, False), (18, False), (80, False)],
}


@pytest.mark.parametrize("kind", K)
def test_a_mandate_holds_at_the_age_that_it_is_for(kind: w.MandateKind) -> None:
    for age, opens in AGES[kind]:
        world = w.World(persons=(acting(kind),), born=date(2025 - age, 1, 1))
        assert bool(seen(world, day(30))) is opens, (kind, age)


@pytest.mark.parametrize(
    ("kind", "age", "before", "after"),
    [
        (K.PARENT, 16, True, False),
        (K.WRITTEN_AUTHORISATION, 16, False, True),
        (K.LEGAL_GUARDIAN, 18, False, True),
    ],
)
def test_a_birthday_counts_from_its_first_moment_here(
    kind: w.MandateKind, age: int, *, before: bool, after: bool
) -> None:
    world = w.World(persons=(acting(kind),), born=date(2025 - age, 1, 20))
    edge = birthday(date(2025 - age, 1, 20), age)
    assert edge.isoformat() == "2025-01-19T23:00:00+00:00"
    assert bool(seen(world, edge - TICK)) is before
    assert bool(seen(world, edge)) is after


def test_who_is_born_on_29_february_has_a_birthday_each_year() -> None:
    assert birthday(date(2004, 2, 29), 16).date() == date(2020, 2, 28)  # 29 February, in UTC
    assert birthday(date(2004, 2, 29), 18).date() == date(2022, 2, 28)  # 1 March, in UTC


def test_an_unknown_age_or_kind_opens_nothing() -> None:
    for kind in K:
        world = w.World(persons=(acting(kind),), incapacities=(unable(*Category),))
        assert grants(world) == frozenset()


def test_a_parent_speaks_for_one_of_16_or_17_only_where_found_unable_and_never_for_one_of_18() -> (
    None
):
    for age, opens in ((16, True), (17, True), (18, False)):
        world = w.World(
            persons=(acting(K.PARENT),),
            incapacities=(unable(C.LADDER),),
            born=date(2025 - age, 1, 1),
        )
        wanted = {C.LADDER, C.EXISTENCE} if opens else set()
        assert seen(world, day(30)) == wanted, age


@pytest.mark.parametrize("kind", [K.LEGAL_GUARDIAN, K.PERSONAL_CARE_GUARDIAN])
def test_a_guardian_reads_medical_data_only_while_the_client_cannot_weigh_that(
    kind: w.MandateKind,
) -> None:
    able = w.World(persons=(acting(kind),), born=GROWN)
    assert C.MEDICAL not in seen(able, day(1))
    assert C.LADDER in seen(able, day(1))
    found = unable(C.MEDICAL, period=Period(day(2), day(3)))
    world = w.World(persons=(acting(kind),), incapacities=(found,), born=GROWN)
    moments = (day(2) - TICK, day(2), day(3) - TICK, day(3))
    assert [C.MEDICAL in seen(world, at) for at in moments] == [False, True, True, False]
    other = w.World(persons=(acting(kind),), incapacities=(unable(C.LADDER),), born=GROWN)
    assert C.MEDICAL not in seen(other, day(1))
    assert (C.BENEFIT in seen(able, day(1))) is (kind is K.LEGAL_GUARDIAN)


def test_an_incapacity_without_an_end_is_none() -> None:
    endless = unable(*Category, period=Period(day(0)))
    world = w.World(persons=(acting(K.RELATIVE),), incapacities=(endless,), born=GROWN)
    assert grants(world) == frozenset()


@pytest.mark.parametrize(
    "above", [K.LEGAL_GUARDIAN, K.PERSONAL_CARE_GUARDIAN, K.WRITTEN_AUTHORISATION]
)
def test_a_relative_speaks_only_while_nobody_above_does(above: w.MandateKind) -> None:
    world = w.World(
        persons=(acting(K.RELATIVE),),
        mandates=(w.Mandate(named("other"), above, Period(day(2), day(3))),),
        incapacities=(unable(*Category),),
        born=GROWN,
    )
    moments = (day(2) - TICK, day(2), day(3) - TICK, day(3))
    assert [bool(seen(world, at)) for at in moments] == [True, False, False, True]
    assert not seen(w.World(persons=world.persons, born=GROWN), day(1))


@pytest.mark.parametrize("kind", K)
def test_the_client_bars_whom_the_law_lets_be_barred_also_when_found_unable(
    kind: w.MandateKind,
) -> None:
    born = date(2015, 1, 1) if kind is K.PARENT else GROWN
    block = w.Block(
        named("b"), None, None, frozenset({C.LADDER}), Period(day(2), day(3)), person_id=HAT
    )
    elsewhere = w.Block(named("c"), None, None, frozenset(C), ALWAYS, person_id=named("other"))
    world = w.World(
        persons=(acting(kind),),
        blocks=(block, elsewhere),
        incapacities=(unable(*Category),),
        born=born,
    )
    barred = kind not in {K.LEGAL_GUARDIAN, K.PARENT}
    moments = (day(2) - TICK, day(2), day(3) - TICK, day(3))
    opened = [C.LADDER in seen(world, at) for at in moments]
    assert opened == [True, not barred, not barred, True]
    assert C.EXISTENCE in seen(world, day(2))


def test_a_block_of_a_supporter_bars_the_supporter() -> None:
    friend = w.Person(HAT, Role.SUPPORTER, ALWAYS, frozenset({C.EXISTENCE, C.LADDER}))
    block = w.Block(named("b"), None, None, frozenset({C.LADDER}), ALWAYS, person_id=HAT)
    assert seen(w.World(persons=(friend,), blocks=(block,)), day(1)) == {C.EXISTENCE}


def test_a_mandate_says_nothing_about_professionals() -> None:
    """Facts about one kind of person never change what others see."""
    treated = w.Treatment(named("t"), CLINICIAN.id, ALWAYS)
    base = w.World(members=(CLINICIAN,), treatments=(treated,), born=GROWN)
    block = w.Block(named("b"), None, None, frozenset(C), ALWAYS, person_id=HAT)
    more = w.World(
        members=(CLINICIAN,),
        treatments=(treated,),
        born=GROWN,
        blocks=(block,),
        incapacities=(unable(*Category),),
    )
    assert Answer(base).at(day(1)) == Answer(more).at(day(1))
