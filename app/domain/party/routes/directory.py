"""The directory of parties over HTTP."""

from typing import Annotated

from fastapi import Query

from app.access.session import Reading, Writing
from app.access.vocabulary import OrganisationKind, Role
from app.domain.party import rules
from app.domain.party.actions import memberships, organisations, practitioners, supervisions
from app.domain.party.schemas import (
    AccountIn,
    AccountOut,
    EndIn,
    MembershipIn,
    MembershipOut,
    OrganisationChange,
    OrganisationIn,
    OrganisationOut,
    PractitionerIn,
    PractitionerOut,
    SupervisionIn,
    SupervisionOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id, ShortText

organisation = Router(prefix="/organisations", tags=["parties"])
practitioner = Router(prefix="/practitioners", tags=["parties"])
supervision = Router(prefix="/supervisions", tags=["parties"])
MEMBERSHIPS = "/{organisation_id}/memberships"


@organisation.post(
    "",
    status_code=201,
    act=rules.REGISTER_ORGANISATION,
    again=organisations.read,
    location="/v1/organisations/{id}",
)
async def register_organisation(body: OrganisationIn, session: Writing) -> OrganisationOut:
    """Register an organisation under the numbers by which its kind is known."""
    return await organisations.register(session, body)


@organisation.get("", act=rules.LOOK)
async def list_organisations(
    session: Reading,
    kind: OrganisationKind | None = None,
    name: ShortText | None = None,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> Page[OrganisationOut]:
    """Organisations by name; `name` is how a name begins."""
    return await organisations.browse(session, kind, name, cursor, page_size)


@organisation.get("/{organisation_id}", act=rules.LOOK)
async def read_organisation(organisation_id: Id, session: Reading) -> OrganisationOut:
    """One organisation."""
    return await organisations.read(session, organisation_id)


@organisation.patch("/{organisation_id}", act=rules.CHANGE_ORGANISATION)
async def change_organisation(
    organisation_id: Id, body: OrganisationChange, session: Writing
) -> OrganisationOut:
    """Rename your organisation, or switch the version of its access policy."""
    return await organisations.change(session, organisation_id, body)


@organisation.post(
    MEMBERSHIPS,
    status_code=201,
    act=rules.APPOINT,
    again=memberships.again,
    location="/v1/organisations/{organisation_id}/memberships/{id}",
)
async def appoint_member(
    organisation_id: Id, body: MembershipIn, session: Writing
) -> MembershipOut:
    """Let a practitioner work for your organisation in a role that fits it."""
    return await memberships.appoint(session, organisation_id, body)


@organisation.get(MEMBERSHIPS, act=rules.READ_STAFF)
async def list_members(
    organisation_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[MembershipOut]:
    """Present, future and past members of your organisation."""
    return await memberships.browse(session, organisation_id, cursor, page_size)


@organisation.get(MEMBERSHIPS + "/{membership_id}", act=rules.READ_STAFF)
async def read_member(organisation_id: Id, membership_id: Id, session: Reading) -> MembershipOut:
    """One membership of your organisation."""
    return await memberships.read(session, organisation_id, membership_id)


@organisation.post(
    MEMBERSHIPS + "/{membership_id}/ends",
    act=rules.END_STAFF,
    again=memberships.again,
    match=True,
)
async def end_membership(
    organisation_id: Id, membership_id: Id, body: EndIn, session: Writing
) -> MembershipOut:
    """End a membership; every right that rests on it ends with it."""
    return await memberships.end(session, organisation_id, membership_id, body)


@practitioner.post(
    "",
    status_code=201,
    act=rules.APPOINT,
    again=practitioners.read,
    location="/v1/practitioners/{id}",
)
async def register_practitioner(body: PractitionerIn, session: Writing) -> PractitionerOut:
    """Register a professional; rights follow from memberships only."""
    return await practitioners.register(session, body)


@practitioner.get("", act=rules.LOOK)
async def list_practitioners(
    session: Reading,
    *,
    organisation_id: Annotated[Id | None, Query(alias="organisationId")] = None,
    role: Role | None = None,
    membership_id: Annotated[Id | None, Query(alias="membershipId")] = None,
    cursor: Cursor = None,
    page_size: PageSize = 20,
) -> Page[PractitionerOut]:
    """Professionals by name; with a filter those who hold such a position now."""
    position = practitioners.Position(organisation_id, role, membership_id)
    return await practitioners.browse(session, position, cursor, page_size)


@practitioner.get("/{practitioner_id}", act=rules.LOOK)
async def read_practitioner(practitioner_id: Id, session: Reading) -> PractitionerOut:
    """One professional, and where they work now."""
    return await practitioners.read(session, practitioner_id)


@practitioner.post(
    "/{practitioner_id}/accounts", status_code=201, act=rules.APPOINT, again=practitioners.login
)
async def add_account(practitioner_id: Id, body: AccountIn, session: Writing) -> AccountOut:
    """Let a login act as this practitioner, who works for your organisation only."""
    return await practitioners.add_login(session, practitioner_id, body)


@supervision.post(
    "",
    status_code=201,
    act=rules.SUPERVISE,
    again=supervisions.read,
    location="/v1/supervisions/{id}",
)
async def begin_supervision(body: SupervisionIn, session: Writing) -> SupervisionOut:
    """Let a supervisor read what a colleague is assigned to."""
    return await supervisions.begin(session, body)


@supervision.get("", act=rules.READ_STAFF)
async def list_supervisions(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[SupervisionOut]:
    """The supervisions of your organisation."""
    return await supervisions.browse(session, cursor, page_size)


@supervision.get("/{supervision_id}", act=rules.READ_STAFF)
async def read_supervision(supervision_id: Id, session: Reading) -> SupervisionOut:
    """One supervision of your organisation."""
    return await supervisions.read(session, supervision_id)


@supervision.post(
    "/{supervision_id}/ends", act=rules.END_STAFF, again=supervisions.read, match=True
)
async def end_supervision(supervision_id: Id, body: EndIn, session: Writing) -> SupervisionOut:
    """End a supervision."""
    return await supervisions.end(session, supervision_id, body)
