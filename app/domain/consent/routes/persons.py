"""Representatives, supporters and logins."""

from app.access.acts import creates, moves, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category, Role
from app.domain.consent.actions import links as linking
from app.domain.consent.actions import persons
from app.domain.consent.schemas.persons import (
    AccountLinkIn,
    AccountLinkOut,
    PersonEndIn,
    RepresentativeIn,
    RepresentativeOut,
    SupporterIn,
    SupporterOut,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/clients/{client_id}", tags=["consent"])
links = Router(prefix="/account-links", tags=["consent"])
CONSENT = Category.CONSENT
REPRESENTATIVES, SUPPORTERS = "/representatives", "/supporters"


@router.post(
    REPRESENTATIVES,
    status_code=201,
    act=creates(CONSENT),
    again=persons.REPRESENTATIVES.again,
    location="/v1/clients/{client_id}/representatives/{id}",
)
async def add_representative(
    client_id: Id, body: RepresentativeIn, session: Writing
) -> RepresentativeOut:
    """Record who acts for the client, with the scope and the evidence of the mandate."""
    return await persons.add_representative(session, client_id, body)


@router.get(REPRESENTATIVES, act=reads(CONSENT))
async def list_representatives(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[RepresentativeOut]:
    """Who acts, or acted, for the client; for care those that it recorded itself."""
    return await persons.browse_representatives(session, client_id, cursor, page_size)


@router.get(REPRESENTATIVES + "/{person_id}", act=reads(CONSENT))
async def read_representative(client_id: Id, person_id: Id, session: Reading) -> RepresentativeOut:
    """One mandate."""
    return await persons.read_representative(session, client_id, person_id)


@router.post(
    REPRESENTATIVES + "/{person_id}/ends",
    act=moves(CONSENT),
    again=persons.REPRESENTATIVES.again,
)
async def end_representative(
    client_id: Id,
    person_id: Id,
    body: PersonEndIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> RepresentativeOut:
    """End a mandate the same second, with its login; repeating it changes nothing."""
    return await persons.end_representative(session, client_id, person_id)


@router.post(
    SUPPORTERS,
    status_code=201,
    act=creates(CONSENT),
    again=persons.SUPPORTERS.again,
    location="/v1/clients/{client_id}/supporters/{id}",
)
async def add_supporter(client_id: Id, body: SupporterIn, session: Writing) -> SupporterOut:
    """Choose a trusted person, and what that person may see."""
    return await persons.add_supporter(session, client_id, body)


@router.get(SUPPORTERS, act=reads(CONSENT))
async def list_supporters(
    client_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[SupporterOut]:
    """The client's trusted persons, present and past."""
    return await persons.browse_supporters(session, client_id, cursor, page_size)


@router.get(SUPPORTERS + "/{person_id}", act=reads(CONSENT))
async def read_supporter(client_id: Id, person_id: Id, session: Reading) -> SupporterOut:
    """One trusted person."""
    return await persons.read_supporter(session, client_id, person_id)


@router.post(
    SUPPORTERS + "/{person_id}/ends",
    act=moves(CONSENT),
    again=persons.SUPPORTERS.again,
)
async def end_supporter(
    client_id: Id,
    person_id: Id,
    body: PersonEndIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> SupporterOut:
    """End a trusted person's view the same second; repeating it changes nothing."""
    return await persons.end_supporter(session, client_id, person_id)


@links.post(
    "",
    status_code=201,
    act=creates(CONSENT),
    again=linking.read,
    location="/v1/account-links/{id}",
)
async def link_account(body: AccountLinkIn, session: Writing) -> AccountLinkOut:
    """Let a login act as this client, representative or supporter."""
    return await linking.link(session, body)


@links.get("", act=reads(CONSENT))
async def list_account_links(
    session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[AccountLinkOut]:
    """The link you act by, those you made for clients you know, and the logins of your client."""
    return await linking.browse(session, cursor, page_size)


@links.get("/{link_id}", act=reads(CONSENT))
async def read_account_link(link_id: Id, session: Reading) -> AccountLinkOut:
    """One link."""
    return await linking.read(session, link_id)


@links.post(
    "/{link_id}/ends",
    act=moves(CONSENT, by=frozenset({Role.CLIENT, Role.CLINICIAN})),
    again=linking.read,
)
async def end_account_link(
    link_id: Id,
    body: PersonEndIn,  # noqa: ARG001 - an empty object
    session: Writing,
) -> AccountLinkOut:
    """End a login of the client the same second (a lost phone, a wrong login)."""
    return await linking.end(session, link_id)
