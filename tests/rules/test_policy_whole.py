"""The whole answer to single facts, written out: each field of each grant, and what yields none."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.access import world as w
from app.access.ceilings import ceiling
from app.access.policy import grants, treats
from app.access.policy.blocks import after_blocks
from app.access.vocabulary import (
    OWN_AFFAIRS,
    Basis,
    Category,
    Grant,
    Ground,
    OrganisationKind,
    Period,
    Purpose,
    Reach,
    Role,
    categories_in,
    mask_of,
)
from tests.rules.policy_worlds import (
    ALWAYS,
    CLINICIAN,
    COACH,
    COLLEAGUE,
    DESK,
    EMPLOYER,
    EXPERT,
    KIND,
    MISFIT,
    PHYSICIAN,
    PSYCHOLOGIST,
    ROSTER,
    SUPERVISOR,
    T1,
    T2,
    day,
    member,
    named,
)

C = Category
GGZ = CLINICIAN.organisation_id
WORK, TREAT, URGENT = Purpose.REINTEGRATION.bit, Purpose.TREATMENT.bit, Purpose.EMERGENCY.bit
MIDDLE = Period(day(2), day(4))
ADULT = day(0).date().replace(year=1980)
NEVER_OPEN = Period(day(90), day(91))


def whole(*bases: Basis, **facts: Any) -> set[Grant]:
    """The grants of these bases (or all) in a world of these facts."""
    found = grants(w.World(**{"members": ROSTER, "born": ADULT, **facts}))
    return {grant for grant in found if not bases or grant.basis in bases}


def seat(whom: w.Member, where: UUID = T1, period: Period = ALWAYS, **more: Any) -> w.Assignment:
    return w.Assignment(named(f"{where} {whom.id}"), where, whom.id, period, **more)


def treated(whom: w.Member, period: Period = ALWAYS) -> w.Treatment:
    return w.Treatment(named(f"treated {whom.id}"), whom.id, period)


def consent(to: w.Member, *categories: Category, **more: Any) -> w.Consent:
    told: dict[str, Any] = {
        "trajectory_id": T1,
        "sender_organisation_id": GGZ,
        "recipient_organisation_id": to.organisation_id,
        "recipient_role": to.role,
        "recipient_membership_id": None,
        "purposes": frozenset({Purpose.REINTEGRATION, Purpose.BENEFIT_ADMINISTRATION}),
        "period": MIDDLE,
    }
    return w.Consent(id=named("consent"), categories=frozenset(categories), **{**told, **more})


def by_consent(whom: UUID, *categories: Category, **more: Any) -> Grant:
    told: dict[str, Any] = {
        "purposes": WORK,
        "period": MIDDLE,
        "trajectory_id": T1,
        "sender_organisation_id": GGZ,
        **more,
    }
    basis = told.pop("basis", Basis.CONSENT)
    seen = mask_of(frozenset(categories))
    return Grant(whom, basis=basis, basis_id=named("consent"), categories=seen, **told)


# --- consent -------------------------------------------------------------------------------------


def test_a_consent_opens_what_it_and_the_ceiling_name_in_that_trajectory_of_that_sender() -> None:
    given = consent(COACH, C.WORK_QUESTION, C.MEDICAL, C.BSN)
    found = whole(Basis.CONSENT, consents=(given,), assignments=(seat(COACH), seat(COACH, T2)))
    assert found == {by_consent(COACH.id, C.WORK_QUESTION)}
    anywhere = replace(given, trajectory_id=None, recipient_membership_id=COACH.id)
    found = whole(Basis.CONSENT, consents=(anywhere,), assignments=(seat(COACH), seat(COACH, T2)))
    assert found == {by_consent(COACH.id, C.WORK_QUESTION, trajectory_id=t) for t in (T1, T2)}


def test_in_care_a_consent_is_read_by_who_treats_and_by_nobody_else() -> None:
    given = consent(CLINICIAN, C.LADDER, record_id=T2)
    found = whole(Basis.CONSENT, consents=(given,), treatments=(treated(CLINICIAN),))
    assert found == {by_consent(CLINICIAN.id, C.LADDER, record_id=T2, trajectory_id=None)}
    assert not whole(Basis.CONSENT, consents=(given,), treatments=(treated(PSYCHOLOGIST),))
    outside = consent(EXPERT, C.LADDER)
    assert not whole(Basis.CONSENT, consents=(outside,), treatments=(treated(EXPERT),))


@pytest.mark.parametrize(
    "off",
    [
        {"recipient_organisation_id": GGZ},
        {"recipient_role": Role.JOB_COACH},
        {"recipient_membership_id": EXPERT.id},
        {"trajectory_id": T2},
        {"period": NEVER_OPEN},
    ],
)
def test_a_consent_with_one_dimension_off_opens_nothing(off: dict[str, Any]) -> None:
    facts = {"assignments": (seat(COACH, period=MIDDLE), seat(EXPERT, T2))}
    given = consent(COACH, C.WORK_QUESTION)
    assert whole(Basis.CONSENT, consents=(given,), **facts)
    assert not whole(Basis.CONSENT, consents=(replace(given, **off),), **facts)


def test_a_role_that_does_not_fit_reads_no_consent() -> None:
    given = consent(MISFIT, C.WORK_QUESTION)
    assert not whole(Basis.CONSENT, consents=(given,), assignments=(seat(MISFIT),))


CONTRACT = w.Contract(
    named("placement"), T1, EMPLOYER.organisation_id, EMPLOYER.inbox_id, Period(day(1), day(3))
)


def test_an_employer_reads_what_the_client_agreed_to_in_the_inbox_of_the_agreement() -> None:
    given = consent(EMPLOYER, C.ACCOMMODATION, C.MEDICAL, record_id=T2)
    both = Period(day(2), day(3))
    facts: dict[str, Any] = {"contracts": (CONTRACT,), "assignments": (seat(EMPLOYER),)}
    inbox = by_consent(EMPLOYER.inbox_id, C.ACCOMMODATION, period=both, record_id=T2)
    for wide in (given, replace(given, trajectory_id=None)):
        assert whole(Basis.CONSENT, consents=(wide,), **facts) == {inbox}
    person = replace(given, recipient_membership_id=EMPLOYER.id)
    assert whole(Basis.CONSENT, consents=(person,), **facts) == {
        replace(inbox, grantee_id=EMPLOYER.id)
    }
    for off in (
        {"trajectory_id": T2},
        {"recipient_organisation_id": GGZ},
        {"recipient_membership_id": COACH.id},
        {"recipient_membership_id": named("nobody")},
        {"period": NEVER_OPEN},
    ):
        assert not whole(Basis.CONSENT, consents=(replace(given, **off),), **facts), off
    assert not whole(Basis.CONSENT, consents=(replace(person, period=NEVER_OPEN),), **facts)
    elsewhere = replace(given, purposes=frozenset({Purpose.TREATMENT}))
    assert {g.purposes for g in whole(Basis.CONSENT, consents=(elsewhere,), **facts)} == {0}


def test_who_is_named_reads_while_a_member_there() -> None:
    late = replace(EMPLOYER, period=NEVER_OPEN)
    named_one = consent(EMPLOYER, C.ACCOMMODATION, recipient_membership_id=EMPLOYER.id)
    facts: dict[str, Any] = {"consents": (named_one,), "contracts": (CONTRACT,)}
    assert whole(Basis.CONSENT, **facts)
    assert not whole(Basis.CONSENT, members=(late,), **facts)


def test_a_referral_opens_itself_the_identity_and_what_accepting_adds() -> None:
    to = w.Referral(
        named("referral"),
        T1,
        EXPERT.organisation_id,
        EXPERT.inbox_id,
        EXPERT.role,
        Period(day(1), day(3)),
    )
    given = consent(EXPERT, C.EXISTENCE, C.IDENTITY)
    both = Period(day(2), day(3))
    base = by_consent(EXPERT.inbox_id, C.EXISTENCE, period=both, basis=Basis.REFERRAL)
    identity = replace(base, categories=C.IDENTITY.bit, trajectory_id=None)
    adds = replace(base, categories=0, creates=C.STATUS.bit, sender_organisation_id=None)
    expected = {replace(base, record_id=to.id), identity, adds}
    for wide in (given, replace(given, trajectory_id=None), replace(given, record_id=to.id)):
        assert whole(Basis.REFERRAL, consents=(wide,), referrals=(to,)) == expected


# --- blocks --------------------------------------------------------------------------------------

ABOVE_BLOCKS = {
    Basis.SELF,
    Basis.MANDATE,
    Basis.SUPPORTER,
    Basis.STATUTORY,
    Basis.REQUEST,
    Basis.BREAK_GLASS,
    Basis.REVIEW,
}
LONG = Grant(
    named("whom"),
    Period(day(1), day(6)),
    Basis.CONSENT,
    named("why"),
    WORK,
    C.LADDER.bit | C.STATUS.bit,
    C.LADDER.bit | C.STATUS.bit,
)


def barred(grant: Grant, block: w.Block, whose: UUID | None = None) -> set[Grant]:
    owners = {} if whose is None else {grant.grantee_id: whose}
    return set(after_blocks(grant, [block], owners))


@pytest.mark.parametrize("basis", Basis)
def test_a_block_beats_every_ground_but_the_law_the_emergency_and_the_persons(
    basis: Basis,
) -> None:
    grant = replace(LONG, basis=basis)
    block = w.Block(named("block"), None, LONG.grantee_id, frozenset({C.LADDER}), MIDDLE)
    before, after = replace(grant, period=Period(day(1), day(2))), Period(day(4), day(6))
    within = replace(grant, period=MIDDLE, categories=C.STATUS.bit, creates=C.STATUS.bit)
    cut = {before, within, replace(grant, period=after)}
    assert barred(grant, block) == ({grant} if basis in ABOVE_BLOCKS else cut)


def test_a_block_cuts_nothing_that_it_does_not_name() -> None:
    block = w.Block(named("block"), GGZ, None, frozenset({C.LADDER}), MIDDLE)
    assert barred(LONG, block, GGZ) != {LONG}
    assert barred(LONG, block, COACH.organisation_id) == {LONG}
    assert barred(LONG, block) == {LONG}
    of_none = replace(block, organisation_id=None)
    assert barred(LONG, of_none) == {LONG}
    assert barred(LONG, replace(block, categories=frozenset({C.BSN})), GGZ) == {LONG}
    assert barred(LONG, replace(block, period=NEVER_OPEN), GGZ) == {LONG}
    adds = replace(LONG, categories=0)
    assert replace(adds, period=MIDDLE, creates=C.STATUS.bit) in barred(adds, block, GGZ)


def test_a_blocked_organisation_is_barred_in_its_inboxes_and_systems_too() -> None:
    all_of_it = frozenset(Category)
    for facts in (
        {"contracts": (CONTRACT,)},
        {
            "registrations": (
                w.Registration(
                    named("system"), EMPLOYER.organisation_id, OrganisationKind.GGZ_PROVIDER, ALWAYS
                ),
            )
        },
        {
            "consents": (consent(EMPLOYER, C.EXISTENCE),),
            "referrals": (
                w.Referral(
                    named("r"),
                    T1,
                    EMPLOYER.organisation_id,
                    EMPLOYER.inbox_id,
                    Role.EMPLOYER,
                    ALWAYS,
                ),
            ),
        },
    ):
        shut = w.Block(named("block"), EMPLOYER.organisation_id, None, all_of_it, ALWAYS)
        for there in ((), ROSTER):
            assert whole(members=there, **facts)
            assert not whole(members=there, blocks=(shut,), **facts)


def test_a_blocked_person_leaves_the_colleagues_the_inbox_for_their_time_there() -> None:
    short = replace(EMPLOYER, id=named("short"), period=Period(day(0), day(2)))
    shut = w.Block(named("block"), None, EMPLOYER.id, frozenset(Category), ALWAYS)
    there = (*ROSTER, short)
    found = whole(Basis.CONTRACT, members=there, contracts=(CONTRACT,), blocks=(shut,))
    assert {(g.grantee_id, g.period) for g in found} == {(short.id, Period(day(1), day(2)))}


def test_a_block_of_one_at_the_desk_leaves_the_request_where_it_is() -> None:
    clerk = replace(COLLEAGUE, id=named("clerk"), role=Role.PRIVACY_DESK, inbox_id=DESK)
    shut = w.Block(named("block"), None, clerk.id, frozenset(Category), ALWAYS)
    request = w.DataSubjectRequest(named("request"), GGZ, DESK, MIDDLE)
    facts: dict[str, Any] = {"members": (*ROSTER, clerk), "requests": (request,)}
    assert whole(blocks=(shut,), **facts) == whole(**facts) != set()


# --- involvement ---------------------------------------------------------------------------------


def kinds(found: set[Grant]) -> set[tuple[Basis, Reach, bool, bool]]:
    return {(g.basis, g.reach, g.ungated, bool(g.creates)) for g in found}


def test_taking_part_opens_what_is_theirs_to_know_and_what_they_wrote() -> None:
    found = whole(assignments=(seat(COACH),))
    assert kinds(found) == {
        (Basis.ASSIGNMENT, Reach.ALL, True, True),
        (Basis.ASSIGNMENT, Reach.ALL, False, False),
        (Basis.AUTHOR, Reach.AUTHORED, True, False),
        (Basis.OWN, Reach.OWN, True, False),
    }
    by = {(g.basis, g.ungated): categories_in(g.categories) for g in found}
    assert by[Basis.ASSIGNMENT, False] == {C.STATUS, C.FEEDBACK} - {
        c for c in Category if ceiling()[c, COACH.role].ground is not Ground.ASSIGNMENT
    }
    assert not by[Basis.ASSIGNMENT, True] & {C.STATUS, C.FEEDBACK}
    assert by[Basis.OWN, True] == {C.CONSENT}
    written = by[Basis.AUTHOR, True]
    assert written
    assert C.CONSENT not in written
    assert not {c for c in written if ceiling()[c, COACH.role].ground is Ground.NEVER}


@pytest.mark.parametrize(("whom", "drafts"), [(EXPERT, False), (PHYSICIAN, True)])
def test_a_legal_task_is_the_reason_for_its_own_time(whom: w.Member, drafts: bool) -> None:
    task = w.Responsibility(named("task"), T1, whom.organisation_id, MIDDLE)
    found = whole(assignments=(seat(whom),), responsibilities=(task,))
    assert {g.period for g in found} == {MIDDLE}
    own = {g for g in found if g.reach is not Reach.ALL}
    assert all(g.ungated for g in own)
    legal = found - own
    assert {g.basis_id for g in legal} == {task.id}
    assert {g.ungated for g in legal} == {drafts, False}
    assert not any(g.categories & C.LADDER_NOTES.bit for g in found)  # never, though they write it


def test_treatment_opens_the_own_file_with_its_drafts() -> None:
    found = whole(Basis.TREATMENT, treatments=(treated(CLINICIAN),))
    own = [g for g in found if g.sender_organisation_id is not None]
    assert [(g.sender_organisation_id, g.ungated) for g in own] == [(GGZ, True)]
    assert categories_in(own[0].categories) == {C.EARLY_WARNING_PLAN}


def test_what_is_kept_afterwards_is_ones_own_and_only_where_the_seat_ended_and_says_so() -> None:
    ended = Period(day(0), day(2))
    for whom in (COACH, EXPERT):
        kept = whole(Basis.CONTROLLER, assignments=(seat(whom, T1, ended, keeps_own_records=True),))
        assert {(g.period, g.sender_organisation_id, g.trajectory_id) for g in kept} == {
            (Period(day(2)), whom.organisation_id, T1)
        }
        assert not whole(Basis.CONTROLLER, assignments=(seat(whom, T1, ended),))
        assert not whole(Basis.CONTROLLER, assignments=(seat(whom, T1, keeps_own_records=True),))


def test_facts_about_who_does_not_fit_or_was_not_there_yield_nothing() -> None:
    late = replace(COACH, id=named("late"), period=NEVER_OPEN)
    late_care = replace(CLINICIAN, id=named("late care"), period=NEVER_OPEN)
    there = (*ROSTER, late, late_care)
    before = Period(day(0), day(1))
    said = w.Confirmation(named("said"), named("talk"), T1, late.id, before)
    for facts in (
        {"assignments": (seat(late, period=before),)},
        {"assignments": (seat(MISFIT),)},
        {"assignments": (replace(seat(COACH), membership_id=named("nobody")),)},
        {"treatments": (treated(late_care, before),)},
        {"treatments": (treated(MISFIT),)},
        {"treatments": (replace(treated(CLINICIAN), membership_id=named("nobody")),)},
        {"confirmations": (said,)},
        {"confirmations": (replace(said, membership_id=MISFIT.id, period=ALWAYS),)},
        {"confirmations": (replace(said, membership_id=named("nobody")),)},
    ):
        assert not whole(members=there, **facts)


# --- single grounds ------------------------------------------------------------------------------


def test_single_facts_open_what_they_are_about() -> None:
    said = w.Confirmation(named("said"), named("talk"), T1, COACH.id, MIDDLE)
    assert whole(confirmations=(said,)) == {
        Grant(
            COACH.id,
            MIDDLE,
            Basis.CONFIRMATION,
            said.id,
            WORK,
            C.START_CONVERSATION.bit,
            trajectory_id=T1,
            record_id=said.conversation_id,
        )
    }
    (agreed,) = whole(contracts=(CONTRACT,))
    assert (agreed.purposes, agreed.trajectory_id, agreed.record_id) == (
        WORK,
        T1,
        named("placement"),
    )
    system = w.Registration(named("system"), GGZ, OrganisationKind.GGZ_PROVIDER, MIDDLE)
    own, whom = sorted(whole(registrations=(system,)), key=lambda grant: not grant.creates)
    assert (own.reach, own.ungated, own.purposes) == (Reach.AUTHORED, True, TREAT)
    assert own.categories == own.creates != 0
    assert (whom.reach, whom.categories, whom.creates) == (Reach.ALL, C.IDENTITY.bit, 0)
    assert whom.sender_organisation_id == GGZ


def test_the_desk_knows_where_its_organisation_works_and_reads_its_drafts_too() -> None:
    request = w.DataSubjectRequest(named("request"), GGZ, DESK, MIDDLE)
    other = w.Responsibility(named("task"), named("t3"), EXPERT.organisation_id, ALWAYS)
    ours = w.Responsibility(named("task 2"), named("t4"), GGZ, ALWAYS)
    found = whole(
        Basis.REQUEST,
        requests=(request,),
        assignments=(seat(CLINICIAN), seat(COACH, T2)),
        responsibilities=(other, ours),
    )
    assert all(g.ungated and g.grantee_id == DESK for g in found)
    assert {g.trajectory_id for g in found if g.sender_organisation_id is None} == {
        T1,
        named("t4"),
    }
    assert len([g for g in found if g.sender_organisation_id == GGZ]) == 1


def supervising(**more: Any) -> w.Supervision:
    told = {"supervisor_membership_id": SUPERVISOR.id, "supervised_membership_id": COACH.id}
    return w.Supervision(id=named("supervision"), period=ALWAYS, **{**told, **more})


def test_supervision_is_of_a_colleague_while_all_three_last() -> None:
    late = replace(SUPERVISOR, id=named("late"), period=NEVER_OPEN)
    elsewhere = replace(SUPERVISOR, id=named("elsewhere"), organisation_id=GGZ)
    there = (*ROSTER, late, elsewhere)
    facts: dict[str, Any] = {"members": there, "assignments": (seat(COACH, period=MIDDLE),)}
    (found,) = whole(Basis.SUPERVISION, supervisions=(supervising(),), **facts)
    assert (found.grantee_id, found.period, found.trajectory_id) == (SUPERVISOR.id, MIDDLE, T1)
    for off in (
        {"supervisor_membership_id": named("nobody")},
        {"supervised_membership_id": named("nobody")},
        {"supervisor_membership_id": late.id},
        {"supervisor_membership_id": elsewhere.id},
        {"supervisor_membership_id": COACH.id},
        {"period": NEVER_OPEN},
    ):
        assert not whole(Basis.SUPERVISION, supervisions=(replace(supervising(), **off),), **facts)


def test_who_left_before_the_supervisor_came_is_supervised_by_nobody() -> None:
    left = replace(COACH, id=named("left"), period=Period(day(0), day(2)))
    came = replace(SUPERVISOR, period=Period(day(2)))
    watches = supervising(supervised_membership_id=left.id)
    facts = {"members": (left, came), "assignments": (seat(left),)}
    assert not whole(Basis.SUPERVISION, supervisions=(watches,), **facts)


def test_elsewhere_supervision_is_of_the_seat_whatever_is_told_of_tasks() -> None:
    task = w.Responsibility(named("task"), T1, COACH.organisation_id, MIDDLE)
    facts = {"assignments": (seat(COACH),), "supervisions": (supervising(),)}
    alone = whole(Basis.SUPERVISION, **facts)
    assert whole(Basis.SUPERVISION, responsibilities=(task,), **facts) == alone != set()


def test_at_an_authority_supervision_follows_the_task() -> None:
    boss = member("boss", Role.SUPERVISOR, "uwv", KIND.UWV)
    facts: dict[str, Any] = {
        "members": (*ROSTER, boss),
        "assignments": (seat(EXPERT, period=MIDDLE), seat(PHYSICIAN, T2)),
        "supervisions": (
            supervising(supervisor_membership_id=boss.id, supervised_membership_id=EXPERT.id),
        ),
    }
    task = w.Responsibility(named("task"), T1, EXPERT.organisation_id, Period(day(3)))
    (found,) = whole(Basis.SUPERVISION, responsibilities=(task,), **facts)
    assert (found.period, found.trajectory_id) == (Period(day(3), day(4)), T1)
    for off in ({"trajectory_id": T2}, {"organisation_id": GGZ}, {"period": NEVER_OPEN}):
        assert not whole(Basis.SUPERVISION, responsibilities=(replace(task, **off),), **facts)


def test_a_stand_in_takes_the_seats_too_and_nobody_elses() -> None:
    covers = w.Substitution(named("cover"), CLINICIAN.id, COLLEAGUE.id, MIDDLE)
    facts = {"assignments": (seat(CLINICIAN), seat(PSYCHOLOGIST, T2))}
    found = whole(substitutions=(covers,), **facts)
    theirs = {(g.trajectory_id, g.period) for g in found if g.grantee_id == COLLEAGUE.id}
    assert theirs == {(T1, MIDDLE)}
    unknown = replace(covers, absent_membership_id=named("nobody"))
    assert whole(substitutions=(unknown,), **facts) == whole(**facts)


# --- emergency -----------------------------------------------------------------------------------


def test_broken_glass_opens_what_it_is_for_with_drafts_and_what_was_written_about_it() -> None:
    glass = w.BrokenGlass(named("glass"), COLLEAGUE.id, DESK, "acute", Period(day(1), day(2)))
    found = whole(Basis.BREAK_GLASS, broken=(glass,), treatments=(treated(CLINICIAN),))
    base = Grant(COLLEAGUE.id, glass.period, Basis.BREAK_GLASS, glass.id, URGENT, ungated=True)
    needed = mask_of({C.IDENTITY, C.EXISTENCE, C.MEDICAL})
    assert found == {
        replace(base, categories=needed),
        replace(base, categories=C.EARLY_WARNING_PLAN.bit, sender_organisation_id=GGZ),
        replace(base, categories=C.CONSENT.bit, record_id=glass.id, reach=Reach.AUTHORED),
    }
    team = replace(COLLEAGUE, policy_version=2)
    there = tuple(team if m.id == team.id else m for m in ROSTER)
    found = whole(
        Basis.BREAK_GLASS, members=there, broken=(glass,), treatments=(treated(CLINICIAN),)
    )
    assert {g.policy_version for g in found} == {2}


@pytest.mark.parametrize(
    "who",
    [
        replace(CLINICIAN, id=named("x"), role=Role.SUPERVISOR),
        replace(CLINICIAN, id=named("x"), organisation_kind=KIND.UWV),
        replace(CLINICIAN, id=named("x"), organisation_id=COACH.organisation_id),
        replace(CLINICIAN, id=named("x"), period=NEVER_OPEN),
    ],
)
def test_only_care_given_here_and_now_lets_the_glass_be_broken(who: w.Member) -> None:
    glass = w.BrokenGlass(named("glass"), COLLEAGUE.id, DESK, "acute", Period(day(1), day(2)))
    there = (*ROSTER, who)
    facts = {"members": there, "broken": (glass,), "treatments": (treated(who),)}
    assert not whole(Basis.BREAK_GLASS, **facts)
    assert not treats(w.World(members=there, treatments=(treated(who),)), GGZ, day(1))
    assert treats(w.World(members=there, treatments=(treated(CLINICIAN),)), GGZ, day(1))
    both = (treated(EXPERT), treated(CLINICIAN))
    assert treats(w.World(members=there, treatments=both), GGZ, day(1))
    late = treated(CLINICIAN, NEVER_OPEN)
    assert not treats(w.World(members=there, treatments=(late,)), GGZ, day(1))


def test_who_left_before_the_treater_came_breaks_no_glass() -> None:
    left = replace(COLLEAGUE, period=Period(day(0), day(3)))
    came = replace(CLINICIAN, period=Period(day(3)))
    glass = w.BrokenGlass(named("glass"), left.id, DESK, "acute", Period(day(1), day(2)))
    facts = {"members": (left, came), "broken": (glass,), "treatments": (treated(came),)}
    assert not whole(Basis.BREAK_GLASS, **facts)


# --- persons -------------------------------------------------------------------------------------


def person(role: Role, **more: Any) -> w.Person:
    return w.Person(named("person"), role, ALWAYS, **more)


def test_the_client_sees_and_adds_by_being_the_client() -> None:
    (own,) = whole(persons=(person(Role.CLIENT),))
    assert (own.basis, own.purposes, own.ungated) == (Basis.SELF, OWN_AFFAIRS, True)
    assert C.CONSENT.bit & own.creates
    assert C.MEDICAL.bit & own.categories


def test_who_stands_beside_the_client_sees_what_was_chosen_and_no_drafts() -> None:
    chosen = frozenset({C.LADDER, C.MEDICAL})
    (beside,) = whole(persons=(person(Role.SUPPORTER, scope=chosen),))
    assert (beside.basis, beside.ungated, beside.creates) == (Basis.SUPPORTER, False, 0)
    block = w.Block(named("block"), None, None, chosen, NEVER_OPEN, named("person"))
    for_a_while = replace(person(Role.SUPPORTER, scope=chosen), period=MIDDLE)
    assert whole(persons=(for_a_while,), blocks=(block,)) == {replace(beside, period=MIDDLE)}


def test_a_representative_adds_within_the_scope_only() -> None:
    scope = frozenset({C.CONSENT, C.LADDER, C.EXISTENCE})
    found = whole(
        persons=(
            person(Role.REPRESENTATIVE, scope=scope, mandate=w.MandateKind.WRITTEN_AUTHORISATION),
        ),
        born=ADULT,
    )
    (grant,) = found
    assert grant.basis is Basis.MANDATE
    assert categories_in(grant.creates) <= scope
    assert C.CONSENT.bit & grant.creates
    reader = person(
        Role.REPRESENTATIVE,
        scope=frozenset({C.LADDER}),
        mandate=w.MandateKind.WRITTEN_AUTHORISATION,
    )
    (grant,) = whole(persons=(reader,), born=ADULT)
    assert (grant.categories, grant.creates) == (C.LADDER.bit, 0)


def test_a_mandate_of_no_kind_opens_nothing() -> None:
    nobody = person(Role.REPRESENTATIVE, scope=frozenset(Category))
    unable = w.Incapacity(named("unable"), frozenset(Category), MIDDLE)
    assert not whole(persons=(nobody,), born=ADULT, incapacities=(unable,))


def test_an_erased_client_is_open_to_nobody() -> None:
    assert grants(w.World(persons=(person(Role.CLIENT),), erased=True)) == frozenset()


def test_money_is_not_health() -> None:
    found = whole(
        persons=(
            person(
                Role.REPRESENTATIVE,
                scope=frozenset(Category),
                mandate=w.MandateKind.FINANCIAL_ADMINISTRATOR,
            ),
        ),
        born=ADULT,
    )
    (grant,) = found
    assert not categories_in(grant.categories) & {
        C.MEDICAL,
        C.INSURANCE_PHYSICIAN_NOTES,
        C.PSYCHOLOGICAL_ANAMNESIS,
        C.WORK_ADVICE,
        C.WORK_CAPACITY,
        C.EARLY_WARNING_PLAN,
        C.WELLBEING,
    }
    assert C.BENEFIT.bit & grant.categories
