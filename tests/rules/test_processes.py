"""The processes of all kinds, walked whole: what is forbidden is never reached, the rest always.

What must come before what is written down here once more, by hand, from the tables of part B; the
walk goes by the rules alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from app.access.vocabulary import FUNDERS, Role
from app.domain.reporting.rules.tasks import NO_ERRAND
from app.domain.trajectory.rules.clock import clock_of
from app.domain.trajectory.rules.end_reasons import EndReason, may_end
from app.domain.trajectory.rules.kinds import Kind, Variant
from app.domain.trajectory.rules.milestones import LEFT_ASIDE, Milestone, Reached, audience_of
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.practice import OadName, Programme, practice_of, practices
from app.domain.trajectory.rules.presentation import seen_by
from app.domain.trajectory.rules.process import (
    State,
    lacks_before,
    start_conversation_lacks,
    states,
)
from app.domain.trajectory.rules.processes import PROCESSES, process_of
from app.domain.trajectory.rules.standing import Phase, Seat, Standing, phase_of
from app.domain.trajectory.rules.steps import Region
from app.domain.trajectory.rules.terms import terms_of
from app.domain.trajectory.rules.transitions import possible, refusals, refusals_of_end
from app.domain.trajectory.rules.words import StepName

M = Milestone
NEW: list[Kind] = [kind for kind in Kind if kind is not Kind.WGB]
BEFORE: dict[Kind, dict[Milestone, set[Milestone]]] = {
    Kind.IPS: {
        M.WORK_WISH_EXPRESSED: set(),
        M.REFERRED: {M.WORK_WISH_EXPRESSED},
        M.REFERRAL_ACCEPTED: {M.REFERRED},
        M.APPLIED: {M.WORK_WISH_EXPRESSED, M.REFERRED},
        M.APPLICATION_APPROVED: {M.APPLIED, M.REFERRAL_ACCEPTED},
        M.PROGRAM_ENTERED: {M.APPLICATION_APPROVED},
        M.CAREER_PROFILE_MADE: {M.PROGRAM_ENTERED},
        M.JOB_SEARCH_PLAN_MADE: {M.CAREER_PROFILE_MADE},
        M.JOB_STARTED: {M.JOB_SEARCH_PLAN_MADE},
        M.JOB_ENDED: {M.JOB_STARTED},
        M.NEXT_JOB_OFFERED: {M.JOB_ENDED},
        M.FOLLOW_ALONG: {M.JOB_STARTED},
        M.TRANSFERRED: {M.JOB_STARTED},
        M.SUPPORT_AGREED: {M.PROGRAM_ENTERED},
    },
    Kind.OAD: {
        M.INTRODUCTION_TALK: {M.COACH_LINKED},
        M.PLAN_REFINED: {M.INTRODUCTION_TALK},
        M.ACTIVATED: {M.INTRODUCTION_TALK, M.PLAN_REFINED, M.PLAN_AGREED},
        M.CONCLUDED: {M.ACTIVATED},
    },
    Kind.GREEN_ACTIVATION: {
        M.TRY_OUT_STARTED: {M.COACH_LINKED},
        M.ACTIVATED: {M.TRY_OUT_STARTED, M.COACH_LINKED},
        M.REVIEWED: {M.ACTIVATED},
    },
    Kind.GREEN_JOB: {
        M.VACANCY_FOUND: {M.REFERRAL_ACCEPTED},
        M.SELECTED: {M.VACANCY_FOUND},
        M.TRIAL_STARTED: {M.SELECTED},
        M.CONTRACT_MADE: {M.TRIAL_STARTED},
        M.EXTRA_SKILLS: {M.CONTRACT_MADE},
        M.PAID_JOB_STARTED: {M.CONTRACT_MADE},
    },
    Kind.GREEN_RECOVERY: {
        M.INTAKE_HELD: {M.COACH_LINKED},
        M.REST_PHASE: {M.INTAKE_HELD},
        M.ENERGY_PHASE: {M.REST_PHASE},
        M.ORIENTATION_PHASE: {M.ENERGY_PHASE},
        M.BACK_TO_WORK: {M.ORIENTATION_PHASE},
    },
}
GIVEN = {M.COACH_LINKED, M.START_CONVERSATION_CONFIRMED, M.PLAN_AGREED}
"""Moments that facts bring about: a seat that is taken, minutes or a plan with the client's yes."""


