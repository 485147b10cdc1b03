"""What a member, a login or a client system saw: the first question after a breach (GDPR 33)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import preview
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import Verb, categories_in
from app.domain.consent.rules.words import inner
from app.domain.privacy.actions.oversight import looked, require_officer
from app.domain.privacy.queries import impact, log
from app.domain.privacy.schemas.impact import ImpactOut
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import NotFound
from app.platform.http.schemas import NIL

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)


async def look(  # noqa: PLR0917 - whose looks, the period and the page
    session: Session,
    kind: str,
    key: UUID,
    since: datetime | None,
    until: datetime | None,
    cursor: str | None,
    size: int,
) -> Page[ImpactOut]:
    """A page of clients. NotFound for who is of another organisation, and for nobody, alike."""
    require_officer(session)
    hats = await log.hats_of(session, kind, key)
    if not hats:
        raise NotFound
    begin, end = since or BEGINNING, until or END
    found = await cut(
        session,
        lambda after, most: impact.page(session, kind, hats, begin, end, after[0], most),
        filters=fingerprint(list="breach-impact", of=kind, id=key, since=begin, until=end),
        cursor=cursor,
        size=size,
        start=(NIL,),
        position=lambda row: (row.client_id,),
    )
    looked(session, "BreachImpact", key, (row.client_id for row in found.rows))
    return found.page([_out(row) for row in found.rows])


def _out(row: Row[Any]) -> ImpactOut:
    return preview(
        ImpactOut,
        row,
        shown=inner(categories_in(row.shown)),
        verbs=[verb for verb in Verb if verb in row.verbs],
    )
