"""What all looks of the officer share: in person, of the own organisation, and on the record."""

from collections.abc import Iterable
from uuid import UUID

from app.access.attribution import NOBODY
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.domain.privacy.rules.oddities import OVERSEERS
from app.platform.http.problems import NotAllowed


def require_officer(session: Session) -> None:
    """NotAllowed for anyone else, and through a client system: no office is held by a machine."""
    viewer = session.viewer
    if viewer.role not in OVERSEERS or viewer.machine_id is not None:
        raise NotAllowed("The data protection officer looks at the log, in person.")


def looked(session: Session, resource: str, asked: UUID | None, clients: Iterable[UUID]) -> None:
    """One line for each client who was told of, on the client's own log; and one for the question.

    The line of the question is about nobody, so that also a look that found nothing stands there.
    """
    session.seen(_entry(NOBODY, resource, asked, Verb.SEARCH, listed=False))
    for client_id in sorted(set(clients)):
        session.seen(_entry(client_id, resource, None, Verb.READ, listed=True))


def _entry(
    client_id: UUID, resource: str, asked: UUID | None, verb: Verb, *, listed: bool
) -> Entry:
    return Entry(
        client_id=client_id,
        resource=resource,
        record_id=asked,
        verb=verb,
        shown=Category.ACCESS_LOG.bit,
        listed=listed,
    )