@dataclass(frozen=True)
class Walk:
    """Every state that allowed acts lead to, and each act as it was made there."""

    states: list[Standing]
    made: list[tuple[frozenset[Milestone], Milestone]]


def standing(kind: Kind, path: tuple[Milestone, ...], region: Region) -> Standing:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    reached = [
        Reached(milestone, date(2025, 1, 1) + timedelta(at), start + timedelta(minutes=at))
        for at, milestone in enumerate(path)
    ]
    return Standing(
        reached,
        Variant.MUNICIPAL,
        may_refer=True,
        consents_in_place=True,
        taking_part=frozenset(Seat),
        kind=kind,
        region=region,
    )


def held(at: Standing) -> frozenset[Milestone]:
    """What stands, and whether the client agreed to the plan as it is."""
    agreed = {M.PLAN_AGREED} if at.plan_agreed_on is not None else set()
    return frozenset({m for m in Milestone if at.has(m)} - {M.PLAN_AGREED} | agreed)


def allowed(at: Standing) -> Iterator[Milestone]:
    """By a move of some role, or by a record that marks a step."""
    moves = {Move(name) for role in Role for name in possible(role, at)}
    yield from (move.milestone for move in moves)
    if at.has(M.ENDED):
        return
    by_move = {move.milestone for move in at.process.moves}
    marks = {mark for step in at.process.steps for mark in step.marks} | GIVEN
    marks |= {M.JOB_ENDED} if at.has(M.JOB_STARTED) else set()
    for mark in marks - by_move:
        if mark is M.JOB_ENDED and not at.has(M.JOB_STARTED):
            continue
        if mark is M.PLAN_AGREED and not at.has(M.PLAN_REFINED):
            continue
        if not lacks_before(mark, at):
            yield mark


def walk(kind: Kind, region: Region | None = None, begun: tuple[Milestone, ...] = ()) -> Walk:
    region = region or Region()
    waiting: list[tuple[Milestone, ...]] = [begun]
    known: set[frozenset[Milestone]] = {frozenset()}
    found: Walk = Walk([], [])
    while waiting:
        path = waiting.pop()
        here = standing(kind, path, region)
        found.states.append(here)
        for act in allowed(here):
            found.made.append((held(here), act))
            after = held(standing(kind, (*path, act), region))
            if after not in known:
                known.add(after)
                waiting.append((*path, act))
    return found


WALKS: dict[Kind, Walk] = {kind: walk(kind) for kind in NEW}


@pytest.mark.parametrize("kind", NEW)
def test_no_sequence_of_allowed_acts_does_what_the_tables_forbid(kind: Kind) -> None:
    wrong = [
        (act, BEFORE[kind][act] - here)
        for here, act in WALKS[kind].made
        if not BEFORE[kind].get(act, set()) <= here
    ]
    assert wrong == []
    assert {act for _, act in WALKS[kind].made} >= set(BEFORE[kind])


@pytest.mark.parametrize("kind", NEW)
def test_every_step_and_every_phase_is_reached(kind: Kind) -> None:
    phases, steps = set(), set()
    for here in WALKS[kind].states:
        phase = phase_of(here.reached, kind)
        phases |= {phase[0]} if phase else set()
        steps |= {(s.name, s.state) for s in states(here)}
    assert phases == {phase for _, phase in process_of(kind).phases}
    names = {step.name for step in process_of(kind).steps}
    taken = {name for name, state in steps if state in {State.DONE, State.CURRENT}}
    assert taken == names
    assert {name for name, state in steps if state is State.POSSIBLE} >= names - {
        # Entered at the very moment that makes it possible.
        StepName.JOB_SEARCH
    } - ({StepName.ACTIVE} if kind is Kind.GREEN_JOB else set())


