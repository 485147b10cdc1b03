"""Whose yes counts: the parent's, both, or the client's own (Dutch Civil Code 7:447, 450, 465)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.access import world as w
from app.access.policy import grants
from app.access.policy.ages import birthday
from app.access.vocabulary import Basis, Category, Grant, Period, Purpose, Role
from tests.rules.policy_worlds import (
    CASE_MANAGER,
    COACH,
    EMPLOYER,
    EXPERT,
    GROWN,
    IPS_COACH,
    T1,
    T2,
    Answer,
    holds,
    named,
)

C = Category
TICK = timedelta(microseconds=1)
BORN = date(2013, 3, 10)
TWELVE, SIXTEEN, EIGHTEEN = (birthday(BORN, age) for age in (12, 16, 18))
SINCE = birthday(BORN, 5)
ALWAYS = Period(SINCE)
COACHED = replace(COACH, period=ALWAYS)
OWN, PARENTS = named("own"), named("parents")


def yes(*categories: Category, parents: bool = False, **changed: Any) -> w.Consent:
    fields: dict[str, Any] = {
        "id": PARENTS if parents else OWN,
        "trajectory_id": None,
        "sender_organisation_id": None,
        "recipient_organisation_id": COACH.organisation_id,
        "recipient_role": COACH.role,
        "recipient_membership_id": None,
        "categories": frozenset(categories or {C.WORK_QUESTION, C.ACCOMMODATION}),
        "purposes": frozenset(Purpose),
        "period": ALWAYS,
        "by_representative": parents,
        "given_at": SINCE,
        **changed,
    }
    return w.Consent(**fields)


def world_of(*consents: w.Consent, born: date | None = BORN, **facts: Any) -> w.World:
    seat = w.Assignment(named("seat"), T1, COACH.id, ALWAYS)
    found = {"members": (COACHED,), "assignments": (seat,), **facts}
    return w.World(consents=consents, born=born, **found)


def opened(world: w.World, moment: datetime) -> list[Grant]:
    bases = {Basis.CONSENT, Basis.REFERRAL}
    found = [g for g in grants(world) if g.basis in bases and holds(g.period, moment)]
    return [grant for grant in found if grant.categories and grant.purposes]


EDGES = (TWELVE - TICK, TWELVE, SIXTEEN - TICK, SIXTEEN, EIGHTEEN - TICK, EIGHTEEN)


@pytest.mark.parametrize(
    ("consents", "open_at"),
    [
        ((yes(),), (False, False, False, True, True, True)),
        ((yes(parents=True),), (True, False, False, False, False, False)),
        ((yes(), yes(parents=True)), (True, True, True, True, True, True)),
        ((), (False,) * 6),
    ],
    ids=["own", "parents", "both", "none"],
)
def test_under_12_the_parent_from_12_both_from_16_the_client_alone(
    consents: tuple[w.Consent, ...], open_at: tuple[bool, ...]
) -> None:
    assert tuple(bool(opened(world_of(*consents), at)) for at in EDGES) == open_at


def test_an_unknown_age_makes_no_yes_count() -> None:
    pair = [yes(parents=parents) for parents in (False, True)]
    for given in ((pair[0],), (pair[1],), tuple(pair)):
        for at in EDGES:
            assert not opened(world_of(*given, born=None), at)


@pytest.mark.parametrize(("given", "counts"), [(-TICK, False), (TICK * 0, True), (TICK, True)])
def test_a_representative_of_one_of_16_counts_only_for_what_was_agreed_from_then_on(
    given: timedelta, *, counts: bool
) -> None:
    for period in (ALWAYS, Period(SIXTEEN + TICK)):  # also when it was to begin later
        later = yes(parents=True, given_at=SIXTEEN + given, period=period)
        assert bool(opened(world_of(later), EIGHTEEN)) is counts
        assert not opened(world_of(later), SIXTEEN - TICK)
    assert not opened(world_of(yes(parents=True, given_at=None)), EIGHTEEN)


def test_from_16_the_client_takes_back_alone_what_both_agreed_to() -> None:
    ended = yes(period=Period(SINCE, SIXTEEN + TICK))
    world = world_of(ended, yes(parents=True))
    assert [bool(opened(world, at)) for at in (SIXTEEN, SIXTEEN + TICK)] == [True, False]


@pytest.mark.parametrize("who", [False, True])
def test_either_takes_it_back_alone(*, who: bool) -> None:
    at = TWELVE + timedelta(days=9)
    pair = [yes(parents=p, period=Period(SINCE, at if p is who else None)) for p in (False, True)]
    assert opened(world_of(*pair), at - TICK)
    assert not opened(world_of(*pair), at)


OTHER: dict[str, Any] = {
    "recipient_organisation_id": EXPERT.organisation_id,
    "recipient_role": Role.JOB_COACH,
    "recipient_membership_id": EXPERT.id,
    "trajectory_id": T2,
    "sender_organisation_id": named("another sender"),
    "record_id": named("another record"),
    "categories": frozenset({C.WELLBEING}),
    "purposes": frozenset({Purpose.BENEFIT_ADMINISTRATION}),
    "period": Period(SIXTEEN),
}


@pytest.mark.parametrize("dimension", OTHER)
def test_two_that_differ_in_one_dimension_never_make_one(dimension: str) -> None:
    own = yes(
        recipient_membership_id=COACH.id,
        trajectory_id=T1,
        sender_organisation_id=named("sender"),
        record_id=named("record"),
    )
    parents = replace(own, id=PARENTS, by_representative=True)
    assert opened(world_of(own, parents), TWELVE)
    assert not opened(world_of(own, replace(parents, **{dimension: OTHER[dimension]})), TWELVE)


@pytest.mark.parametrize("wide", [False, True])
def test_of_two_that_differ_in_width_the_narrower_counts(*, wide: bool) -> None:
    narrow: dict[str, Any] = {
        "recipient_membership_id": COACH.id,
        "trajectory_id": T1,
        "sender_organisation_id": named("sender"),
        "record_id": named("record"),
        "categories": frozenset({C.ACCOMMODATION}),
        "purposes": frozenset({Purpose.REINTEGRATION}),
        "period": Period(TWELVE, TWELVE + TICK),
    }
    world = world_of(*(yes(parents=p, **(narrow if p is wide else {})) for p in (False, True)))
    (grant,) = opened(world, TWELVE)
    assert (grant.categories, grant.purposes) == (C.ACCOMMODATION.bit, Purpose.REINTEGRATION.bit)
    assert (grant.trajectory_id, grant.record_id) == (None, named("record"))
    assert (grant.sender_organisation_id, grant.period) == (named("sender"), narrow["period"])


NARROWED: dict[str, Any] = {
    "recipient_membership_id": EXPERT.id,
    "trajectory_id": T2,
    "purposes": frozenset({Purpose.BENEFIT_ADMINISTRATION}),
}


@pytest.mark.parametrize("parents", [False, True])
@pytest.mark.parametrize("dimension", NARROWED)
def test_what_one_of_two_narrows_down_is_narrow_for_both(dimension: str, *, parents: bool) -> None:
    """To somebody else, elsewhere, or for what a coach does not do: it opens nothing to him."""
    narrow = yes(parents=parents, **{dimension: NARROWED[dimension]})
    wide = yes(parents=not parents)
    assert not opened(world_of(narrow, wide), TWELVE)
    assert opened(world_of(yes(parents=parents), wide), TWELVE)


def test_a_file_that_opens_record_by_record_needs_both_to_name_the_record() -> None:
    """Gate 16: a yes to the whole file is no yes to one record of it."""
    facts: dict[str, Any] = {
        "members": (replace(IPS_COACH, period=ALWAYS),),
        "assignments": (w.Assignment(named("seat"), T1, IPS_COACH.id, ALWAYS),),
    }
    to: dict[str, Any] = {
        "recipient_organisation_id": IPS_COACH.organisation_id,
        "recipient_role": IPS_COACH.role,
        "categories": frozenset({C.MEDICAL, C.WELLBEING}),
    }
    one: dict[str, Any] = {**to, "record_id": named("record")}
    both = world_of(yes(**one), yes(parents=True, **one), **facts)
    (grant,) = opened(both, TWELVE)
    assert grant.categories == C.MEDICAL.bit | C.WELLBEING.bit
    for mine, theirs in ((one, to), (to, one)):
        (grant,) = opened(world_of(yes(**mine), yes(parents=True, **theirs), **facts), TWELVE)
        assert grant.categories == C.WELLBEING.bit


def test_an_inbox_and_an_employer_wait_for_both_too() -> None:
    inbox: dict[str, Any] = {
        "recipient_organisation_id": CASE_MANAGER.organisation_id,
        "recipient_role": CASE_MANAGER.role,
        "categories": frozenset({C.EXISTENCE}),
    }
    referral = w.Referral(
        named("r"),
        T1,
        CASE_MANAGER.organisation_id,
        CASE_MANAGER.inbox_id,
        CASE_MANAGER.role,
        ALWAYS,
    )
    work: dict[str, Any] = {
        "recipient_organisation_id": EMPLOYER.organisation_id,
        "recipient_role": EMPLOYER.role,
        "categories": frozenset({C.ACCOMMODATION}),
    }
    contract = w.Contract(
        named("placement"), T1, EMPLOYER.organisation_id, EMPLOYER.inbox_id, ALWAYS
    )
    for to, facts in ((inbox, {"referrals": (referral,)}), (work, {"contracts": (contract,)})):
        alone = world_of(yes(**to), assignments=(), members=(), **facts)
        assert not opened(alone, TWELVE)
        both = replace(alone, consents=(yes(**to), yes(parents=True, **to)))
        assert opened(both, TWELVE)


def test_age_says_nothing_about_treatment_or_a_legal_task() -> None:
    task = w.Responsibility(named("task"), T1, EXPERT.organisation_id, ALWAYS)
    seat = w.Assignment(named("seat"), T1, EXPERT.id, ALWAYS)
    young = world_of(
        members=(replace(EXPERT, period=ALWAYS),), assignments=(seat,), responsibilities=(task,)
    )
    assert Answer(young).at(TWELVE) == Answer(replace(young, born=GROWN)).at(TWELVE)
    assert Answer(young).at(TWELVE)
