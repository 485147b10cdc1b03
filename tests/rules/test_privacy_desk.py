"""What the privacy desk goes by: each flag at its edge, the register, and the terms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest

from app.access import ceilings
from app.access.ceilings import INTEGRATED_TEAM, POLICY_VERSION, MayWrite, roles_of
from app.access.vocabulary import (
    PERSONS,
    STATED_PURPOSES,
    Basis,
    Category,
    Ground,
    OrganisationKind,
    Period,
    Purpose,
    Role,
)
from app.domain.privacy.rules import oddities as rules
from app.domain.privacy.rules.names import share_a_name
from app.domain.privacy.rules.oddities import Look, Oddity
from app.domain.privacy.rules.register import Line, register
from app.domain.privacy.rules.retention import Begins, class_of

TICK = timedelta(microseconds=1)
BEGIN, END = datetime(2025, 1, 13, 9, tzinfo=UTC), datetime(2025, 1, 15, 9, tzinfo=UTC)
TREATS = Period(BEGIN, END)
KEY = UUID(int=7)
LOOK = Look(BEGIN, Role.CLINICIAN, Purpose.TREATMENT, frozenset({(Basis.AUTHOR, KEY)}), shown=1)
PLAIN = {"relations": [Period(BEGIN)], "member_name": "A. Bakker", "family_names": ["Visser"]}


def flags(look: Look, **changed: object) -> list[Oddity]:
    return rules.oddities([look], **{**PLAIN, "reviewed": (), **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        (BEGIN - TICK, True),
        (BEGIN, False),
        (BEGIN + TICK, False),
        (END - TICK, False),
        (END, True),
        (END + TICK, True),
    ],
)
def test_a_look_is_related_from_the_first_moment_of_the_relation_until_its_end(
    at: datetime, odd: bool
) -> None:
    found = flags(replace(LOOK, at=at), relations=[TREATS])
    assert (Oddity.NO_RELATION in found) is odd


def test_one_look_outside_is_enough_and_two_periods_join() -> None:
    looks = [replace(LOOK, at=at) for at in (BEGIN, END)]
    assert rules.without_relation(looks, [TREATS])
    assert not rules.without_relation(looks, [TREATS, Period(END, END + TICK)])
    assert rules.without_relation([LOOK], [])


@pytest.mark.parametrize("basis", list(Basis))
def test_only_grounds_of_who_stands_before_or_beside_a_relation_explain_its_lack(
    basis: Basis,
) -> None:
    found = rules.without_relation([replace(LOOK, grounds=frozenset({(basis, KEY)}))], [])
    beside = {"referral", "contract", "supervision", "request", "break_glass", "review"}
    assert found is (basis.value not in beside)


def test_the_officer_needs_no_relation_to_look_at_the_log_and_only_at_the_log() -> None:
    log = Look(BEGIN, Role.DATA_PROTECTION_OFFICER, None, frozenset(), Category.ACCESS_LOG.bit)
    assert {Role.DATA_PROTECTION_OFFICER} == rules.OVERSEERS
    assert not rules.without_relation([log], [])
    assert rules.without_relation([replace(log, shown=Category.ACCESS_LOG.bit | 1)], [])
    assert rules.without_relation([replace(log, role=Role.CLINICIAN)], [])


@pytest.mark.parametrize(
    ("opened", "listed", "much"),
    [
        (39, 0, False),
        (40, 0, False),
        (41, 0, True),
        (0, 199, False),
        (0, 200, False),
        (0, 201, True),
    ],
)
def test_bulk_begins_beyond_the_threshold(opened: int, listed: int, much: bool) -> None:
    assert rules.in_bulk(opened, listed) is much


@pytest.mark.parametrize(
    ("person", "family", "same"),
    [
        ("S. Alfa", "Alfa", True),
        ("S. alfa", "ÁLFA", True),
        ("J. van de Bakker", "de Bakker", True),
        ("J. Bakker-Visser", "Visser", True),
        ("J. van de Bakker", "van de Visser", False),
        ("J. d'Hondt", "'t Hondt", True),
        ("J. Bakker", "Bakkers", False),
        ("J. Ö", "Ö", False),
        ("Behandelaar-A1", "Alfa", False),
        ("", "", False),
    ],
)
def test_a_family_name_is_compared_without_particles_capitals_and_accents(
    person: str, family: str, same: bool
) -> None:
    assert share_a_name(person, family) is same
    assert (Oddity.OWN_NAME in flags(LOOK, member_name=person, family_names=[family])) is same


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2025, 1, 13, 22, 59, 59, 999999, UTC), False),
        (datetime(2025, 1, 13, 23, tzinfo=UTC), True),
        (datetime(2025, 1, 14, 4, 59, 59, 999999, UTC), True),
        (datetime(2025, 1, 14, 5, tzinfo=UTC), False),
        (datetime(2025, 7, 14, 4, tzinfo=UTC), False),
        (datetime(2025, 7, 13, 22, tzinfo=UTC), True),
    ],
)
def test_night_is_dutch_and_half_open_and_emergencies_know_none(at: datetime, night: bool) -> None:
    look = replace(LOOK, at=at)
    assert (Oddity.OUT_OF_HOURS in flags(look, relations=[Period(at)])) is night
    assert not rules.out_of_hours(replace(look, purpose=Purpose.EMERGENCY))


def test_a_broken_glass_is_odd_until_another_has_reviewed_that_very_one() -> None:
    look = replace(LOOK, grounds=frozenset({(Basis.BREAK_GLASS, KEY)}))
    assert flags(look) == [Oddity.UNREVIEWED_EMERGENCY]
    assert flags(look, reviewed={UUID(int=8)}) == [Oddity.UNREVIEWED_EMERGENCY]
    assert flags(look, reviewed={KEY}) == []


def test_a_plain_look_has_no_flag_and_every_flag_says_when_and_where_from() -> None:
    assert flags(LOOK) == []
    assert set(rules.RULES) == set(Oddity)
    assert all(rule.words and rule.source for rule in rules.RULES.values())
    assert str(rules.MOST_OPENED) in rules.RULES[Oddity.BULK_READING].words


def cells(lines: tuple[Line, ...]) -> set[tuple[object, ...]]:
    return {(line.kind, line.role, line.ground, line.gate, line.writes) for line in lines}


@pytest.mark.parametrize("version", [POLICY_VERSION, INTEGRATED_TEAM])
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_the_register_is_every_open_cell_of_the_matrices_and_no_other(
    kind: OrganisationKind, version: int
) -> None:
    told = {each.category: each for each in register(kind, version)}
    for category in Category:
        places: list[tuple[OrganisationKind | None, Role]] = [
            (k, r) for k in OrganisationKind for r in roles_of(k)
        ]
        places += [(None, r) for r in PERSONS]
        open_cells = set()
        for place, role in places:
            cell, write = (
                ceilings.ceiling(version)[category, role],
                ceilings.writing()[category, role],
            )
            if cell.ground is not Ground.NEVER or write is not MayWrite.NEVER:
                open_cells.add((place, role, cell.ground, cell.gate, write))
        within = {cell for cell in open_cells if cell[0] is kind}
        if not within:
            assert category not in told
            continue
        found = told[category]
        assert cells(found.within) == within
        assert cells(found.recipients) == open_cells - within
        assert found.kept is class_of(kind, category)
        assert found.articles
        for line in (*found.within, *found.recipients):
            assert line.purposes == STATED_PURPOSES[line.role]


def test_a_changed_matrix_is_a_changed_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = Path(copytree(ceilings.FOLDER, tmp_path / "matrix"))
    file = matrix / "ceiling_v1.csv"
    rows = file.read_text(encoding="utf-8")
    file.write_text(rows.replace("life_event,always,consent", "life_event,always,never"), "utf-8")
    before = register(OrganisationKind.GGZ_PROVIDER, POLICY_VERSION)
    monkeypatch.setattr(ceilings, "FOLDER", matrix)
    ceilings.ceiling.cache_clear()
    try:
        after = register(OrganisationKind.GGZ_PROVIDER, POLICY_VERSION)
    finally:
        monkeypatch.undo()
        ceilings.ceiling.cache_clear()
    [(old, new)] = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert old.category is Category.LIFE_EVENT
    [gone] = set(old.recipients) - set(new.recipients)
    assert gone.role is Role.REPRESENTATIVE


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_every_record_of_every_controller_has_one_term(kind: OrganisationKind) -> None:
    for category in Category:
        term = class_of(kind, category)
        assert term.source
        assert term.years is not None or term.begins is Begins.END_OF_PURPOSE
    assert class_of(kind, Category.ACCESS_LOG).name == "access_log"