@pytest.mark.parametrize("kind", NEW)
def test_after_the_end_nothing_moves_but_aftercare(kind: Kind) -> None:
    for here in WALKS[kind].states:
        if here.has(M.ENDED):
            moves = {move for role in Role for move in possible(role, here)}
            assert moves <= {"aftercare_agreed"}


@pytest.mark.parametrize("kind", NEW)
def test_the_client_may_stop_in_every_state_and_nobody_is_stopped_for_a_missed_visit(
    kind: Kind,
) -> None:
    for here in WALKS[kind].states:
        if here.has(M.ENDED):
            continue
        assert refusals(Role.CLIENT, Move.ENDED, here) == ()
        assert refusals_of_end(EndReason.CLIENT_STOPPED, here) == ()
        assert refusals_of_end(EndReason.NO_CONTACT_AFTER_OUTREACH, here) != ()


def test_ips_ends_neither_because_time_is_up_nor_because_money_is() -> None:
    for here in WALKS[Kind.IPS].states:
        for reason in (EndReason.MAX_DURATION, EndReason.FUNDING_ENDED):
            assert refusals_of_end(reason, here) == ("not_a_reason_here",)


def test_lack_of_contact_ends_ips_only_after_outreach_was_tried_twice() -> None:
    once = standing(Kind.IPS, (M.OUTREACH,), Region())
    twice = standing(Kind.IPS, (M.OUTREACH, M.OUTREACH), Region())
    reason = EndReason.NO_CONTACT_AFTER_OUTREACH
    assert refusals_of_end(reason, once) == ("outreach_not_documented",)
    assert refusals_of_end(reason, twice) == ()
    assert may_end(Role.IPS_COACH, reason)
    assert not may_end(Role.CLINICIAN, reason)


def test_after_the_loss_of_a_job_a_next_one_is_offered_and_sought_each_time() -> None:
    path: tuple[Milestone, ...] = (M.WORK_WISH_EXPRESSED, M.REFERRED, M.REFERRAL_ACCEPTED)
    path += (M.APPLIED,)
    path += (M.APPLICATION_APPROVED, M.PROGRAM_ENTERED, M.CAREER_PROFILE_MADE)
    path += (M.JOB_SEARCH_PLAN_MADE,)
    for _ in range(3):
        path += (M.JOB_STARTED, M.FOLLOW_ALONG)
        assert phase_of(standing(Kind.IPS, path, Region()).reached, Kind.IPS)[0] is Phase.AT_WORK  # type: ignore[index]
        path += (M.JOB_ENDED,)
        lost = standing(Kind.IPS, path, Region())
        assert phase_of(lost.reached, Kind.IPS)[0] is Phase.JOB_SEARCH  # type: ignore[index]
        assert "next_job_offered" in possible(Role.IPS_COACH, lost)
        path += (M.NEXT_JOB_OFFERED,)
        offered = standing(Kind.IPS, path, Region())
        assert "next_job_offered" not in possible(Role.IPS_COACH, offered)


def test_a_refused_application_can_be_made_again() -> None:
    path = (M.WORK_WISH_EXPRESSED, M.REFERRED, M.REFERRAL_ACCEPTED, M.APPLIED)
    refused = standing(Kind.IPS, (*path, M.APPLICATION_REFUSED), Region())
    step = next(s for s in states(refused) if s.name is StepName.APPLICATION)
    assert step.state is State.POSSIBLE


