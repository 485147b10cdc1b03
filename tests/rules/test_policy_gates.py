"""One plain example for each gate of the policy (the access model, section 3)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.access import world as w
from app.access.ceilings import TEAM_CATEGORIES, ceiling
from app.access.policy import grants
from app.access.policy.persons import MEDICAL
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
)
from tests.rules.policy_worlds import (
    ALWAYS,
    CASE_MANAGER,
    CLINICIAN,
    COACH,
    COLLEAGUE,
    DESK,
    EMPLOYER,
    EXPERT,
    GROWN,
    HIRED_IPS_COACH,
    IPS_COACH,
    OTHER_EXPERT,
    PHYSICIAN,
    PSYCHOLOGIST,
    ROSTER,
    SUPERVISOR,
    T1,
    T2,
    TEAM_CLINICIAN,
    day,
    member,
    named,
)

C, KIND = Category, OrganisationKind


def assigned(to: w.Member, trajectory: UUID = T1, **more: Any) -> w.Assignment:
    return w.Assignment(named(f"takes part {to.id}"), trajectory, to.id, ALWAYS, **more)


def treats(by: w.Member) -> w.Treatment:
    return w.Treatment(named(f"treats {by.id}"), by.id, ALWAYS)


def task(body: w.Member, trajectory: UUID = T1, period: Period = ALWAYS) -> w.Responsibility:
    return w.Responsibility(named("task"), trajectory, body.organisation_id, period)


def consent(to: w.Member, *categories: Category, **more: Any) -> w.Consent:
    fields: dict[str, Any] = {"trajectory_id": T1, "period": ALWAYS, **more}
    return w.Consent(
        id=named("consent"),
        sender_organisation_id=fields.pop("sender", None),
        recipient_organisation_id=to.organisation_id,
        recipient_role=to.role,
        recipient_membership_id=None,
        categories=frozenset(categories or Category),
        purposes=frozenset(Purpose),
        **fields,
    )


def of(who: UUID, **facts: Any) -> list[Grant]:
    """What this party has in a world of these facts."""
    world = w.World(**{"members": ROSTER, "born": GROWN, **facts})
    return [grant for grant in grants(world) if grant.grantee_id == who]


def seen(found: list[Grant], *, reach: Reach = Reach.ALL) -> frozenset[Category]:
    return frozenset().union(*(categories_in(g.categories) for g in found if g.reach is reach))


def drafts(found: list[Grant]) -> frozenset[Category]:
    """Of which categories the gates of single records are lifted."""
    return seen([grant for grant in found if grant.ungated])


# --- assignment, statute -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payer", "open_to_coach"),
    [
        (OrganisationKind.UWV, True),
        (OrganisationKind.MUNICIPALITY, True),
        (OrganisationKind.EMPLOYER, False),
        (None, False),
    ],
)
def test_gate_1_and_9_a_coach_knows_identity_bsn_and_history_when_a_body_commissions(
    payer: OrganisationKind | None, open_to_coach: bool
) -> None:
    found = seen(of(COACH.id, assignments=(assigned(COACH, commissioned_by=payer),)))
    gated = {C.IDENTITY, C.BSN, C.EXISTENCE, C.WORK_HISTORY}
    assert found & gated == (gated if open_to_coach else frozenset())
    assert {C.LADDER, C.CONTACT_LOG, C.STATUS} <= found


def test_gate_2_a_legal_task_opens_to_the_assigned_of_the_body_that_has_it() -> None:
    both = {"assignments": (assigned(EXPERT), assigned(OTHER_EXPERT), assigned(CASE_MANAGER))}
    with_task = {**both, "responsibilities": (task(EXPERT),)}
    found = of(EXPERT.id, **with_task)
    assert C.BENEFIT in seen(found)
    assert {grant.basis for grant in found} == {Basis.STATUTORY, Basis.AUTHOR, Basis.OWN}
    assert {grant.trajectory_id for grant in found} == {T1}
    assert not of(OTHER_EXPERT.id, **with_task)
    assert not of(CASE_MANAGER.id, **with_task)
    assert not of(EXPERT.id, **both)
    assert not of(EXPERT.id, responsibilities=(task(EXPERT),))
    assert not of(EXPERT.id, assignments=(assigned(EXPERT, T2),), responsibilities=(task(EXPERT),))
    ended = task(EXPERT, period=Period(day(-9), day(-1)))
    assert not of(EXPERT.id, **both, responsibilities=(ended,))


def test_gate_4_an_ips_coach_sees_the_bsn_only_in_the_employ_of_the_care_provider() -> None:
    treatments = (treats(IPS_COACH), treats(HIRED_IPS_COACH))
    assert C.BSN in seen(of(IPS_COACH.id, treatments=treatments))
    assert C.BSN not in seen(of(HIRED_IPS_COACH.id, treatments=treatments))
    assert C.IDENTITY in seen(of(HIRED_IPS_COACH.id, treatments=treatments))


def test_gate_6_consent_opens_the_inbox_until_a_referral_is_accepted_and_nothing_more() -> None:
    referral = w.Referral(
        named("referral"), T1, EXPERT.organisation_id, EXPERT.inbox_id, EXPERT.role, ALWAYS
    )
    asked = {"referrals": (referral,), "consents": (consent(EXPERT),)}
    found = of(EXPERT.inbox_id, **asked)
    assert seen(found) == {C.EXISTENCE, C.IDENTITY}
    assert {g.record_id for g in found if g.categories == C.EXISTENCE.bit} == {referral.id}
    assert {categories_in(g.creates) for g in found} == {frozenset(), frozenset({C.STATUS})}
    assert not of(EXPERT.id, **asked)
    quiet = (consent(EXPERT, C.EXISTENCE),)
    assert seen(of(EXPERT.inbox_id, referrals=(referral,), consents=quiet)) == {C.EXISTENCE}
    for wrong in (
        consent(EXPERT, C.IDENTITY),
        consent(PHYSICIAN),
        consent(OTHER_EXPERT),
        consent(EXPERT, trajectory_id=T2),
        consent(EXPERT, period=Period(day(-9), day(-1))),
        replace(consent(EXPERT), purposes=frozenset({Purpose.TREATMENT})),
    ):
        assert not of(EXPERT.inbox_id, referrals=(referral,), consents=(wrong,)), wrong


def test_gate_6_a_consent_opens_the_referral_of_its_own_sender_and_no_other_record() -> None:
    referral = w.Referral(
        named("referral"), T1, EXPERT.organisation_id, EXPERT.inbox_id, EXPERT.role, ALWAYS
    )
    sender = CLINICIAN.organisation_id
    sent = of(EXPERT.inbox_id, referrals=(referral,), consents=(consent(EXPERT, sender=sender),))
    assert {g.sender_organisation_id for g in sent if g.categories} == {sender}
    for_one = (consent(EXPERT, record_id=named("another record")),)
    assert not of(EXPERT.inbox_id, referrals=(referral,), consents=for_one)


def test_a_consent_opens_the_record_it_names_wherever_it_hangs_and_else_its_own_trajectory() -> (
    None
):
    def by_consent(**more: Any) -> list[Any]:
        given = consent(COACH, C.WELLBEING, **more)
        found = of(COACH.id, assignments=(assigned(COACH),), consents=(given,))
        scopes = [(g.basis, g.trajectory_id, g.record_id) for g in found]
        return [scope[1:] for scope in scopes if scope[0] is Basis.CONSENT]

    assert by_consent(record_id=named("record")) == [(None, named("record"))]
    assert by_consent() == [(T1, None)]
    assert by_consent(record_id=named("record"), trajectory_id=T2) == []


@pytest.mark.parametrize(
    ("party", "closed"),
    [(IPS_COACH, {C.MEDICAL, C.PSYCHOLOGICAL_ANAMNESIS}), (PHYSICIAN, {C.MEDICAL})],
    ids=["gate 16", "gate 17"],
)
def test_gate_16_and_17_a_consent_opens_the_record_it_names_and_never_the_file(
    party: w.Member, closed: set[Category]
) -> None:
    one = named("one record")
    facts: dict[str, Any] = {"members": (party,), "assignments": (assigned(party),)}
    by_consent = [
        g for g in of(party.id, **facts, consents=(consent(party),)) if g.basis is Basis.CONSENT
    ]
    assert not closed & seen(by_consent)
    named_one = of(party.id, **facts, consents=(consent(party, record_id=one),))
    opened = [g for g in named_one if g.basis is Basis.CONSENT]
    assert closed <= seen(opened)
    assert {grant.record_id for grant in opened} == {one}


def test_gate_12_capacity_before_its_release_is_for_the_physician_alone() -> None:
    facts = {
        "assignments": (assigned(PHYSICIAN), assigned(EXPERT)),
        "responsibilities": (task(EXPERT),),
    }
    assert C.WORK_CAPACITY in drafts(of(PHYSICIAN.id, **facts))
    assert C.WORK_CAPACITY in seen(of(EXPERT.id, **facts)) - drafts(of(EXPERT.id, **facts))


def test_gate_31_and_27_being_involved_lifts_no_audience() -> None:
    facts = {
        "assignments": (assigned(PHYSICIAN), assigned(COACH)),
        "responsibilities": (task(PHYSICIAN),),
    }
    for who in (PHYSICIAN, COACH):
        found = of(who.id, **facts)
        assert C.STATUS in seen(found) - drafts(found)
    by_consent = of(COACH.id, **facts, consents=(consent(COACH, C.FEEDBACK),))
    assert C.FEEDBACK in seen(by_consent) - drafts(by_consent)


def test_gate_34_a_report_reaches_its_funder_after_the_client_read_it() -> None:
    funder = {"assignments": (assigned(EXPERT),), "responsibilities": (task(EXPERT),)}
    found = of(EXPERT.id, **funder)
    assert C.PROGRESS_REPORT in seen(found) - drafts(found)


def test_own_records_stay_after_the_end_of_a_trajectory_for_whoever_keeps_them() -> None:
    ended = replace(assigned(COACH, commissioned_by=OrganisationKind.UWV), keeps_own_records=True)
    ended = replace(ended, period=Period(day(0), day(5)))
    kept = [g for g in of(COACH.id, assignments=(ended,)) if g.basis is Basis.CONTROLLER]
    assert [grant.period for grant in kept] == [Period(day(5))]
    assert {grant.sender_organisation_id for grant in kept} == {COACH.organisation_id}
    assert not kept[0].ungated
    left = replace(COACH, period=Period(day(0), day(5)))
    after = of(COACH.id, members=(left,), assignments=(ended,))
    assert Basis.CONTROLLER not in {grant.basis for grant in after}
    going_on = replace(ended, period=ALWAYS)
    bases = {grant.basis for grant in of(COACH.id, assignments=(going_on,))}
    assert Basis.CONTROLLER not in bases


# --- employer ------------------------------------------------------------------------------------

CONTRACT = w.Contract(named("placement"), T1, EMPLOYER.organisation_id, EMPLOYER.inbox_id, ALWAYS)


def test_gate_19_an_employer_sees_the_agreement_of_this_placement_and_nothing_else() -> None:
    found = of(EMPLOYER.inbox_id, contracts=(CONTRACT,))
    assert seen(found) == {C.PLACEMENT}
    assert [grant.record_id for grant in found] == [CONTRACT.placement_id]
    assert not seen(of(EMPLOYER.id, assignments=(assigned(EMPLOYER),)))


def test_gate_7_10_and_14_an_employer_sees_only_what_the_client_agreed_to() -> None:
    asked = (consent(EMPLOYER, C.WORK_HISTORY, C.WORK_CAPACITY, C.MEDICAL, C.STATUS, C.BSN),)
    found = of(EMPLOYER.inbox_id, contracts=(CONTRACT,), consents=asked)
    assert seen(found) == {C.PLACEMENT, C.WORK_HISTORY, C.WORK_CAPACITY}
    assert not of(EMPLOYER.inbox_id, consents=asked)
    for wrong in (
        consent(EMPLOYER, trajectory_id=T2),
        consent(EMPLOYER, period=Period(day(-9), day(-1))),
        replace(consent(EMPLOYER), recipient_organisation_id=named("another workplace")),
    ):
        found = of(EMPLOYER.inbox_id, contracts=(CONTRACT,), consents=(wrong,))
        assert seen(found) == {C.PLACEMENT}


def test_a_block_of_one_person_leaves_the_inbox_to_the_colleagues_who_fit() -> None:
    colleague = replace(EMPLOYER, id=named("employer's colleague"))
    left = replace(colleague, id=named("left"), period=Period(day(-9), day(-1)))
    misfit = replace(colleague, id=named("m"), organisation_kind=OrganisationKind.UWV)
    barred = w.Block(named("block"), None, EMPLOYER.id, frozenset(Category), ALWAYS)
    world = w.World(
        members=(EMPLOYER, colleague, left, misfit), contracts=(CONTRACT,), blocks=(barred,)
    )
    assert {grant.grantee_id for grant in grants(world)} == {colleague.id}


# --- client, mandate, supporter ------------------------------------------------------------------


def person(role: Role, *scope: Category, mandate: w.MandateKind | None = None) -> w.Person:
    return w.Person(named("hat"), role, ALWAYS, frozenset(scope or Category), mandate)


def test_the_client_sees_everything_without_a_purpose() -> None:
    found = of(named("hat"), persons=(person(Role.CLIENT),))
    assert seen(found) == drafts(found) == frozenset(Category)
    assert {grant.purposes for grant in found} == {OWN_AFFAIRS}


AGED = {kind: date(2015 if kind == "parent" else 1990, 1, 1) for kind in w.MandateKind}
UNABLE = w.Incapacity(named("unable"), frozenset(Category), Period(day(0), day(400)))


@pytest.mark.parametrize("kind", w.MandateKind)
def test_gate_15_a_mandate_opens_what_it_says_and_no_health_to_a_financial_administrator(
    kind: w.MandateKind,
) -> None:
    narrow = (person(Role.REPRESENTATIVE, C.LADDER, C.MEDICAL, mandate=kind),)
    financial = kind is w.MandateKind.FINANCIAL_ADMINISTRATOR
    expected = {C.LADDER} if financial else {C.LADDER, C.MEDICAL}
    found = {"born": AGED[kind], "incapacities": (UNABLE,)}
    assert seen(of(named("hat"), persons=narrow, **found)) == expected
    wide = seen(of(named("hat"), persons=(person(Role.REPRESENTATIVE, mandate=kind),), **found))
    assert bool(wide & MEDICAL) != financial


def test_a_supporter_sees_what_the_client_chose_within_the_ceiling_and_adds_nothing() -> None:
    found = of(named("hat"), persons=(person(Role.SUPPORTER, C.LADDER, C.MEDICAL),))
    assert seen(found) == {C.LADDER}
    assert not drafts(found)
    assert not any(grant.creates for grant in found)


# --- treatment and care --------------------------------------------------------------------------


def test_gate_24_treatment_opens_plans_of_the_own_file_and_consent_those_of_the_client() -> None:
    found = [g for g in of(CLINICIAN.id, treatments=(treats(CLINICIAN),)) if g.reach is Reach.ALL]
    plans = [grant for grant in found if grant.categories & C.EARLY_WARNING_PLAN.bit]
    assert {grant.sender_organisation_id for grant in plans} == {CLINICIAN.organisation_id}
    asked = (consent(CLINICIAN, C.EARLY_WARNING_PLAN),)
    by_consent = of(CLINICIAN.id, treatments=(treats(CLINICIAN),), consents=asked)
    assert [g.sender_organisation_id for g in by_consent if g.basis is Basis.CONSENT] == [None]


def test_treatment_opens_nothing_to_whoever_is_no_care_role() -> None:
    assert not of(COACH.id, treatments=(treats(COACH),))


def test_gate_27_feedback_opens_by_consent_and_its_audience_stays() -> None:
    without = of(PSYCHOLOGIST.id, treatments=(treats(PSYCHOLOGIST),))
    assert C.FEEDBACK not in seen(without)
    asked = (consent(PSYCHOLOGIST, C.FEEDBACK),)
    found = of(PSYCHOLOGIST.id, treatments=(treats(PSYCHOLOGIST),), consents=asked)
    assert C.FEEDBACK in seen(found) - drafts(found)


def test_the_integrated_team_sees_work_by_treatment_where_the_organisation_chose_it() -> None:
    treatments = (treats(CLINICIAN), treats(TEAM_CLINICIAN))
    plain = of(CLINICIAN.id, treatments=treatments)
    team = of(TEAM_CLINICIAN.id, treatments=treatments)
    assert not seen(plain) & TEAM_CATEGORIES
    assert seen(team) == seen(plain) | TEAM_CATEGORIES
    assert {grant.policy_version for grant in team} == {2}
    ladder = w.Block(named("block"), None, TEAM_CLINICIAN.id, frozenset({C.LADDER}), ALWAYS)
    assert C.LADDER not in seen(of(TEAM_CLINICIAN.id, treatments=treatments, blocks=(ladder,)))


# --- conversation, supervision, privacy desk, systems --------------------------------------------


def test_gate_28_a_party_keeps_the_conversation_that_it_confirmed() -> None:
    talk = named("conversation")

    def kept(by: w.Member) -> list[Grant]:
        confirmed = w.Confirmation(named("confirmed"), talk, T1, by.id, ALWAYS)
        return of(by.id, confirmations=(confirmed,))

    (grant,) = kept(COACH)
    assert categories_in(grant.categories) == {C.START_CONVERSATION}
    assert grant.record_id == talk
    assert not kept(PHYSICIAN)
    assert not kept(member("nobody", Role.CLINICIAN, "ggz", OrganisationKind.GGZ_PROVIDER))


def test_gate_32_a_supervisor_sees_what_the_supervised_take_part_in() -> None:
    watches = w.Supervision(named("watches"), SUPERVISOR.id, COACH.id, ALWAYS)
    facts = {"supervisions": (watches,), "assignments": (assigned(COACH),)}
    found = of(SUPERVISOR.id, **facts)
    assert C.LADDER in seen(found)
    assert C.LADDER_NOTES not in seen(found)
    assert {grant.trajectory_id for grant in found} == {T1}
    assert not of(SUPERVISOR.id, supervisions=(watches,))
    elsewhere = replace(SUPERVISOR, organisation_id=named("elsewhere"))
    assert not of(SUPERVISOR.id, **{**facts, "members": (elsewhere, COACH)})
    no_supervisor = replace(watches, supervisor_membership_id=COLLEAGUE.id)
    assert not of(COLLEAGUE.id, **{**facts, "supervisions": (no_supervisor,)})
    past = replace(watches, period=Period(day(-9), day(-1)))
    assert not of(SUPERVISOR.id, **{**facts, "supervisions": (past,)})


def test_gate_32_at_an_authority_only_while_that_body_is_responsible() -> None:
    head = member("head", Role.SUPERVISOR, "uwv", OrganisationKind.UWV)
    facts: dict[str, Any] = {
        "members": (head, EXPERT),
        "supervisions": (w.Supervision(named("watches"), head.id, EXPERT.id, ALWAYS),),
        "assignments": (assigned(EXPERT),),
    }
    assert not of(head.id, **facts)
    assert not of(head.id, **facts, responsibilities=(task(CASE_MANAGER),))
    assert C.LADDER in seen(of(head.id, **facts, responsibilities=(task(EXPERT),)))


def test_gate_32_a_supervisor_sees_nothing_by_a_seat_of_the_own() -> None:
    found = of(SUPERVISOR.id, members=(SUPERVISOR,), assignments=(assigned(SUPERVISOR),))
    assert seen(found) == frozenset()


def test_a_seat_shows_consents_only_to_roles_that_give_or_get_them() -> None:
    def shown(role: Role, kind: OrganisationKind) -> frozenset[Category]:
        seated = member("seated", role, "seated elsewhere", kind)
        found = of(seated.id, members=(seated,), assignments=(assigned(seated),))
        return frozenset().union(*(categories_in(grant.categories) for grant in found))

    kind = OrganisationKind
    assert C.CONSENT in shown(Role.REINTEGRATION_COACH, kind.REINTEGRATION_COMPANY)
    assert C.CONSENT not in shown(Role.ORGANISATION_ADMIN, kind.REINTEGRATION_COMPANY)
    assert C.CONSENT not in shown(Role.HEALTH_INSURER, kind.HEALTH_INSURER)
    assert C.CONSENT not in shown(Role.PRIVACY_DESK, kind.GGZ_PROVIDER)


def test_gate_33_the_privacy_desk_sees_its_own_file_while_a_request_is_open() -> None:
    until, own = Period(day(0), day(3)), CLINICIAN.organisation_id
    request = w.DataSubjectRequest(named("request"), own, DESK, until)
    found = of(DESK, requests=(request,))
    assert [(grant.period, grant.sender_organisation_id) for grant in found] == [(until, own)]
    assert C.MEDICAL in seen(found)
    assert C.INSURANCE_PHYSICIAN_NOTES not in seen(found)


def test_gate_33_of_what_others_keep_the_privacy_desk_knows_where_to_look_at_most() -> None:
    own = CLINICIAN.organisation_id
    request = w.DataSubjectRequest(named("request"), own, DESK, ALWAYS)
    members, seats = (CLINICIAN, EXPERT), (assigned(CLINICIAN), assigned(EXPERT))
    found = of(DESK, members=members, assignments=seats, requests=(request,))
    elsewhere = [grant for grant in found if grant.sender_organisation_id != own]
    assert [categories_in(grant.categories) for grant in elsewhere] == [{C.EXISTENCE}]
    assert {grant.trajectory_id for grant in elsewhere} == {assigned(CLINICIAN).trajectory_id}


def test_a_client_system_reads_back_what_it_recorded_itself_and_whom_as_they_are_now() -> None:
    system = named("system")
    body, kind = CLINICIAN.organisation_id, CLINICIAN.organisation_kind
    facts = (w.Registration(system, body, kind, ALWAYS),)
    found = of(system, registrations=facts)
    assert seen(found) == {C.IDENTITY}
    (whom,) = [grant for grant in found if grant.reach is Reach.ALL]
    assert (whom.sender_organisation_id, whom.creates) == (body, 0)
    assert C.IDENTITY in seen(found, reach=Reach.AUTHORED)
    elsewhere = replace(facts[0], organisation_kind=OrganisationKind.UWV)
    assert of(system, registrations=(elsewhere,)) == []


# --- substitution --------------------------------------------------------------------------------


def test_a_stand_in_keeps_nothing_of_the_work_that_the_colleague_keeps() -> None:
    cover = w.Substitution(named("cover"), COACH.id, named("stand-in"), Period(day(1), day(4)))
    other = replace(COACH, id=named("stand-in"))
    kept = assigned(COACH, commissioned_by=KIND.UWV, keeps_own_records=True)
    for period in (ALWAYS, Period(day(0), day(3))):
        found = of(
            other.id,
            members=(COACH, other),
            assignments=(replace(kept, period=period),),
            substitutions=(cover,),
        )
        assert found
        assert {grant.period.valid_until for grant in found} <= {day(3), day(4)}


def test_a_stand_in_gets_what_the_absent_colleague_had_while_it_lasts() -> None:
    cover = w.Substitution(named("cover"), CLINICIAN.id, COLLEAGUE.id, Period(day(1), day(4)))
    facts = {"treatments": (treats(CLINICIAN),), "assignments": (assigned(CLINICIAN),)}
    found = of(COLLEAGUE.id, **facts, substitutions=(cover,))
    assert seen(found) == seen(of(CLINICIAN.id, **facts))
    assert {grant.period for grant in found} == {cover.period}
    late = replace(cover, period=Period(day(-9), day(-1)))
    assert not of(COLLEAGUE.id, **facts, substitutions=(late,))


@pytest.mark.parametrize(
    "other",
    [
        PSYCHOLOGIST,
        TEAM_CLINICIAN,
        replace(COLLEAGUE, organisation_id=named("another organisation")),
        member("unknown", Role.CLINICIAN, "ggz", OrganisationKind.GGZ_PROVIDER),
    ],
    ids=["another role", "another organisation", "moved away", "unknown"],
)
def test_nobody_stands_in_from_another_organisation_or_role(other: w.Member) -> None:
    cover = w.Substitution(named("cover"), CLINICIAN.id, other.id, ALWAYS)
    members = tuple(m for m in ROSTER if m.id != other.id)
    if other.id != named("unknown"):
        members = (*members, other)
    facts = {"members": members, "treatments": (treats(CLINICIAN),), "substitutions": (cover,)}
    assert not of(other.id, **facts)


def test_gates_5_18_and_26_are_never() -> None:
    closed = [cell for cell in ceiling().values() if cell.gate in {5, 18, 26}]
    assert len(closed) >= 3
    assert {cell.ground for cell in closed} == {Ground.NEVER}
