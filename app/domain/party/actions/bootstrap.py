"""The first administrator, without whom nobody could let anybody in."""

from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.parties import Account, Membership, Organisation, Practitioner
from app.access.vocabulary import OrganisationKind, Role
from app.domain.party.actions.organisations import open_inboxes
from app.domain.party.queries import platform

NAME = "Trede"
ADMINISTRATOR = "System administrator"
_ADD_ACCOUNT = insert(Account).on_conflict_do_nothing()


async def bootstrap(db: AsyncConnection, issuer: str, subject: str) -> UUID:
    """The membership of this login as system administrator, made if it is not there yet.

    For the owner's connection at the command line, not for a request. Raises ValueError when the
    login belongs to somebody else: an administrator needs a login of their own.
    """
    await platform.alone(db)
    organisation_id = await _organisation(db)
    login = await platform.login(db, issuer, subject)
    if login is None:
        return await _administrator(db, organisation_id, issuer, subject)
    found = await platform.administrator(db, organisation_id, login.practitioner_id)
    if found is None:
        raise ValueError("this login belongs to somebody else")
    return found


async def _organisation(db: AsyncConnection) -> UUID:
    organisation_id = await platform.organisation(db)
    if organisation_id is None:
        organisation_id = uuid4()
        row = {"id": organisation_id, "kind": OrganisationKind.PLATFORM.value, "name": NAME}
        await db.execute(insert(Organisation), row)
    await open_inboxes(db, organisation_id, OrganisationKind.PLATFORM)
    return organisation_id


async def _administrator(
    db: AsyncConnection, organisation_id: UUID, issuer: str, subject: str
) -> UUID:
    person, membership = uuid4(), uuid4()
    await db.execute(insert(Practitioner), {"id": person, "name": ADMINISTRATOR})
    login = {"id": uuid4(), "issuer": issuer, "subject": subject, "practitioner_id": person}
    await db.execute(_ADD_ACCOUNT, login)
    row = {
        "id": membership,
        "practitioner_id": person,
        "organisation_id": organisation_id,
        "inbox_id": await platform.inbox(db, organisation_id),
        "role": Role.SYSTEM_ADMIN.value,
    }
    await db.execute(insert(Membership), row)
    return membership