def test_the_funding_has_an_end_and_the_support_none_unless_it_was_agreed() -> None:
    at = datetime(2024, 10, 8, tzinfo=UTC)
    approved = Reached(M.APPLICATION_APPROVED, date(2024, 10, 8), at, "2027-10-08")
    entered = Reached(M.PROGRAM_ENTERED, date(2024, 10, 10), at + timedelta(days=2))
    terms = terms_of([approved, entered])
    assert (terms.approved_on, terms.program_entered_on) == (date(2024, 10, 8), date(2024, 10, 10))
    assert (terms.funded_until, terms.support_until) == (date(2027, 10, 8), None)
    clock = clock_of(None, [approved, entered], date(2025, 1, 1), Kind.IPS)
    assert clock is not None
    assert (clock.starts_on, clock.ends_on) == (date(2024, 10, 10), None)
    agreed = Reached(M.SUPPORT_AGREED, date(2027, 9, 1), at + timedelta(days=9), "2028-10-01")
    assert terms_of([approved, entered, agreed]).support_until == date(2028, 10, 1)


def test_oad_counts_its_months_from_the_first_day_and_green_activation_counts_none() -> None:
    active = [Reached(M.ACTIVATED, date(2025, 3, 3), datetime(2025, 3, 3, tzinfo=UTC))]
    oad = clock_of(6, active, date(2025, 4, 1), Kind.OAD)
    green = clock_of(None, active, date(2025, 4, 1), Kind.GREEN_ACTIVATION)
    assert oad is not None
    assert green is not None
    assert (oad.ends_on, green.ends_on) == (date(2025, 9, 3), None)
    assert process_of(Kind.OAD).months == tuple(range(6, 13))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_funder_reads_no_step_whose_moment_is_not_for_funders(kind: Kind) -> None:
    for role in FUNDERS - {Role.INSURANCE_PHYSICIAN}:
        hidden = {"motivational_talks", "work_wish", "work_question", "follow_along"}
        for here in [standing(kind, (), Region()), *(WALKS[kind].states if kind in WALKS else [])]:
            assert not hidden & {view.name for view in seen_by(role, states(here))}


def test_what_phases_terms_and_next_steps_are_made_of_stands_in_the_lines_of_lists() -> None:
    made = {milestone for process in PROCESSES.values() for milestone, _ in process.phases}
    made |= {M.APPLICATION_APPROVED, M.PROGRAM_ENTERED, M.SUPPORT_AGREED}
    made |= {process.clock.begins for process in PROCESSES.values()}
    steps = [step for process in PROCESSES.values() for step in process.steps]
    made |= {mark for step in steps if step.name not in NO_ERRAND for mark in step.marks}
    made |= {need.milestone for step in steps for need in step.needs if need.milestone}
    made |= {M.PLAN_AGREED, M.RETURNED}
    assert not made & set(LEFT_ASIDE)
    assert all(Role.EMPLOYER not in audience_of(milestone) for milestone in made)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, s.name) for kind in NEW for s in process_of(kind).steps if not s.fixed],
)
def test_a_region_leaves_out_a_step_and_the_rest_is_still_reached(
    kind: Kind, name: StepName
) -> None:
    region = Region(leaves_out=frozenset({name}))
    found = walk(kind, region)
    left = {step.name for step in process_of(kind, region).steps}
    assert name not in left
    taken = {
        s.name
        for here in found.states
        for s in states(here)
        if s.state in {State.DONE, State.CURRENT}
    }
    assert taken == left


def test_a_step_on_which_consent_or_law_hangs_cannot_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / "practice.csv"
    file.write_text("organisation,setting,value\n*,offers,ips\n*,leaves_out,ips:referral\n")
    with pytest.raises(ValueError, match="cannot be left out"):
        practices(file)


def test_an_organisation_differs_by_its_own_lines_only(tmp_path: Path) -> None:
    one, file = uuid4(), tmp_path / "practice.csv"
    file.write_text(
        "organisation,setting,value\n*,offers,wgb\n*,offers,oad\n"
        f"{one},offers,oad\n{one},oad_name,ontwikkelingsgericht\n{one},three_way,wgb\n"
    )
    here, elsewhere = practice_of(one, file), practice_of(uuid4(), file)
    assert here.offers == frozenset({Kind.OAD})
    assert elsewhere.offers == frozenset({Kind.WGB, Kind.OAD})
    assert (here.oad_name, elsewhere.oad_name) == (OadName.DEVELOPMENT, OadName.SUPPORT)
    assert here.process(Kind.WGB).talk.seats == frozenset(Seat) - {Seat.COACH}  # type: ignore[union-attr]
    assert elsewhere.process(Kind.WGB) == process_of(Kind.WGB)


