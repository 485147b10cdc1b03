"""The matrices as the project's own data: total, versioned, and never wider than they say."""

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
