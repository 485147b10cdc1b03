"""The WGB process without a database: needs as a set, the clock, pauses, and what a role reads."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from app.access.vocabulary import FUNDERS, Role
from app.domain.trajectory.rules.clock import add_months, clock_of
from app.domain.trajectory.rules.end_reasons import EndReason, coarse_end, lacking, may_end
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone, Reached, audience_of
from app.domain.trajectory.rules.pauses import PauseReason, coarse, kept_as
from app.domain.trajectory.rules.presentation import WAITS, seen_by
from app.domain.trajectory.rules.process import (
    State,
    StepState,
    start_conversation_lacks,
    states,
)
from app.domain.trajectory.rules.standing import Phase, Seat, Standing, phase_of
from app.domain.trajectory.rules.transitions import Move, possible, refusals
from app.domain.trajectory.rules.words import StepName

M = Milestone
BEFORE_START = (
    (M.WORK_QUESTION_ASKED, "2025-01-14"),
    (M.REFERRED, "2025-01-30"),
    (M.REFERRAL_ACCEPTED, "2025-02-04"),
    (M.UWV_MEDICAL_TALK, "2025-02-18"),
    (M.CONDITIONS_RELEASED, "2025-02-20"),
    (M.WORK_TALK, "2025-03-04"),
    (M.COACH_LINKED, "2025-03-11"),
    (M.PLAN_REFINED, "2025-03-20"),
    (M.PLAN_AGREED, "2025-03-20"),
    (M.PREPARATION_DONE, "2025-03-25"),
)
ONLY_AT_UWV = {M.UWV_MEDICAL_TALK, M.CONDITIONS_RELEASED}


def reached(*moments: tuple[Milestone, str]) -> list[Reached]:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        Reached(milestone, date.fromisoformat(day), start + timedelta(minutes=place))
        for place, (milestone, day) in enumerate(moments)
    ]


def ready(
    without: Iterable[Milestone] = (),
    *more: tuple[Milestone, str],
    variant: Variant = Variant.UWV,
    consents: bool = True,
) -> Standing:
    moments = [moment for moment in BEFORE_START if moment[0] not in set(without)]
    return Standing(
        reached=reached(*moments, *more),
        variant=variant,
        may_refer=True,
        consents_in_place=consents,
        taking_part=frozenset(Seat),
    )


def step(standing: Standing, name: StepName) -> StepState:
    return next(found for found in states(standing) if found.name is name)


def test_the_start_conversation_is_possible_once_every_need_of_the_set_is_met() -> None:
    assert step(ready(), StepName.START_CONVERSATION).state is State.POSSIBLE
    assert start_conversation_lacks(ready(), frozenset(Seat)) == ()


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (M.WORK_TALK, "work_talk_held"),
        (M.PLAN_AGREED, "plan_agreed"),
        (M.PREPARATION_DONE, "preparation_done"),
    ],
)
def test_the_start_conversation_waits_for_each_single_need(missing: Milestone, named: str) -> None:
    found = step(ready([missing]), StepName.START_CONVERSATION)
    assert (found.state, found.lacks) == (State.WAITING, (named,))
    assert start_conversation_lacks(ready([missing]), frozenset(Seat)) == (named,)


def test_without_consents_or_with_an_empty_chair_the_start_conversation_does_not_count() -> None:
    assert start_conversation_lacks(ready(consents=False), frozenset(Seat)) == (
        "consents_in_place",
    )
    three = frozenset(Seat) - {Seat.AUTHORITY}
    assert start_conversation_lacks(ready(), three) == ("all_present",)


def test_the_client_may_accept_that_one_party_is_absent() -> None:
    accepted = Reached(M.ABSENCE_ACCEPTED, date(2025, 4, 2), datetime.now(UTC), "authority")
    standing = Standing(
        [*ready().reached, accepted], Variant.UWV, consents_in_place=True, taking_part=frozenset()
    )
    assert start_conversation_lacks(standing, frozenset(Seat) - {Seat.AUTHORITY}) == ()
    assert start_conversation_lacks(standing, frozenset(Seat) - {Seat.COACH}) == ("all_present",)


def test_the_plan_that_counts_is_the_one_the_coach_refined_afterwards() -> None:
    older = [moment for moment in BEFORE_START if moment[0] is not M.PLAN_AGREED]
    agreed_first = Standing(reached((M.PLAN_AGREED, "2025-03-05"), *older), Variant.UWV)
    assert step(agreed_first, StepName.PLAN_REFINED).state is State.CURRENT
    assert step(ready(), StepName.PLAN_REFINED).state is State.DONE


def test_preparation_runs_beside_the_talks_at_uwv() -> None:
    referred = Standing(reached(*BEFORE_START[:2]))
    assert step(referred, StepName.PSYCHOLOGICAL_ANAMNESIS).state is State.POSSIBLE
    assert step(referred, StepName.WORK_TALK).state is State.WAITING


def test_in_the_municipal_variant_there_is_no_physician_and_a_case_manager_in_the_seat() -> None:
    municipal = ready(ONLY_AT_UWV | {M.WORK_TALK}, variant=Variant.MUNICIPAL)
    assert step(municipal, StepName.UWV_MEDICAL_TALK).state is State.NOT_APPLICABLE
    talk = step(municipal, StepName.WORK_TALK)
    assert talk.state is State.POSSIBLE
    assert Role.MUNICIPAL_CASE_MANAGER in talk.acts
    assert Role.LABOUR_EXPERT not in talk.acts
    assert refusals(Role.INSURANCE_PHYSICIAN, Move.UWV_MEDICAL_TALK, municipal) == (
        "not_applicable",
    )


def test_a_referral_that_was_refused_can_be_sent_again() -> None:
    refused = Standing(
        reached(*BEFORE_START[:2], (M.REFERRAL_REFUSED, "2025-02-04")), may_refer=True
    )
    assert step(refused, StepName.REFERRAL).state is State.POSSIBLE
    assert phase_of(refused.reached) == (Phase.INTAKE, date(2025, 1, 14))


def test_a_funder_reads_that_it_waits_and_never_for_what() -> None:
    standing = ready([M.PREPARATION_DONE, M.PLAN_AGREED], consents=False)
    for role in (Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER):
        views = {view.name: view for view in seen_by(role, states(standing))}
        assert views["start_conversation"].lacks == (WAITS,)
        assert "psychological_anamnesis" not in views
        assert "work_question" not in views
        assert views["preparation"].acts == ("clinician",)
        assert views["preparation"].records == ()


def test_the_insurance_physician_sees_his_own_step_only() -> None:
    views = seen_by(Role.INSURANCE_PHYSICIAN, states(ready()))
    assert [view.name for view in views] == ["uwv_medical_talk"]


def test_what_a_funder_may_never_know_is_addressed_to_no_funder() -> None:
    private = {
        M.PSYCHOLOGICAL_ANAMNESIS,
        M.ANAMNESIS_DECLINED,
        M.ADVICE_RELEASED,
        M.CONSENT_GIVEN,
        M.CONSENT_WITHDRAWN,
        M.CRISIS,
        M.LIFE_EVENT,
        M.DISCLOSURE_TALK,
        M.OUTREACH,
        M.END_REASON,
    }
    barred = FUNDERS | {Role.EMPLOYER, Role.SUPERVISOR}
    for milestone in private:
        assert not barred & set(audience_of(milestone)), milestone
    for milestone in Milestone:
        assert Role.CLIENT in audience_of(milestone), milestone
        assert Role.EMPLOYER not in audience_of(milestone), milestone


def test_the_clock_starts_at_the_conversation_and_only_once_it_is_confirmed() -> None:
    held = [*BEFORE_START, (M.START_CONVERSATION, "2025-03-03")]
    assert clock_of(18, reached(*held), date(2025, 4, 1)) is None
    clock = clock_of(
        18, reached(*held, (M.START_CONVERSATION_CONFIRMED, "2025-03-06")), date(2025, 4, 1)
    )
    assert clock is not None
    assert (clock.starts_on, clock.ends_on) == (date(2025, 3, 3), date(2026, 9, 3))
    assert clock.reviews_on == (date(2026, 3, 3), date(2026, 9, 3))


def test_a_pause_of_77_days_leaves_the_end_where_it_is_and_stands_beside_it() -> None:
    clock = clock_of(
        18,
        reached(
            (M.START_CONVERSATION, "2025-03-03"),
            (M.START_CONVERSATION_CONFIRMED, "2025-03-03"),
            (M.PAUSED, "2025-08-25"),
            (M.RESUMED, "2025-11-10"),
        ),
        date(2026, 1, 1),
    )
    assert clock is not None
    assert clock.days_paused == 77
    assert clock.ends_on == date(2026, 9, 3)
    assert clock.ends_on_with_pauses == date(2026, 11, 19)


def test_an_extension_moves_the_end_to_18_months() -> None:
    moments = [
        (M.START_CONVERSATION, "2025-04-03"),
        (M.START_CONVERSATION_CONFIRMED, "2025-04-07"),
    ]
    short = clock_of(12, reached(*moments), date(2025, 5, 1))
    longer = clock_of(12, reached(*moments, (M.EXTENDED, "2026-03-01")), date(2026, 3, 1))
    assert short is not None
    assert longer is not None
    assert (short.ends_on, longer.ends_on) == (date(2026, 4, 3), date(2026, 10, 3))


def test_months_end_on_the_last_day_when_the_same_day_does_not_exist() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 8, 31), 18) == date(2027, 2, 28)


def test_a_refused_work_question_a_pause_and_a_crisis_end_nothing() -> None:
    moments = [*BEFORE_START, (M.START_CONVERSATION, "2025-04-03")]
    active = [*moments, (M.START_CONVERSATION_CONFIRMED, "2025-04-07")]
    shaken = reached(*active, (M.CRISIS, "2025-08-25"), (M.PAUSED, "2025-08-25"))
    assert phase_of(shaken) == (Phase.ACTIVE, date(2025, 4, 7))
    assert step(Standing(shaken, Variant.UWV), StepName.FINAL_REVIEW).state is State.POSSIBLE


def test_only_who_keeps_the_contact_log_ends_for_lack_of_contact_and_after_outreach() -> None:
    reason = EndReason.NO_CONTACT_AFTER_OUTREACH
    assert may_end(Role.REINTEGRATION_COACH, reason)
    assert not may_end(Role.LABOUR_EXPERT, reason)
    assert lacking(reason, final_review=False, outreach=1) == "outreach_not_documented"
    assert lacking(reason, final_review=False, outreach=2) is None


def test_reasons_told_to_funders_name_no_health_crisis_or_choice() -> None:
    for reason in (EndReason.HEALTH, EndReason.CLIENT_STOPPED, EndReason.DECEASED):
        assert coarse_end(reason) == coarse_end(EndReason.RELOCATED) == "ended_early"
    for pause in set(PauseReason) - {PauseReason.ORGANISATIONAL}:
        assert coarse(pause) == "client_related"
    assert not any(kept_as(role) for role in FUNDERS)


def test_after_the_end_nothing_moves_but_aftercare() -> None:
    ended = ready((), (M.ENDED, "2026-04-03"))
    for role in Role:
        assert set(possible(role, ended)) <= {"aftercare_agreed"}
