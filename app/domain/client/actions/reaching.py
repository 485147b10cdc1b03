"""How a client is to be reached; the last that was told counts."""

from uuid import UUID

from app.access import grants
from app.access.collection import Records
from app.access.session import Session
from app.access.versions import add as add_version
from app.access.vocabulary import Role
from app.domain.client import queries
from app.domain.client.rules import may_say
from app.domain.client.schemas import ContactPreferenceIn, ContactPreferenceOut
from app.domain.client.tables import ContactPreference
from app.platform.http.problems import NotAllowed

CONTACT_PREFERENCES = Records(
    ContactPreference, ContactPreferenceOut, under="client", statement=queries.CONTACT_PREFERENCES
)


async def prefer(
    session: Session, client_id: UUID, body: ContactPreferenceIn
) -> ContactPreferenceOut:
    """How to be reached; the last one counts."""
    parent = await queries.parent(session, client_id)
    await grants.lock(session.db, client_id)
    rows = await CONTACT_PREFERENCES.rows(session, client_id)
    if not may_say(session.viewer.role, (Role(row.author_role) for row in rows)):
        raise NotAllowed("The client told how; only the client changes it.")
    return await add_version(session, CONTACT_PREFERENCES, parent, body)
