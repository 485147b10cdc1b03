"""Which login stands for a client, a representative or a supporter."""

from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert

from app.access import grants
from app.access.disclosure import disclose, preview
from app.access.facts import AccountLink
from app.access.log import Entry
from app.access.pages import cut
from app.access.parties import Account
from app.access.session import Session
from app.access.vocabulary import PERSONS, Category, Period, Role, Verb
from app.access.world import MandateKind
from app.access.writing import check_may_create
from app.domain.client import queries as clients
from app.domain.consent.actions.checking import Faults
from app.domain.consent.actions.persons import REPRESENTATIVES, SUPPORTERS
from app.domain.consent.queries import links
from app.domain.consent.schemas.persons import AccountLinkIn, AccountLinkOut
from app.domain.party.rules import login_taken
from app.platform import outbox
from app.platform.http.paging import Page
from app.platform.http.problems import Conflict, NotAllowed, NotFound

_ACCOUNT = insert(Account).on_conflict_do_nothing(index_elements=["issuer", "subject"])
_LINK = insert(AccountLink).on_conflict_do_nothing()


async def link(session: Session, body: AccountLinkIn) -> AccountLinkOut:
    """By a treating clinician; for a representative or supporter by the client too.

    A login is never a practitioner's; whose a refused one is, and which other records a person's
    serves (of another care provider, or as a helper), is never told.
    """
    await clients.parent(session, body.client_id)
    _check_linker(session, body)
    await check_may_create(session, body.client_id, None, Category.CONSENT)
    await grants.lock(session.db, body.client_id)
    period, oversees = await _stands_for(session, body)
    made = uuid4() if body.person_id is None else body.person_id
    row = {
        "id": made,
        "account_id": await _account(session, body),
        "client_id": body.client_id,
        "role": body.role.value,
        "oversees": oversees,
        "linked_by": session.viewer.grantee_id,
        "valid_from": period.valid_from,
        "valid_until": period.valid_until,
    }
    added = await session.db.execute(_LINK, row)
    if added.rowcount == 0:
        raise Conflict("This is linked already.")
    await _tell(session, body.client_id, made, Verb.CREATE)
    await session.recompile(body.client_id)
    return await _shown(session, made)


def _check_linker(session: Session, body: AccountLinkIn) -> None:
    role = session.viewer.role
    by_care = role is Role.CLINICIAN and session.viewer.membership_id is not None
    if by_care or (role is Role.CLIENT and body.role is not Role.CLIENT):
        return
    raise NotAllowed("A login is linked by a treating clinician; the client links helpers.")


async def _account(session: Session, body: AccountLinkIn) -> UUID:
    """The login, made where it is new; a professional's is refused like one that is taken."""
    await session.add(_ACCOUNT, {"id": uuid4(), "issuer": body.issuer, "subject": body.subject})
    login = await links.account(session, body.issuer, body.subject)
    if await links.is_own(session, login.id):
        raise NotAllowed("Nobody links the own login to somebody else's record.")
    if login.of_practitioner:
        raise login_taken()
    return UUID(str(login.id))


async def _stands_for(session: Session, body: AccountLinkIn) -> tuple[Period, bool]:
    """The period of the link, and whether it sees who may see what."""
    faults = Faults()
    if body.role not in PERSONS:
        faults.add("role", "not_allowed_value", "A member works by membership, not by a link.")
    if (body.role is Role.CLIENT) != (body.person_id is None):
        detail = "personId names the representative or supporter, and no client."
        faults.add("personId", "wrong_combination", detail)
    faults.done()
    if body.person_id is None:
        return Period(session.viewer.moment), False
    records = REPRESENTATIVES if body.role is Role.REPRESENTATIVE else SUPPORTERS
    row = await records.one(session, body.client_id, body.person_id)
    if row is None:
        faults.unknown("personId")
        faults.done()
        raise NotFound
    period = Period(row.valid_from, row.valid_until).meets(Period(session.viewer.moment))
    if period is None:
        raise Conflict("This mandate or support has ended.")
    if body.role is not Role.REPRESENTATIVE:
        return period, False
    # Whoever speaks only where the client cannot, and at an age, does not oversee the rest.
    whole = MandateKind(row.kind) not in {MandateKind.PARENT, MandateKind.RELATIVE}
    return period, whole and bool(row.scope & Category.CONSENT.bit)


async def end(session: Session, link_id: UUID) -> AccountLinkOut:
    """The same second: by the client (a lost phone), or by who may link it (a wrong login).

    It only takes access away, so it may be repeated, and asks for no If-Match.
    """
    row = await links.one(session, link_id)
    if row is None:
        raise NotFound
    role = session.viewer.role
    by_care = role is Role.CLINICIAN and session.viewer.membership_id is not None
    if not by_care and role is not Role.CLIENT:
        raise NotAllowed("A login is ended by the client or a treating clinician.")
    if row.role != Role.CLIENT:
        raise Conflict("It ends with the mandate or support that it stands for.")
    await check_may_create(session, row.client_id, None, Category.CONSENT)
    await grants.lock(session.db, row.client_id)
    ended = await links.end(session, link_id)
    told = await _shown(session, link_id)  # before the own grants may go
    if ended:
        await _tell(session, row.client_id, link_id, Verb.UPDATE)
        await session.recompile(row.client_id)
    return told


async def _tell(session: Session, client_id: UUID, link_id: UUID, verb: Verb) -> None:
    """On the client's log and as an event: a login must never come or go as a surprise."""
    entry = Entry(
        client_id=client_id,
        resource="account_link",
        record_id=link_id,
        verb=verb,
        shown=Category.CONSENT.bit,
    )
    session.seen(entry)
    event = "account_link.made" if verb is Verb.CREATE else "account_link.ended"
    await outbox.announce(session.db, event, link_id)


async def _shown(session: Session, link_id: UUID) -> AccountLinkOut:
    row = await links.one(session, link_id)
    if row is None:
        raise NotFound
    return preview(AccountLinkOut, row)


async def read(session: Session, link_id: UUID) -> AccountLinkOut:
    return disclose(session, AccountLinkOut, await links.one(session, link_id))


async def browse(session: Session, cursor: str | None, size: int) -> Page[AccountLinkOut]:
    """The own link, those that this viewer made, and the logins of clients it is or treats."""
    found = await cut(
        session,
        lambda after, most: links.page(session, after, most),
        filters="account-links",
        cursor=cursor,
        size=size,
        position=lambda row: (row.valid_from, row.id),
    )
    return found.page([disclose(session, AccountLinkOut, row, listed=True) for row in found.rows])