def test_a_programme_is_a_name_that_an_organisation_works_under(tmp_path: Path) -> None:
    one, file = uuid4(), tmp_path / "practice.csv"
    file.write_text(f"organisation,setting,value\n*,offers,wgb\n{one},programme,vip_methodiek\n")
    assert practice_of(one, file).programmes == {Programme.VIP_METHODIEK}
    assert practice_of(uuid4(), file).programmes == set()
    assert practice_of(one, file).process(Kind.WGB) == process_of(Kind.WGB)


def test_the_house_offers_every_kind() -> None:
    assert practice_of(None).offers == set(Kind)


def test_the_phases_of_recovery_follow_each_other_in_days() -> None:
    path = (M.COACH_LINKED, M.INTAKE_HELD, M.REST_PHASE, M.ENERGY_PHASE, M.ORIENTATION_PHASE)
    here = standing(Kind.GREEN_RECOVERY, path, Region())
    days = [here.since(milestone) for milestone in path]
    assert all(a is not None and b is not None and a < b for a, b in pairwise(days))
    done = {s.name for s in states(here) if s.state is State.DONE}
    assert {StepName.REST_PHASE, StepName.ENERGY_PHASE} <= done


def test_where_three_talk_the_coach_has_no_chair_to_leave_empty() -> None:
    region = Region(three_way=True)
    path: tuple[Milestone, ...] = (
        M.WORK_QUESTION_ASKED,
        M.REFERRED,
        M.REFERRAL_ACCEPTED,
        M.WORK_TALK,
        M.PLAN_REFINED,
    )
    path += (M.PLAN_AGREED, M.PREPARATION_DONE)
    here = standing(Kind.WGB, path, region)
    three = frozenset({Seat.CLIENT, Seat.CLINICIAN, Seat.AUTHORITY})
    assert here.begins_with("three_way")
    assert not here.begins_with("four_party")
    assert start_conversation_lacks(here, three) == ()
    assert start_conversation_lacks(here, three - {Seat.AUTHORITY}) == ("all_present",)


S = StepName
PART_B: dict[Kind, dict[str, StepName]] = {
    Kind.WGB: {
        "work_question_asked": S.WORK_QUESTION,
        "referred": S.REFERRAL,
        "uwv_medical_talk": S.UWV_MEDICAL_TALK,
        "uwv_work_talk": S.WORK_TALK,
        "coach_linked": S.ASSIGNMENT,
        "plan_refined": S.PLAN_REFINED,
        "psychological_anamnesis": S.PSYCHOLOGICAL_ANAMNESIS,
        "start_conversation": S.START_CONVERSATION,
        "active": S.ACTIVE,
        "placement": S.PLACEMENT,
        "final_review": S.FINAL_REVIEW,
        "ended": S.ENDED,
    },
    Kind.IPS: {
        "work_wish_expressed": S.WORK_WISH,
        "motivational_talks": S.MOTIVATIONAL_TALKS,
        "referred": S.REFERRAL,
        "applied": S.APPLICATION,
        "started": S.PROGRAM_ENTRY,
        "career_profile": S.CAREER_PROFILE,
        "job_search_plan": S.JOB_SEARCH_PLAN,
        "job_search": S.JOB_SEARCH,
        "placed": S.PLACEMENT,
        "follow_along": S.FOLLOW_ALONG,
        "job_ended": S.NEXT_JOB,
        "transfer": S.TRANSFER,
        "ended": S.ENDED,
    },
    Kind.OAD: {
        "referred": S.REFERRAL,
        "introduction talks": S.INTRODUCTION_TALKS,
        "plan": S.INTEGRAL_PLAN,
        "active": S.ACTIVE,
        "conclusion": S.CONCLUSION,
        "ended/moved": S.ENDED,
    },
    Kind.GREEN_ACTIVATION: {
        "referred": S.REFERRAL,
        "try-out": S.TRY_OUT,
        "active": S.ACTIVE,
        "review": S.REVIEW,
        "stops": S.ENDED,
    },
    Kind.GREEN_JOB: {
        "vacancy": S.VACANCY,
        "selected": S.SELECTION,
        "trial placement": S.TRIAL,
        "contract": S.CONTRACT,
        "active": S.ACTIVE,
        "extra skills": S.EXTRA_SKILLS,
        "paid job": S.PAID_JOB,
    },
    Kind.GREEN_RECOVERY: {
        "intake": S.INTAKE,
        "phase 1": S.REST_PHASE,
        "phase 2": S.ENERGY_PHASE,
        "phase 3": S.ORIENTATION_PHASE,
        "back to work": S.BACK_TO_WORK,
    },
}
"""Every state that the tables of part B name, and the step in which somebody is there."""
BESIDE = (M.EMPLOYER_CONTACT, M.BENEFITS_COUNSELLED, M.RETURNED)
"""Moments that are told and that no state is made of."""


