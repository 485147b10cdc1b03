"""The register of processing (GDPR 30), made of the rules themselves; pure.

Nothing is listed here that the policy does not do: lines are the cells of the ceiling and write
matrices, the purposes are those a role may state, the terms are those of `retention`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.access.ceilings import MayWrite, ceiling, roles_of, writing
from app.access.vocabulary import (
    PERSONS,
    STATED_PURPOSES,
    Basis,
    Category,
    Ground,
    OrganisationKind,
    Purpose,
    Role,
)
from app.domain.consent.rules.words import reason_of
from app.domain.privacy.rules.retention import RetentionClass, class_of

CONTROLLERS: Mapping[OrganisationKind, tuple[str, ...]] = MappingProxyType(
    {
        OrganisationKind.GGZ_PROVIDER: (
            "AVG 6(1)(b)", "AVG 6(1)(c)", "AVG 9(2)(h)", "UAVG 30(3)", "BW 7:454",
        ),
        OrganisationKind.UWV: (
            "AVG 6(1)(c)", "AVG 6(1)(e)", "AVG 9(2)(b)", "UAVG 30(1)(b)", "Wet SUWI 30a",
        ),
        OrganisationKind.MUNICIPALITY: (
            "AVG 6(1)(c)", "AVG 6(1)(e)", "UAVG 30(1)(b)", "Participatiewet 7",
        ),
        OrganisationKind.REINTEGRATION_COMPANY: (
            "AVG 6(1)(b)", "UAVG 30(1)(b)", "Wet SUWI 73(9)", "Besluit SUWI 5.18",
        ),
        OrganisationKind.EMPLOYER: ("AVG 6(1)(c)", "UAVG 30(1)"),
        OrganisationKind.SOCIAL_PROVIDER: ("AVG 6(1)(e)", "Wmo 2015 5.1.1", "Wmo 2015 5.3.3"),
        OrganisationKind.HEALTH_INSURER: ("AVG 6(1)(c)", "Zorgverzekeringswet 87"),
        OrganisationKind.PLATFORM: ("AVG 28",),
    }
)  # fmt: skip
"""On what each kind of organisation processes at all (source: the domain reference, E1)."""
_BSN_ARTICLES: Mapping[OrganisationKind, str] = MappingProxyType(
    {
        OrganisationKind.GGZ_PROVIDER: "Wabvpz 4, 8 and 9",
        OrganisationKind.REINTEGRATION_COMPANY: "Wet SUWI 73(9)",
    }
)
_BASES: Mapping[Ground, Basis] = MappingProxyType(
    {
        Ground.CONSENT: Basis.CONSENT,
        Ground.TREATMENT: Basis.TREATMENT,
        Ground.STATUTORY: Basis.STATUTORY,
        Ground.CONSENT_THEN_STATUTORY: Basis.STATUTORY,
        Ground.ASSIGNMENT: Basis.ASSIGNMENT,
        Ground.CONTRACT: Basis.CONTRACT,
        Ground.OWN: Basis.OWN,
        Ground.REQUEST: Basis.REQUEST,
        Ground.ALWAYS: Basis.SELF,
    }
)
_OTHER_ARTICLES: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.SUPERVISE: "AVG, artikel 39, lid 1, onder b",
        Ground.TECHNICAL: "AVG, artikel 32",
        Ground.GROUPED: "AVG, artikel 5, lid 1, onder b, en artikel 89",
    }
)
MEASURES = (
    "Only what a grant opens is read: in the statement, by row security, and field by field.",
    "The BSN is sealed under a key per client and found by a keyed index.",
    "Every look is on a log that the client reads and that outsiders can check (NEN 7513).",
    "Withdrawals hold for the next read; nothing is opened for longer than its ground lasts.",
)
"""GDPR 30(1)(g), in general terms; the map of the house says where each of these is."""


@dataclass(frozen=True)
class Line:
    """One cell: who sees this, on what ground and for which purposes; what it may write."""

    category: Category
    kind: OrganisationKind | None
    role: Role
    ground: Ground
    gate: int | None
    purposes: tuple[Purpose, ...]
    writes: MayWrite
    article: str | None


@dataclass(frozen=True)
class Activity:
    """What an organisation of one kind does with one category of data."""

    category: Category
    articles: tuple[str, ...]
    within: tuple[Line, ...]
    recipients: tuple[Line, ...]
    kept: RetentionClass


def register(kind: OrganisationKind, version: int, retention: Path | None = None) -> list[Activity]:
    """All that an organisation of this kind processes under this version of the policy."""
    found = []
    for category in Category:
        lines = list(_lines(category, version))
        within = tuple(line for line in lines if line.kind is kind)
        if within:
            kept = class_of(kind, category, retention)
            others = tuple(line for line in lines if line.kind is not kind)
            articles = _articles(kind, category)
            found.append(Activity(category, articles, within, others, kept))
    return found


def _articles(kind: OrganisationKind, category: Category) -> tuple[str, ...]:
    own = CONTROLLERS[kind]
    if category is Category.BSN:
        return (*own, "UAVG 46", _BSN_ARTICLES.get(kind, "Wabb 10"))
    return own


def _lines(category: Category, version: int) -> Iterator[Line]:
    """Persons belong to no kind of organisation: they receive what is theirs."""
    for role in Role:
        if role in PERSONS:
            yield from _line(category, None, role, version)
    for kind in OrganisationKind:
        for role in Role:
            if role in roles_of(kind):
                yield from _line(category, kind, role, version)


def _line(
    category: Category, kind: OrganisationKind | None, role: Role, version: int
) -> Iterator[Line]:
    cell, writes = ceiling(version)[category, role], writing()[category, role]
    if cell.ground is not Ground.NEVER or writes is not MayWrite.NEVER:
        purposes, article = STATED_PURPOSES[role], article_of(cell.ground, kind)
        yield Line(category, kind, role, cell.ground, cell.gate, purposes, writes, article)


def article_of(ground: Ground, kind: OrganisationKind | None) -> str | None:
    """The article behind a ground, as the client reads it beside each look."""
    if ground in _OTHER_ARTICLES or ground is Ground.NEVER:
        return _OTHER_ARTICLES.get(ground)
    return reason_of(_BASES[ground], kind).article
