"""Conversations as rules: who sits where, what is lacking, what looks medical."""

from uuid import UUID, uuid4

import pytest

from app.access.vocabulary import Role
from app.domain.startconversation.rules.conversation import (
    AUDIENCE,
    Content,
    Kind,
    Party,
    may_attend,
    seats_filled,
    seats_named,
    seats_without_consent,
    two_authorities,
    unfit,
)
from app.domain.trajectory.rules.medical import looks_medical
from app.domain.trajectory.rules.standing import Seat

FOUR = [
    Party(role, None if role is Role.CLIENT else uuid4(), None, uuid4())
    for role in (Role.CLIENT, Role.CLINICIAN, Role.LABOUR_EXPERT, Role.REINTEGRATION_COACH)
]


def invited(*parties: Party) -> list[UUID]:
    return [party.invitation_id for party in parties if party.invitation_id is not None]


def consented(*parties: Party) -> list[tuple[UUID, Role, UUID]]:
    return [
        (party.organisation_id, party.role, uuid4())
        for party in parties
        if party.organisation_id is not None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Heeft een depressie",
        "na de psychotische periode",
        "PTSS speelt mee",
        "start met sertraline 50 mg",
        "F32.1 volgens de brief",
        "code f20",
        "DSM-5 as 1",
        "Bórderline",
        "depres\u00adsie",
        "manisch geweest",
        "verslavingszorg belt",
    ],
)
def test_names_and_codes_of_disorders_and_medicines_look_medical(text: str) -> None:
    assert looks_medical(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twee dagen per week met hout, betaald of niet",
        "Op deze manier, in een rustige ruimte",
        "Begeleiding bij psychosociale vragen regelt de coach",
        "Pauze om 10.30 uur, kamer B12.03",
        "Adviseur belt de werkgever voor 1 juni",
        "F. de Vries van de gemeente",
    ],
)
def test_words_of_work_pass(text: str) -> None:
    assert not looks_medical(text)


def test_only_roles_that_a_consent_can_open_it_to_may_be_invited() -> None:
    assert may_attend(Role.LABOUR_EXPERT)
    assert may_attend(Role.MUNICIPAL_CASE_MANAGER)
    for role in (Role.INSURANCE_PHYSICIAN, Role.EMPLOYER, Role.HEALTH_INSURER, Role.SUPERVISOR):
        assert not may_attend(role)
        assert role.value not in AUDIENCE


def test_uwv_and_municipality_are_two_authorities_and_one_body_is_not() -> None:
    uwv, town = uuid4(), uuid4()
    expert = Party(Role.LABOUR_EXPERT, uwv)
    assert two_authorities([expert, Party(Role.MUNICIPAL_CASE_MANAGER, town)])
    assert two_authorities([expert, Party(Role.LABOUR_EXPERT, town)])
    assert not two_authorities([expert, Party(Role.LABOUR_EXPERT, uwv, uuid4())])
    assert not two_authorities([Party(Role.MUNICIPAL_CASE_MANAGER, town)])


def test_a_seat_is_filled_when_everyone_in_it_was_there() -> None:
    client, clinician, expert, coach = FOUR
    assert seats_filled(FOUR, invited(*FOUR)) == set(Seat)
    assert seats_filled(FOUR, invited(client, clinician, coach)) == set(Seat) - {Seat.AUTHORITY}
    second = Party(Role.IPS_COACH, uuid4(), None, uuid4())
    there = invited(client, clinician, expert, coach)
    assert Seat.COACH not in seats_filled([*FOUR, second], there)


def test_each_professional_seat_needs_a_consent_for_its_own_organisation_and_role() -> None:
    client, clinician, expert, coach = FOUR
    assert seats_without_consent(FOUR, consented(*FOUR)) == set()
    assert seats_without_consent(FOUR, consented(clinician, coach)) == {Seat.AUTHORITY}
    elsewhere = Party(Role.LABOUR_EXPERT, uuid4())
    assert seats_without_consent([client, expert], consented(elsewhere)) == {Seat.AUTHORITY}
    named = Party(Role.LABOUR_EXPERT, expert.organisation_id, uuid4())
    assert seats_without_consent([named], consented(expert)) == {Seat.AUTHORITY}


def test_what_lacks_is_named_by_seat() -> None:
    assert seats_named({Seat.COACH}, {Seat.AUTHORITY}) == [
        "not_present_coach",
        "no_consent_authority",
    ]


def test_minutes_of_four_parties_say_what_counts_as_success_and_for_how_long() -> None:
    empty = Content(success=False, reviews=False, duration=False, final=False, next_step=False)
    fields = {field for field, _ in unfit(Kind.FOUR_PARTY, empty)}
    assert fields == {"successDefinition", "reviewDates", "durationMonths"}
    assert unfit(Kind.THREE_WAY, empty) == []
    assert unfit(Kind.FINAL_REVIEW, empty) == [("finalReview", "required")]
    ending = Content(success=True, reviews=True, duration=True, final=True, next_step=True)
    assert unfit(Kind.FINAL_REVIEW, ending) == []
    assert unfit(Kind.REVIEW, ending) == [("finalReview", "only_in_a_final_review")]
