"""What the reference lists hold."""

from uuid import UUID

from app.access.ceilings import MayWrite
from app.access.vocabulary import Category, Ground, OrganisationKind, Purpose, Role
from app.domain.concern.rules import Signaller
from app.domain.dayactivity.rules import BuildingBlock
from app.domain.trajectory.rules.end_reasons import CoarseEnd, EndReason
from app.domain.trajectory.rules.kinds import Funding, Kind, Variant
from app.domain.trajectory.rules.practice import OadName, Programme
from app.domain.trajectory.rules.words import StepName
from app.domain.wellbeing.rules import Kind as WellbeingKind
from app.domain.wellbeing.rules import MeaningElement, Subject
from app.platform.http.schemas import Out


class Labelled(Out):
    """Every code has a label in English and one in Dutch."""

    label_en: str
    label_nl: str


class RoleOut(Labelled):
    """In which kinds of organisation a role exists, and for which purposes it may ask."""

    code: Role
    organisation_kinds: list[OrganisationKind]
    purposes: list[Purpose]


class CategoryOut(Labelled):
    code: Category


class PurposeOut(Labelled):
    code: Purpose
    roles: list[Role]


class EventTypeOut(Out):
    """A type of event; it is told to who may see the record that `dataref` leads to."""

    type: str
    category: Category
    dataref: str
    meaning: str


class CellOut(Out):
    """At most what this role may see of this category and on which ground; what it may write."""

    category: Category
    role: Role
    ground: Ground
    gate: int | None = None
    write: MayWrite


class TermOut(Out):
    dutch: str
    english: str


class EndReasonOut(Labelled):
    """`coarse` is what a funder learns of it."""

    code: EndReason
    coarse: CoarseEnd


class SubjectOut(Labelled):
    code: Subject


class WellbeingKindOut(Labelled):
    """A way to tell how it goes, and what its marks can be about."""

    code: WellbeingKind
    subjects: list[SubjectOut]


class MeaningElementOut(Labelled):
    """A question to ask by; the labels are the question."""

    code: MeaningElement


class StepOut(Labelled):
    """Who acts, where it is recorded, and what must be there before it."""

    code: StepName
    roles: list[Role]
    records: list[str]
    needs: list[str]
    only: Variant | None = None


class LeftOutOut(Out):
    """A step that is not taken in trajectories of this kind."""

    kind: Kind
    step: StepName


class PracticeOut(Out):
    """How it goes at one organisation; without an id: at every other one. There is no blueprint."""

    organisation_id: UUID | None = None
    offers: list[Kind]
    oad_name: OadName
    leaves_out: list[LeftOutOut]
    three_way: list[Kind]
    programmes: list[Programme]
    concerns: bool


class ProcessOut(Labelled):
    """A kind of trajectory; whether its process is written down, so that it can be offered."""

    code: Kind
    offered: bool
    months: list[int]
    steps: list[StepOut]


class SroiBlockOut(Labelled):
    """`outsideRegister`: it counts for people outside the target-group register too."""

    region: str
    code: str
    outside_register: bool


class BuildingBlockOut(Labelled):
    code: BuildingBlock


class ProgrammeOut(Labelled):
    code: Programme


class RouteOut(Labelled):
    """A place to go with a concern; numbers are to be checked before they are used."""

    code: str


class ConcernRouteOut(Labelled):
    """Where this signaller goes with a concern; the label is that of the signaller."""

    code: Signaller
    acute: bool
    routes: list[RouteOut]


class FundedOut(Labelled):
    """Which laws pay for this kind of trajectory or contact."""

    code: str
    funding: list[Funding]


class CodeOut(Labelled):
    code: str


class CodeListOut(Out):
    """All codes of one kind, in the order in which they are shown; `code` names the list."""

    code: str
    codes: list[CodeOut]
