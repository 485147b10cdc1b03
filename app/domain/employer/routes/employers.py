"""Employers of your organisation, their sites and people."""

from app.access.session import Reading, Writing
from app.domain.employer.actions import employers as actions
from app.domain.employer.actions import visits
from app.domain.employer.rules import acts
from app.domain.employer.schemas.employers import (
    EmployerChange,
    EmployerEndIn,
    EmployerIn,
    EmployerOut,
    EmployerPersonIn,
    EmployerPersonOut,
    EmployerSiteIn,
    EmployerSiteOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id, ShortText

employers = Router(prefix="/employers", tags=["employers"])
SITES = "/{employer_id}/sites"
PEOPLE = "/{employer_id}/people"


@employers.post(
    "", status_code=201, act=acts.ADD, again=actions.read, location="/v1/employers/{id}"
)
async def enter_employer(body: EmployerIn, session: Writing) -> EmployerOut:
    """Enter an employer in the directory of your organisation; no other reads it."""
    return await actions.enter(session, body)


@employers.get("", act=acts.LOOK)
async def list_employers(
    session: Reading, name: ShortText | None = None, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmployerOut]:
    """The employers that your organisation entered; `name` is how a name begins."""
    return await actions.browse(session, name, cursor, page_size)


@employers.get("/{employer_id}", act=acts.LOOK)
async def read_employer(employer_id: Id, session: Reading) -> EmployerOut:
    """One employer of your directory."""
    return await actions.read(session, employer_id)


@employers.patch("/{employer_id}", act=acts.CHANGE)
async def change_employer(employer_id: Id, body: EmployerChange, session: Writing) -> EmployerOut:
    """Change what is known of an employer."""
    return await actions.change(session, employer_id, body)


@employers.post(
    SITES,
    status_code=201,
    act=acts.ADD,
    again=visits.SITES.again,
    location="/v1/employers/{employer_id}/sites/{id}",
)
async def add_site(employer_id: Id, body: EmployerSiteIn, session: Writing) -> EmployerSiteOut:
    """Add a place where people work."""
    return await visits.SITES.add(session, employer_id, body)


@employers.get(SITES, act=acts.LOOK)
async def list_sites(
    employer_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmployerSiteOut]:
    """The sites of one employer."""
    return await visits.SITES.page(session, employer_id, cursor, page_size)


@employers.get(SITES + "/{site_id}", act=acts.LOOK)
async def read_site(employer_id: Id, site_id: Id, session: Reading) -> EmployerSiteOut:
    """One site."""
    return await visits.SITES.read(session, employer_id, site_id)


@employers.post(SITES + "/{site_id}/ends", act=acts.CHANGE, again=visits.SITES.again, match=True)
async def close_site(
    employer_id: Id, site_id: Id, body: EmployerEndIn, session: Writing
) -> EmployerSiteOut:
    """Record that a site closed."""
    return await visits.close(session, employer_id, site_id, body)


@employers.post(
    PEOPLE,
    status_code=201,
    act=acts.ADD,
    again=visits.PEOPLE.again,
    location="/v1/employers/{employer_id}/people/{id}",
)
async def add_person(
    employer_id: Id, body: EmployerPersonIn, session: Writing
) -> EmployerPersonOut:
    """Add someone of the employer to speak with."""
    return await visits.know(session, employer_id, body)


@employers.get(PEOPLE, act=acts.LOOK)
async def list_people(
    employer_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[EmployerPersonOut]:
    """Whom one speaks with at this employer."""
    return await visits.PEOPLE.page(session, employer_id, cursor, page_size)


@employers.get(PEOPLE + "/{person_id}", act=acts.LOOK)
async def read_person(employer_id: Id, person_id: Id, session: Reading) -> EmployerPersonOut:
    """One person."""
    return await visits.PEOPLE.read(session, employer_id, person_id)


@employers.post(
    PEOPLE + "/{person_id}/ends", act=acts.CHANGE, again=visits.PEOPLE.again, match=True
)
async def end_person(
    employer_id: Id, person_id: Id, body: EmployerEndIn, session: Writing
) -> EmployerPersonOut:
    """Record that someone left; name and numbers are gone from here then."""
    return await visits.leave(session, employer_id, person_id, body)
