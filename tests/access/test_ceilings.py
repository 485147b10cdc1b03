"""The matrices as the project's own data: total, versioned, and never wider than they say."""

from typing import Any

import pytest

from app.access import ceilings
from app.access.vocabulary import (
    PERSONS,
    Category,
    Ground,
    OrganisationKind,
    Role,
    categories_in,
    mask_of,
)


def test_every_category_has_a_ceiling_and_a_write_cell_for_every_role() -> None:
    pairs = {(category, role) for category in Category for role in Role}
    assert set(ceilings.ceiling()) == set(ceilings.writing()) == pairs


def test_no_consent_opens_a_bsn_to_a_professional() -> None:
    for role in set(Role) - PERSONS:
        assert Category.BSN not in ceilings.open_to_consent(role)


def test_what_is_never_is_opened_by_no_ground() -> None:
    for (category, role), cell in ceilings.ceiling().items():
        if cell.ground is Ground.NEVER:
            assert category not in ceilings.open_to_consent(role)
            assert all(
                category not in ceilings.opened_by(role, ground)
                for ground in Ground
                if ground is not Ground.NEVER
            )


def test_nobody_outside_care_can_ever_be_given_medical_data() -> None:
    closed = {Role.EMPLOYER, Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER}
    closed |= {Role.REINTEGRATION_COACH, Role.JOB_COACH}
    for role in closed:
        for category in (Category.MEDICAL, Category.PSYCHOLOGICAL_ANAMNESIS):
            assert category not in ceilings.open_to_consent(role)


def test_the_integrated_team_opens_work_categories_to_care_roles_and_to_nobody_else() -> None:
    before, after = ceilings.ceiling(), ceilings.ceiling(ceilings.INTEGRATED_TEAM)
    changed = {pair for pair in before if before[pair] != after[pair]}
    care = {Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH}
    assert changed <= {(c, r) for c in ceilings.TEAM_CATEGORIES for r in care}
    assert {category for category, _ in changed} == ceilings.TEAM_CATEGORIES


def test_an_unknown_policy_version_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown policy version"):
        ceilings.ceiling(99)


def test_a_matrix_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="not total"):
        ceilings._total("ceiling", {})


def test_roles_exist_only_where_the_table_says() -> None:
    assert Role.INSURANCE_PHYSICIAN in ceilings.roles_of(OrganisationKind.UWV)
    assert Role.INSURANCE_PHYSICIAN not in ceilings.roles_of(OrganisationKind.MUNICIPALITY)


def test_a_mask_holds_exactly_its_categories() -> None:
    for category in Category:
        assert categories_in(category.bit) == {category}
    assert categories_in(mask_of(frozenset(Category))) == frozenset(Category)


def test_the_integrated_team_changes_each_of_its_cells() -> None:
    named = {"ladder", "action_plan", "placement", "contact_log"}
    after = ceilings.ceiling(ceilings.INTEGRATED_TEAM)
    for role in (Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH):
        found = {c.value for c in Category if after[c, role].ground is Ground.TREATMENT}
        assert named <= found


def test_no_consent_opens_what_is_ones_own_or_by_request_or_for_machines() -> None:
    shut = {"never", "own", "request", "supervise", "technical", "grouped"}
    for (category, role), cell in ceilings.ceiling().items():
        if cell.ground.value in shut:
            assert category not in ceilings.open_to_consent(role)


def test_what_waits_for_a_legal_task_is_opened_by_it_and_by_nothing_else() -> None:
    for (category, role), cell in ceilings.ceiling().items():
        if cell.ground is Ground.CONSENT_THEN_STATUTORY:
            assert category in ceilings.opened_by(role, Ground.STATUTORY)
            for ground in set(Ground) - {Ground.STATUTORY, Ground.CONSENT_THEN_STATUTORY}:
                assert category not in ceilings.opened_by(role, ground)


def test_the_client_may_show_the_own_number_to_who_stands_beside() -> None:
    cells = ceilings.ceiling()
    for role in PERSONS:
        open_cell = cells[Category.BSN, role].ground not in ceilings.CONSENT_CANNOT_OPEN
        assert (Category.BSN in ceilings.open_to_consent(role)) is open_cell


def test_a_matrix_with_a_row_too_many_is_refused() -> None:
    whole: dict[Any, object] = {(c, r): 1 for c in Category for r in Role}
    more: Any = ("another", Role.CLIENT)
    ceilings._total("ceiling", whole)
    with pytest.raises(ValueError, match="not total"):
        ceilings._total("ceiling", {**whole, more: 1})
    del whole[Category.BSN, Role.CLIENT]
    with pytest.raises(ValueError, match="bsn"):
        ceilings._total("ceiling", {**whole, more: 1})


@pytest.mark.parametrize("matrix", ["ceiling", "writing"])
def test_a_matrix_is_read_only_when_it_is_total(
    matrix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceilings, "Category", [*Category, "a new one"])
    monkeypatch.setattr(ceilings, "_rows", lambda _name: [])
    with pytest.raises(ValueError, match="not total"):
        getattr(ceilings, matrix).__wrapped__()
