"""Laws of the policy that hold in every world (invariants of the access model, section 7).

Each law also counts how often its interesting case came up: a law that is never tried proves
nothing.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import ceilings
from app.access import world as w
from app.access.policy import grants
from app.access.vocabulary import PERSONS, Basis, Category, Ground, Period, Purpose, Role, mask_of
from tests.rules import policy_worlds as worlds_of
from tests.rules.policy_worlds import (
    BLOCKS,
    CONSENTS,
    MISFIT,
    MOMENTS,
    ROLE_OF,
    ROSTER,
    T1,
    T2,
    Answer,
    day,
    holds,
    member,
    named,
    numbered,
    with_more,
    without,
    worlds,
)

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
LAW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
EXTRA = named("one more")


BY_CONSENT = {Basis.CONSENT, Basis.REFERRAL}
"""What stands on a consent alone."""


def test_i01_whoever_no_fact_names_gets_nothing() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), st.sampled_from(ROSTER))
    def law(world: w.World, who: w.Member) -> None:
        stranger = without(
            world,
            treatments=lambda f: f.membership_id == who.id,
            assignments=lambda f: f.membership_id == who.id,
            confirmations=lambda f: f.membership_id == who.id,
            consents=lambda f: f.recipient_membership_id == who.id,
            substitutions=lambda f: f.substitute_membership_id == who.id,
            supervisions=lambda f: f.supervisor_membership_id == who.id,
            broken=lambda f: f.membership_id == who.id,
        )
        reached["had something"] += any(g.grantee_id == who.id for g in grants(world))
        assert not [g for g in grants(stranger) if g.grantee_id == who.id]

    law()
    assert grants(w.World()) == grants(w.World(members=ROSTER)) == frozenset()
    assert reached["had something"] > 10, reached


def test_i02_what_is_never_stays_shut_whatever_is_signed() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds())
    def law(world: w.World) -> None:
        people = {person.id: person.role for person in world.persons}
        versions = {m.id: m.policy_version for m in world.members}
        for consent in world.consents:
            cells = ceilings.ceiling()
            reached["asked for what is never"] += any(
                cells[c, consent.recipient_role].ground is Ground.NEVER for c in consent.categories
            )
        for grant in grants(world):
            role = {**ROLE_OF, **people, worlds_of.DESK: Role.PRIVACY_DESK}.get(grant.grantee_id)
            if role is None:
                assert grant.basis is Basis.AUTHOR
                continue
            cells = ceilings.ceiling(versions.get(grant.grantee_id, 1))
            never = {c for c in Category if cells[c, role].ground is Ground.NEVER}
            assert not grant.categories & mask_of(never)
            if grant.basis in {Basis.CONSENT, Basis.SUPPORTER, Basis.MANDATE}:
                shut = {c for c in Category if cells[c, role].ground in SHUT_TO_CONSENT}
                assert not grant.categories & mask_of(shut)
                reached["by consent"] += 1
            if grant.basis is Basis.CONSENT:
                assert not grant.categories & Category.BSN.bit

    law()
    assert min(reached["asked for what is never"], reached["by consent"]) > 20, reached


SHUT_TO_CONSENT = {
    Ground.NEVER,
    Ground.OWN,
    Ground.REQUEST,
    Ground.SUPERVISE,
    Ground.TECHNICAL,
    Ground.GROUPED,
}


def test_every_grant_stands_on_a_fact_of_this_world_that_is_then_in_force() -> None:
    reached = Counter[Basis]()

    @LAW
    @given(worlds())
    def law(world: w.World) -> None:
        facts = {
            getattr(fact, worlds_of.KEY.get(kind.name, "id")): fact
            for kind in fields(w.World)
            if kind.name not in {"members", "members_by_id", "erased", "born"}
            for fact in getattr(world, kind.name)
        }
        for grant in grants(world):
            reached[grant.basis] += 1
            stands_on = facts[grant.basis_id].period
            for moment in MOMENTS:
                if not holds(grant.period, moment):
                    continue
                if grant.basis is Basis.CONTROLLER:
                    assert stands_on.valid_until is not None
                    assert stands_on.valid_until <= moment
                elif grant.basis is Basis.REVIEW:  # what was done is reviewed afterwards too
                    assert stands_on.valid_from <= moment
                else:
                    assert holds(stands_on, moment), (grant, moment)

    law()
    assert not [basis for basis in Basis if reached[basis] < 5], reached


def test_i05_a_withdrawn_consent_is_as_one_never_given_from_that_moment() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), CONSENTS, st.integers(0, 5))
    def law(world: w.World, consent: w.Consent, withdrawn: int) -> None:
        consent = replace(consent, id=EXTRA, period=Period(day(0)))
        ended = replace(consent, period=Period(day(0), day(withdrawn)))
        given_once = Answer(with_more(world, "consents", ended))
        never, still = Answer(world), Answer(with_more(world, "consents", consent))
        for moment in MOMENTS:
            if moment >= day(withdrawn):
                assert given_once.at(moment) == never.at(moment)
                reached["lost"] += still.at(moment) != never.at(moment)
            else:
                assert given_once.at(moment) == still.at(moment)

    law()
    assert reached["lost"] > 10, reached


def test_i06_periods_begin_at_their_first_moment_and_end_before_their_last() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds_of.PERIODS, worlds_of.PERIODS)
    def law(one: Period, other: Period) -> None:
        both, left = one.meets(other), one.without(other)
        for moment in MOMENTS:
            inside = holds(one, moment), holds(other, moment)
            reached[str(inside)] += 1
            assert (both is not None and holds(both, moment)) == all(inside)
            assert sum(holds(piece, moment) for piece in left) == (inside == (True, False))

    law()
    assert len(reached) == 4, reached
    assert min(reached.values()) > 20, reached
    base = w.World(
        members=(worlds_of.CLINICIAN,),
        treatments=(w.Treatment(named("t"), worlds_of.CLINICIAN.id, Period(day(1), day(2))),),
    )
    tick = timedelta(microseconds=1)
    edges = (day(1) - tick, day(1), day(2) - tick, day(2))
    opened = [bool(Answer(base).at(edge)) for edge in edges]
    assert opened == [False, True, True, False]


OFF: dict[str, Any] = {
    "another organisation": {"recipient_organisation_id": named("elsewhere")},
    "another role": {"recipient_role": Role.JOB_COACH},
    "another person": {"recipient_membership_id": named("somebody else")},
    "another trajectory": {"trajectory_id": T2},
    "another moment": {"period": Period(day(50))},
    "another category": {"categories": frozenset({Category.WELLBEING})},
    "another purpose": {"purposes": frozenset()},
}


@pytest.mark.parametrize("off", OFF)
def test_i07_one_dimension_off_and_a_consent_opens_nothing_of_it(off: str) -> None:
    reached = Counter[str]()

    @settings(LAW, max_examples=15)
    @given(
        worlds(consents=(), blocks=(), substitutions=(), contracts=()),
        st.sampled_from([worlds_of.EXPERT, worlds_of.COACH, worlds_of.IPS_COACH]),
    )
    def law(world: w.World, to: w.Member) -> None:
        asked = frozenset({Category.WORK_QUESTION, Category.ACCOMMODATION})
        consent = w.Consent(
            EXTRA,
            T1,
            None,
            to.organisation_id,
            to.role,
            None,
            asked,
            frozenset(Purpose),
            Period(day(0)),
        )
        assigned = w.Assignment(named("here"), T1, to.id, Period(day(0)))
        grown = replace(world, born=worlds_of.GROWN)
        world = replace(grown, members=ROSTER, assignments=(assigned,), treatments=())
        right = Answer(replace(world, consents=(consent,)))
        wrong = Answer(replace(world, consents=(replace(consent, **OFF[off]),)))
        for moment in MOMENTS:
            opened = right.at(moment).where(lambda way: way.basis in BY_CONSENT)
            still = wrong.at(moment)
            reached["opened"] += bool(opened)
            assert not [way for way in opened if opened[way] & still.get(way, 0)]

    law()
    assert reached["opened"] > 20, reached


def test_i08_more_consent_never_removes() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), CONSENTS)
    def law(world: w.World, consent: w.Consent) -> None:
        before = Answer(world)
        after = Answer(with_more(world, "consents", replace(consent, id=EXTRA)))
        for moment in MOMENTS:
            assert before.at(moment).within(after.at(moment))
        reached["added"] += before.grants != after.grants

    law()
    assert reached["added"] > 4, reached


def test_i09_a_block_never_adds_and_never_touches_a_legal_task() -> None:
    reached = Counter[str]()
    lawful = {Basis.STATUTORY, Basis.SELF, Basis.REQUEST, Basis.BREAK_GLASS, Basis.REVIEW}

    @LAW
    @given(worlds(), BLOCKS)
    def law(world: w.World, block: w.Block) -> None:
        before = Answer(world)
        after = Answer(with_more(world, "blocks", replace(block, id=EXTRA)))
        for moment in MOMENTS:
            was, still = before.at(moment), after.at(moment)
            assert still.within(was)
            assert was.where(lambda way: way.basis in lawful).within(still)
            reached["barred"] += still != was
            reached["lawful"] += any(way.basis is Basis.STATUTORY for way in was)

    law()
    assert min(reached["barred"], reached["lawful"]) > 10, reached


def test_i09_a_block_shuts_all_that_it_names_for_all_whom_it_names() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), BLOCKS)
    def law(world: w.World, block: w.Block) -> None:
        barred = {
            m.id
            for m in world.members
            if block.membership_id == m.id or block.organisation_id == m.organisation_id
        }
        before, after = Answer(world), Answer(with_more(world, "blocks", block))
        for moment in MOMENTS:
            if holds(block.period, moment):
                left = after.at(moment).where(lambda way: way.grantee in barred)
                kept = left.about(block.categories)
                assert {way.basis for way in kept} <= {Basis.STATUTORY, Basis.BREAK_GLASS}
                reached["barred"] += before.at(moment) != after.at(moment)

    law()
    assert reached["barred"] > 10, reached


def test_i09_a_stricter_ceiling_never_adds() -> None:
    reached = Counter[str]()

    @settings(LAW, max_examples=25)
    @given(worlds(), st.sampled_from(Category), st.sampled_from(ROSTER))
    def law(world: w.World, category: Category, whom: w.Member) -> None:
        before = Answer(world)
        with stricter(category, whom.role):
            after = Answer(world)
        for moment in MOMENTS:
            was, still = before.at(moment), after.at(moment)
            assert still.where(lambda way: not way.adds).within(was)
            reached["less"] += was != still

    law()
    assert reached["less"] > 5, reached


@contextmanager
def stricter(category: Category, role: Role) -> Iterator[None]:
    """The ceiling with one cell shut."""
    read = ceilings._rows
    cached = (ceilings.ceiling, ceilings.opened_by, ceilings.open_to_consent)

    def shut(name: str) -> list[dict[str, str]]:
        rows = read(name)
        for row in rows:
            if name.startswith("ceiling") and row["category"] == category:
                row[role] = Ground.NEVER
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ceilings, "_rows", shut)
        for function in cached:
            function.cache_clear()
        yield
    for function in cached:
        function.cache_clear()


def test_i10_the_order_of_facts_and_their_duplicates_do_not_matter() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), st.lists(BLOCKS, min_size=2, max_size=4), st.integers(0, 9))
    def law(world: w.World, blocks: list[w.Block], seed: int) -> None:
        world = replace(world, blocks=numbered("blocks", blocks))
        chance = random.Random(seed)
        mixed: dict[str, Any] = {}
        for kind in fields(w.World):
            if kind.init and kind.name not in {"erased", "born"}:
                facts = list(getattr(world, kind.name))
                facts += facts[:1]
                chance.shuffle(facts)
                mixed[kind.name] = tuple(facts)
        reached["mixed"] += mixed["consents"] != world.consents
        assert grants(w.World(**mixed, born=world.born)) == grants(world)

    law()
    assert reached["mixed"] > 20, reached


def test_i10_overlapping_blocks_leave_the_same_grants_in_any_order() -> None:
    """The stored grants are compared as rows: another cut of the same time would be a change."""
    barred = frozenset({Category.MEDICAL})
    blocks = tuple(
        w.Block(named(f"{place}"), worlds_of.CLINICIAN.organisation_id, None, barred, period)
        for place, period in enumerate([Period(day(1), day(3)), Period(day(2), day(4))])
    )
    world = w.World(
        members=(worlds_of.CLINICIAN,),
        treatments=(w.Treatment(named("t"), worlds_of.CLINICIAN.id, Period(day(0))),),
        blocks=blocks,
    )
    assert grants(world) == grants(replace(world, blocks=blocks[::-1]))


def test_i12_two_halves_never_make_a_whole() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(consents=(), blocks=()), CONSENTS, CONSENTS)
    def law(world: w.World, one: w.Consent, other: w.Consent) -> None:
        one = replace(one, id=named("one"))
        other = replace(
            other,
            id=named("other"),
            recipient_organisation_id=one.recipient_organisation_id,
            recipient_role=one.recipient_role,
            recipient_membership_id=one.recipient_membership_id,
        )
        whole = replace(
            one,
            trajectory_id=None,
            categories=one.categories | other.categories,
            purposes=one.purposes | other.purposes,
        )
        halves = [Answer(replace(world, consents=(half,))) for half in (one, other)]
        both = Answer(replace(world, consents=(one, other)))
        more = Answer(replace(world, consents=(whole,)))
        for moment in MOMENTS:
            assert both.at(moment) == halves[0].at(moment).beside(halves[1].at(moment))
            reached["a whole would open more"] += not more.at(moment).within(both.at(moment))

    law()
    assert reached["a whole would open more"] > 5, reached


def test_i13_a_role_that_does_not_fit_its_organisation_has_no_rights() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds())
    def law(world: w.World) -> None:
        reached["recorded"] += any(f.membership_id == MISFIT.id for f in world.assignments)
        assert not [g for g in grants(world) if g.grantee_id == MISFIT.id]

    law()
    assert reached["recorded"] > 5, reached


def test_i13_a_consent_that_names_a_person_of_elsewhere_opens_nothing_to_that_person() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds(), CONSENTS, st.sampled_from(ROSTER))
    def law(world: w.World, consent: w.Consent, whom: w.Member) -> None:
        consent = replace(consent, id=EXTRA, recipient_membership_id=whom.id)
        stranger = (whom.organisation_id, whom.role) != (
            consent.recipient_organisation_id,
            consent.recipient_role,
        )
        if stranger:
            found = grants(with_more(world, "consents", consent))
            assert EXTRA not in {grant.basis_id for grant in found}
            reached["stranger"] += 1

    law()
    assert reached["stranger"] > 20, reached


def test_i13_a_person_named_in_a_consent_must_be_of_that_organisation_and_role_then() -> None:
    clerk, stranger = worlds_of.EXPERT, worlds_of.COACH
    boss = worlds_of.EMPLOYER
    everything = frozenset(Category), frozenset(Purpose)
    for right, to in ((clerk, clerk), (boss, boss)):
        consent = w.Consent(
            EXTRA, T1, None, to.organisation_id, to.role, right.id, *everything, Period(day(0))
        )
        world = w.World(
            members=ROSTER,
            born=worlds_of.GROWN,
            consents=(consent,),
            referrals=(
                w.Referral(
                    named("r"),
                    T1,
                    clerk.organisation_id,
                    clerk.inbox_id,
                    clerk.role,
                    Period(day(0)),
                ),
            ),
            contracts=(
                w.Contract(named("c"), T1, boss.organisation_id, boss.inbox_id, Period(day(0))),
            ),
        )
        named_only = {g.grantee_id for g in grants(world) if g.basis_id == EXTRA}
        assert named_only == {right.id}
        wrong = replace(world, consents=(replace(consent, recipient_membership_id=stranger.id),))
        assert EXTRA not in {g.basis_id for g in grants(wrong)}
        left = replace(right, period=Period(day(-9), day(-1)))
        gone = replace(world, members=(left,))
        assert EXTRA not in {g.basis_id for g in grants(gone)}
        barred = w.Block(named("b"), to.organisation_id, None, frozenset(Category), Period(day(0)))
        assert EXTRA not in {g.basis_id for g in grants(replace(world, blocks=(barred,)))}


def test_i13_unknown_words_are_errors_and_never_rights() -> None:
    unknown = member("m", Role.CLINICIAN, "ggz", worlds_of.KIND.GGZ_PROVIDER, policy_version=99)
    treated = w.Treatment(named("t"), unknown.id, Period(day(0)))
    with pytest.raises(ValueError, match="unknown policy version"):
        grants(w.World(members=(unknown,), treatments=(treated,)))
    for role in set(Role) - PERSONS:
        hat = w.Person(named("hat"), role, Period(day(0)), frozenset(Category))
        assert grants(w.World(persons=(hat,))) == frozenset()
    unnamed = w.Person(named("hat"), Role.REPRESENTATIVE, Period(day(0)), frozenset(Category))
    assert grants(w.World(persons=(unnamed,))) == frozenset()


def test_i14_no_right_outlives_the_membership() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds())
    def law(world: w.World) -> None:
        for grant in grants(world):
            whom = world.members_by_id.get(grant.grantee_id)
            if whom is None:
                continue
            reached["ends"] += whom.period.valid_until is not None
            for moment in MOMENTS:
                assert not holds(grant.period, moment) or holds(whom.period, moment), grant

    law()
    assert reached["ends"] > 20, reached


def test_i15_erasure_is_terminal() -> None:
    reached = Counter[str]()

    @LAW
    @given(worlds())
    def law(world: w.World) -> None:
        reached["had something"] += bool(grants(world))
        assert grants(replace(world, erased=True)) == frozenset()

    law()
    assert reached["had something"] > 20, reached