@pytest.mark.parametrize("kind", NEW)
def test_every_state_that_part_b_names_is_reached(kind: Kind) -> None:
    taken = {
        state.name
        for here in WALKS[kind].states
        for state in states(here)
        if state.state in {State.DONE, State.CURRENT}
    }
    assert {name for name, step in PART_B[kind].items() if step not in taken} == set()


def test_every_state_of_wgb_is_reached_on_the_way_from_question_to_end() -> None:
    path: tuple[Milestone, ...] = ()
    taken: set[StepName] = set()
    for milestone in (
        *(M.WORK_QUESTION_ASKED, M.REFERRED, M.REFERRAL_ACCEPTED, M.UWV_MEDICAL_TALK),
        *(M.CONDITIONS_RELEASED, M.WORK_TALK, M.COACH_LINKED, M.ASSIGNMENT_ACCEPTED),
        *(M.PLAN_REFINED, M.PLAN_AGREED, M.PSYCHOLOGICAL_ANAMNESIS, M.PREPARATION_DONE),
        *(M.START_CONVERSATION, M.START_CONVERSATION_CONFIRMED, M.PLACEMENT_STARTED),
        *(M.PLACEMENT_ENDED, M.FINAL_REVIEW, M.ENDED),
    ):
        path += (milestone,)
        here = replace(standing(Kind.WGB, path, Region()), variant=Variant.UWV)
        taken |= {s.name for s in states(here) if s.state in {State.DONE, State.CURRENT}}
    assert {name for name, step in PART_B[Kind.WGB].items() if step not in taken} == set()


@pytest.mark.parametrize("kind", NEW)
def test_what_is_only_told_moves_nothing(kind: Kind) -> None:
    for here in WALKS[kind].states:
        path = tuple(event.milestone for event in here.reached)
        now = set(allowed(here))
        for beside in BESIDE:
            told = standing(kind, (*path, beside), Region())
            assert phase_of(told.reached, kind) == phase_of(here.reached, kind)
            then = set(allowed(told))
            assert now <= then
            assert now == then or (beside is M.RETURNED and here.has(M.COACH_LINKED))


@pytest.mark.parametrize("kind", NEW)
def test_who_returned_passes_the_intake_and_nothing_else(kind: Kind) -> None:
    intakes = {M.INTAKE_HELD, M.INTRODUCTION_TALK}
    found = walk(kind, begun=(M.RETURNED,))
    wrong = [
        (act, lacks)
        for here, act in found.made
        if (lacks := BEFORE[kind].get(act, set()) - here) and not lacks <= intakes
    ]
    assert wrong == []
    assert all(
        M.COACH_LINKED in here for here, act in found.made if BEFORE[kind].get(act, set()) - here
    )
