"""The reference lists, made from the very rules that the application follows."""

from app.access.ceilings import ceiling, roles_of, writing
from app.access.vocabulary import STATED_PURPOSES, Category, OrganisationKind, Purpose, Role
from app.domain.dayactivity.rules import BuildingBlock
from app.domain.employer.rules.sroi import sroi_blocks
from app.domain.reference.rules import (
    code_lists,
    concern_routes,
    glossary,
    labels,
)
from app.domain.reference.schemas import (
    BuildingBlockOut,
    CategoryOut,
    CellOut,
    CodeListOut,
    CodeOut,
    ConcernRouteOut,
    EndReasonOut,
    MeaningElementOut,
    ProgrammeOut,
    PurposeOut,
    RoleOut,
    RouteOut,
    SroiBlockOut,
    SubjectOut,
    TermOut,
    WellbeingKindOut,
)
from app.domain.trajectory.rules.end_reasons import EndReason, coarse_end
from app.domain.trajectory.rules.practice import Programme
from app.domain.wellbeing.rules import SUBJECTS, MeaningElement, Subject
from app.domain.wellbeing.rules import Kind as WellbeingKind
from app.platform.http.paging import Page
from app.platform.http.problems import NotFound


def named(kind: str, code: str) -> dict[str, str]:
    label = labels()[kind, code]
    return {"label_en": label.english, "label_nl": label.dutch}


def roles() -> Page[RoleOut]:
    return Page[RoleOut](
        items=[
            RoleOut(
                **named("role", role),
                code=role,
                organisation_kinds=[kind for kind in OrganisationKind if role in roles_of(kind)],
                purposes=list(STATED_PURPOSES[role]),
            )
            for role in Role
        ]
    )


def categories() -> Page[CategoryOut]:
    return Page[CategoryOut](
        items=[CategoryOut(**named("category", code), code=code) for code in Category]
    )


def purposes() -> Page[PurposeOut]:
    return Page[PurposeOut](
        items=[
            PurposeOut(
                **named("purpose", code),
                code=code,
                roles=[role for role in Role if code in STATED_PURPOSES[role]],
            )
            for code in Purpose
        ]
    )


def matrix(version: int) -> Page[CellOut]:
    """All cells of one version of the policy, category by category."""
    write = writing()
    cells = []
    for (category, role), cell in ceiling(version).items():
        out = CellOut(category=category, role=role, ground=cell.ground, write=write[category, role])
        if cell.gate is not None:
            out.gate = cell.gate
        cells.append(out)
    return Page[CellOut](items=cells)


def terms() -> Page[TermOut]:
    return Page[TermOut](
        items=[TermOut(dutch=term.dutch, english=term.english) for term in glossary()]
    )


def end_reasons() -> Page[EndReasonOut]:
    return Page[EndReasonOut](
        items=[
            EndReasonOut(**named("end_reason", code), code=code, coarse=coarse_end(code))
            for code in EndReason
        ]
    )


def wellbeing_kinds() -> Page[WellbeingKindOut]:
    """The ways to tell how it goes, each with its subjects in the order of the source."""
    return Page[WellbeingKindOut](
        items=[
            WellbeingKindOut(
                **named("wellbeing_kind", kind),
                code=kind,
                subjects=[
                    SubjectOut(**named("wellbeing_subject", subject), code=subject)
                    for subject in Subject
                    if subject in SUBJECTS[kind]
                ],
            )
            for kind in WellbeingKind
        ]
    )


def meaning_elements() -> Page[MeaningElementOut]:
    return Page[MeaningElementOut](
        items=[
            MeaningElementOut(**named("meaning_element", code), code=code)
            for code in MeaningElement
        ]
    )


def social_return() -> Page[SroiBlockOut]:
    """The building blocks of social return, region by region."""
    return Page[SroiBlockOut](
        items=[
            SroiBlockOut(
                region=block.region,
                code=block.code,
                label_en=block.english,
                label_nl=block.dutch,
                outside_register=block.outside_register,
            )
            for block in sroi_blocks().values()
        ]
    )


def building_blocks() -> Page[BuildingBlockOut]:
    return Page[BuildingBlockOut](
        items=[
            BuildingBlockOut(**named("building_block", code), code=code) for code in BuildingBlock
        ]
    )


def programmes() -> Page[ProgrammeOut]:
    return Page[ProgrammeOut](
        items=[ProgrammeOut(**named("programme", code), code=code) for code in Programme]
    )


def routes_of_concern() -> Page[ConcernRouteOut]:
    """Each signaller, not acute and acute, with the places to go in the order of the source."""
    return Page[ConcernRouteOut](
        items=[
            ConcernRouteOut(
                **named("signaller", one.signaller),
                code=one.signaller,
                acute=one.acute,
                routes=[RouteOut(**named("concern_route", code), code=code) for code in one.routes],
            )
            for one in concern_routes()
        ]
    )


def lists_of_codes() -> Page[CodeListOut]:
    """Every list at once, so that a screen asks once."""
    return Page[CodeListOut](items=[code_list(name) for name in code_lists()])


def code_list(name: str) -> CodeListOut:
    """One list. NotFound for a name that none has."""
    if name not in code_lists():
        raise NotFound
    codes = [CodeOut(**named(name, code), code=code) for code in code_lists()[name]]
    return CodeListOut(code=name, codes=codes)
