"""The reference lists, made from the very rules that the application follows."""

from pathlib import Path
from uuid import UUID

from app.access.ceilings import ceiling, roles_of, writing
from app.access.vocabulary import STATED_PURPOSES, Category, OrganisationKind, Purpose, Role
from app.domain.employer.rules.sroi import sroi_blocks
from app.domain.reference.rules import (
    BuildingBlock,
    Programme,
    concern_routes,
    glossary,
    labels,
)
from app.domain.reference.schemas import (
    BuildingBlockOut,
    CategoryOut,
    CellOut,
    ConcernRouteOut,
    EndReasonOut,
    FundedOut,
    LeftOutOut,
    MeaningElementOut,
    PracticeOut,
    ProcessOut,
    ProgrammeOut,
    PurposeOut,
    RoleOut,
    RouteOut,
    SroiBlockOut,
    StepOut,
    SubjectOut,
    TermOut,
    WellbeingKindOut,
)
from app.domain.trajectory.rules.end_reasons import EndReason, coarse_end
from app.domain.trajectory.rules.funding import paid
from app.domain.trajectory.rules.kinds import OFFERED, Funding, Kind
from app.domain.trajectory.rules.practice import EVERY
from app.domain.trajectory.rules.practice import practices as rules_of_practice
from app.domain.trajectory.rules.processes import PROCESSES
from app.domain.trajectory.rules.steps import Step
from app.domain.wellbeing.rules import SUBJECTS, MeaningElement, Subject
from app.domain.wellbeing.rules import Kind as WellbeingKind
from app.platform.http.paging import Page


def _labels(kind: str, code: str) -> dict[str, str]:
    label = labels()[kind, code]
    return {"label_en": label.english, "label_nl": label.dutch}


def roles() -> Page[RoleOut]:
    return Page[RoleOut](
        items=[
            RoleOut(
                **_labels("role", role),
                code=role,
                organisation_kinds=[kind for kind in OrganisationKind if role in roles_of(kind)],
                purposes=list(STATED_PURPOSES[role]),
            )
            for role in Role
        ]
    )


def categories() -> Page[CategoryOut]:
    return Page[CategoryOut](
        items=[CategoryOut(**_labels("category", code), code=code) for code in Category]
    )


def purposes() -> Page[PurposeOut]:
    return Page[PurposeOut](
        items=[
            PurposeOut(
                **_labels("purpose", code),
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
            EndReasonOut(**_labels("end_reason", code), code=code, coarse=coarse_end(code))
            for code in EndReason
        ]
    )


def wellbeing_kinds() -> Page[WellbeingKindOut]:
    """The ways to tell how it goes, each with its subjects in the order of the source."""
    return Page[WellbeingKindOut](
        items=[
            WellbeingKindOut(
                **_labels("wellbeing_kind", kind),
                code=kind,
                subjects=[
                    SubjectOut(**_labels("wellbeing_subject", subject), code=subject)
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
            MeaningElementOut(**_labels("meaning_element", code), code=code)
            for code in MeaningElement
        ]
    )


def processes() -> Page[ProcessOut]:
    """Every kind of trajectory, with the steps of those that are offered."""
    return Page[ProcessOut](
        items=[
            ProcessOut(
                **_labels("process", kind),
                code=kind,
                offered=kind in OFFERED,
                months=list(PROCESSES[kind].months),
                steps=[_step(step) for step in PROCESSES[kind].steps],
            )
            for kind in Kind
        ]
    )


def practices(path: Path | None) -> Page[PracticeOut]:
    """How it goes where: the line for everyone else, and those of organisations that differ."""
    return Page[PracticeOut](
        items=[
            PracticeOut(
                organisation_id=None if name == EVERY else UUID(name),
                offers=[kind for kind in Kind if kind in practice.offers],
                oad_name=practice.oad_name,
                leaves_out=[
                    LeftOutOut(kind=kind, step=step) for kind, step in sorted(practice.leaves_out)
                ],
                three_way=[kind for kind in Kind if kind in practice.three_way],
                concerns=practice.concerns,
            )
            for name, practice in sorted(rules_of_practice(path).items())
        ]
    )


def _step(step: Step) -> StepOut:
    label = labels()["step", step.name]
    out = StepOut(
        label_en=label.english,
        label_nl=label.dutch,
        code=step.name,
        roles=[role for role in Role if role in step.acts],
        records=list(step.records),
        needs=[need.value for need in step.needs],
    )
    if step.only is not None:
        out.only = step.only
    return out


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
            BuildingBlockOut(**_labels("building_block", code), code=code) for code in BuildingBlock
        ]
    )


def programmes() -> Page[ProgrammeOut]:
    return Page[ProgrammeOut](
        items=[ProgrammeOut(**_labels("programme", code), code=code) for code in Programme]
    )


def routes_of_concern() -> Page[ConcernRouteOut]:
    """Each signaller, not acute and acute, with the places to go in the order of the source."""
    return Page[ConcernRouteOut](
        items=[
            ConcernRouteOut(
                **_labels("signaller", one.signaller),
                code=one.signaller,
                acute=one.acute,
                routes=[
                    RouteOut(**_labels("concern_route", code), code=code) for code in one.routes
                ],
            )
            for one in concern_routes()
        ]
    )


def funding() -> Page[FundedOut]:
    """Kinds of trajectory and of contact, and the laws that pay for them."""
    kinds = frozenset(kind.value for kind in Kind)
    return Page[FundedOut](
        items=[
            FundedOut(
                **_labels("process" if code in kinds else "contact", code),
                code=code,
                funding=[law for law in Funding if law in laws],
            )
            for code, laws in paid().items()
        ]
    )
