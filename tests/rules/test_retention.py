"""How long what is kept, by which law, and what a request may change about it."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.access.vocabulary import Category, OrganisationKind
from app.domain.privacy.rules.retention import OWN, RetentionError, class_of, retention
from app.domain.rights.rules.deciding import Item, last_change

LEAP = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("kind", "asked_within", "kept_until"),
    [
        (OrganisationKind.GGZ_PROVIDER, True, date(2044, 2, 29)),
        (OrganisationKind.MUNICIPALITY, False, date(2034, 3, 1)),
        (OrganisationKind.SOCIAL_PROVIDER, True, date(2039, 3, 1)),
        (OrganisationKind.UWV, False, None),
    ],
)
def test_each_kind_of_organisation_has_its_own_term(
    kind: OrganisationKind, asked_within: bool, kept_until: date | None
) -> None:
    kept = class_of(kind, Category.MEDICAL)
    assert kept.kept_until(LEAP) == kept_until
    assert kept.may_destroy(LEAP, date(2025, 1, 1)) is asked_within


def test_after_the_term_nothing_obliges_to_keep() -> None:
    kept = class_of(OrganisationKind.MUNICIPALITY, Category.STATUS)
    assert not kept.may_destroy(date(2020, 5, 1), date(2030, 4, 30))
    assert kept.may_destroy(date(2020, 5, 1), date(2030, 5, 1))


def test_an_operator_names_terms_of_its_own_and_the_particular_one_counts(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        OWN.read_text(encoding="utf-8") + "notes,uwv,benefit,5,last_change,destroy,Own\n"
    )
    assert class_of(OrganisationKind.UWV, Category.BENEFIT, own).years == 5
    assert class_of(OrganisationKind.UWV, Category.STATUS, own).years is None


@pytest.mark.parametrize(
    "line",
    [
        "notes,uwv,benefits,5,last_change,destroy,Own",
        "notes,uwv,benefit,5,some day,destroy,Own",
        "notes,uwv,benefit,five,last_change,destroy,Own",
        "",
    ],
)
def test_a_file_that_leaves_something_open_is_refused(tmp_path: Path, line: str) -> None:
    own = tmp_path / "own.csv"
    kept = OWN.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join([*(kept if line else kept[:3]), line]) + "\n")
    with pytest.raises(RetentionError):
        retention(own)


def test_a_term_runs_from_the_last_change_of_the_file_and_not_from_asking_for_it() -> None:
    def item(category: Category, day: int) -> Item:
        return Item(UUID(int=day), category, None, datetime(2025, 1, day, tzinfo=UTC))

    asked = item(Category.CONSENT, 9)
    file = [item(Category.MEDICAL, 3), item(Category.STATUS, 5), asked]
    assert last_change(file) == datetime(2025, 1, 5, tzinfo=UTC)
    assert last_change([asked]) == asked.recorded_at
