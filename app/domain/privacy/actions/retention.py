"""What passes the end of its term and when, of the clients whose request is open at this desk."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import preview
from app.access.log import Entry
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import Category, OrganisationKind, Role, Verb, mask_of
from app.domain.privacy.queries import retention
from app.domain.privacy.rules.retention import Begins, class_of
from app.domain.privacy.schemas.retention import RetainedOut
from app.platform.clock import day_of
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed
from app.platform.http.schemas import NIL

READERS = frozenset({Role.PRIVACY_DESK})


async def look(session: Session, cursor: str | None, size: int) -> Page[RetainedOut]:
    """Records in open requests only (gate 33): elsewhere this desk knows of no client."""
    kind = session.viewer.organisation_kind
    if session.viewer.role not in READERS or kind is None:
        raise NotAllowed("The privacy desk has the list of terms.")
    found = await cut(
        session,
        lambda after, most: retention.page(session, after, most),
        filters="retention-list",
        cursor=cursor,
        size=size,
        start=(NIL, ""),
        position=lambda row: (row.client_id, row.category),
    )
    _seen(session, found.rows)
    return found.page([_out(session, row, kind) for row in found.rows])


def _seen(session: Session, rows: Sequence[Row[Any]]) -> None:
    """One line for each client on the page."""
    of_client: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        of_client[row.client_id].append(row)
    for client_id, lines in of_client.items():
        entry = Entry(
            client_id=client_id,
            resource="Retention",
            record_id=None,
            verb=Verb.READ,
            shown=mask_of({Category(line.category) for line in lines}),
            grounds=tuple(sorted({word for line in lines for word in line.grounds.split()})),
            listed=True,
        )
        session.seen(entry)


def _out(session: Session, row: Row[Any], kind: OrganisationKind) -> RetainedOut:
    """From the last change of the file where the term begins there, else of these records."""
    kept = class_of(kind, Category(row.category), session.services.retention)
    begun = row.file_changed_at if kept.begins is Begins.LAST_CHANGE else row.last_recorded_at
    return preview(
        RetainedOut,
        row,
        category=Category(row.category),
        retention_class=kept.name,
        years=kept.years,
        begins=kept.begins,
        source=kept.source,
        ends_not_before=kept.kept_until(day_of(begun)),
    )
