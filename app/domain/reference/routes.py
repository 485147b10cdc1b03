"""The reference lists over HTTP; public, for they say nothing about anyone."""

from typing import Annotated

from fastapi import Path as PathParameter
from fastapi import Query, Request

from app.domain.reference.actions import events, lists
from app.domain.reference.actions import processes as going
from app.domain.reference.schemas import (
    BuildingBlockOut,
    CategoryOut,
    CellOut,
    CodeListOut,
    ConcernRouteOut,
    EndReasonOut,
    EventTypeOut,
    FundedOut,
    MeaningElementOut,
    PracticeOut,
    ProcessOut,
    ProgrammeOut,
    PurposeOut,
    RoleOut,
    SroiBlockOut,
    TermOut,
    WellbeingKindOut,
)
from app.platform.http.paging import Page
from app.platform.http.routing import Router
from app.platform.http.schemas import Whole

router = Router(prefix="/reference", tags=["reference"])
ListName = Annotated[str, PathParameter(max_length=40, pattern="^[a-z_]+$")]
Version = Annotated[
    Whole, Query(alias="policyVersion", ge=1, le=2, description='2 is "integrated team".')
]


@router.get("/roles", public=True)
async def list_roles() -> Page[RoleOut]:
    """Roles, where they exist and for which purposes they may ask."""
    return lists.roles()


@router.get("/categories", public=True)
async def list_categories() -> Page[CategoryOut]:
    """The kinds of data that are shared or withheld."""
    return lists.categories()


@router.get("/event-types", public=True)
async def list_event_types() -> Page[EventTypeOut]:
    """What client systems can be told of; see `/v1/webhook-subscriptions`."""
    return events.event_types()


@router.get("/purposes", public=True)
async def list_purposes() -> Page[PurposeOut]:
    """The purposes of use, and the roles they fit."""
    return lists.purposes()


@router.get("/matrix", public=True)
async def list_matrix(policy_version: Version = 1) -> Page[CellOut]:
    """At most who may see and write what: every category for every role."""
    return lists.matrix(policy_version)


@router.get("/glossary", public=True)
async def list_terms() -> Page[TermOut]:
    """The official glossary, Dutch to English."""
    return lists.terms()


@router.get("/end-reasons", public=True)
async def list_end_reasons() -> Page[EndReasonOut]:
    """Why a trajectory can end, and what a funder learns of it."""
    return lists.end_reasons()


@router.get("/wellbeing-kinds", public=True)
async def list_wellbeing_kinds() -> Page[WellbeingKindOut]:
    """Ways to tell how it goes, from own words to known wheels, and what their marks are about."""
    return lists.wellbeing_kinds()


@router.get("/meaning-elements", public=True)
async def list_meaning_elements() -> Page[MeaningElementOut]:
    """Three questions to ask about meaning; nobody has to answer them."""
    return lists.meaning_elements()


@router.get("/processes", public=True)
async def list_processes() -> Page[ProcessOut]:
    """The kinds of trajectory and their steps: who acts, what is recorded, what comes before."""
    return going.processes()


@router.get("/practices", public=True)
async def list_practices(request: Request) -> Page[PracticeOut]:
    """What organisations do otherwise: kinds offered, steps left out, the talk they start with."""
    return going.practices(request.app.state.services.practices)


@router.get("/sroi-blocks", public=True)
async def list_sroi_blocks() -> Page[SroiBlockOut]:
    """What each region lets an employer count as social return."""
    return lists.social_return()


@router.get("/building-blocks", public=True)
async def list_building_blocks() -> Page[BuildingBlockOut]:
    """The seven building blocks of a sound region."""
    return lists.building_blocks()


@router.get("/programmes", public=True)
async def list_programmes() -> Page[ProgrammeOut]:
    """The names that regions work under."""
    return lists.programmes()


@router.get("/concern-routes", public=True)
async def list_concern_routes() -> Page[ConcernRouteOut]:
    """Where to go with a concern, by who has it and whether it is acute."""
    return lists.routes_of_concern()


@router.get("/funding", public=True)
async def list_funding() -> Page[FundedOut]:
    """Which law pays for which kind of trajectory and contact; others are refused."""
    return going.funding()


@router.get("/code-lists", public=True)
async def list_code_lists() -> Page[CodeListOut]:
    """Every list of codes in the records, with labels, in one answer."""
    return lists.lists_of_codes()


@router.get("/code-lists/{name}", public=True)
async def read_code_list(name: ListName) -> CodeListOut:
    """One list of codes."""
    return lists.code_list(name)
