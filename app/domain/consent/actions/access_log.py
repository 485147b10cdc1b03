"""The access log in words, for the client; reading it stands on it too."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Parent
from app.access.disclosure import preview
from app.access.log import Entry
from app.access.nen7513 import event_of
from app.access.pages import FIRST, cut
from app.access.session import Session
from app.access.vocabulary import (
    Basis,
    Category,
    OrganisationKind,
    Purpose,
    Role,
    Verb,
    categories_in,
)
from app.domain.client import queries as clients
from app.domain.consent.actions.overview import labelled
from app.domain.consent.queries import access_log, oversight
from app.domain.consent.rules import words
from app.domain.consent.rules.overview import CHOSEN_BY_CLIENT
from app.domain.consent.schemas.access_log import EntryKind, GroundOut, LogEntryOut, Nen7513Out
from app.platform.clock import start_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import BadRequest, Fault, NotAllowed

_KINDS = {
    Verb.CREATE: EntryKind.ADDED,
    Verb.READ: EntryKind.OPENED,
    Verb.UPDATE: EntryKind.CHANGED,
    Verb.SEARCH: EntryKind.SEARCHED,
}


async def read(
    session: Session,
    client_id: UUID,
    cursor: str | None,
    size: int,
    *,
    first: date | None,
    last: date | None,
    names: bool,
    newest_first: bool,
) -> Page[LogEntryOut]:
    """One page in the order of time; NotAllowed for whom the log is not open."""
    between = _between(first, last)
    parent, decision = await opened(session, client_id)
    found = await cut(
        session,
        lambda after, most: access_log.page(
            session, parent.client_id, after, most, between=between, newest_first=newest_first
        ),
        filters=fingerprint(
            list="access-log", client=client_id, newest_first=newest_first, between=between
        ),
        cursor=cursor,
        size=size,
        start=access_log.LAST if newest_first else FIRST,
        position=lambda row: (row.at, row.id),
    )
    session.seen(looked(client_id, None, decision))
    return found.page(
        [_entry(row, session.services.log_key.origin, names=names) for row in found.rows]
    )


def _between(first: date | None, last: date | None) -> access_log.Between:
    """Both days wholly, as the Dutch calendar has them. Raises BadRequest."""
    if first is not None and last is not None and last < first:
        detail = "Must not lie before periodFrom."
        raise BadRequest(errors=[Fault("query", "#/periodUntil", "out_of_range", detail)])
    always = access_log.ALWAYS
    return access_log.Between(
        always.since if first is None else start_of(first),
        always.before if last is None else start_of(last + timedelta(days=1)),
    )


async def opened(session: Session, client_id: UUID) -> tuple[Parent, Row[Any]]:
    """The client and the decision that opens the log. Raises NotFound, NotAllowed."""
    parent = await clients.parent(session, client_id)
    decision = await oversight.held(session, client_id, Category.ACCESS_LOG)
    if decision is None:
        raise NotAllowed("The access log is open to the client, and to who acts for the client.")
    return parent, decision


def looked(client_id: UUID, entry_id: UUID | None, decision: Row[Any]) -> Entry:
    """That someone looked at the log, which stands on it too."""
    return Entry(
        client_id=client_id,
        resource="AccessLog",
        record_id=entry_id,
        verb=Verb.READ,
        shown=Category.ACCESS_LOG.bit,
        grounds=tuple(decision.grounds),
    )


def _entry(row: Row[Any], source: str, *, names: bool) -> LogEntryOut:
    kind = None if row.organisation_kind is None else OrganisationKind(row.organisation_kind)
    role, verb = Role(row.role), Verb(row.verb)
    purpose = None if row.purpose is None else Purpose(row.purpose)
    return preview(
        LogEntryOut,
        row,
        kind=_kind(row, verb),
        words=_words(row, verb),
        role_label=words.ROLES[role],
        name=row.person if names else None,
        system=row.machine_name,
        purpose_label=None if purpose is None else words.PURPOSES[purpose],
        what=row.resource,
        shown=labelled(categories_in(row.shown)),
        not_shown=labelled(categories_in(row.withheld)),
        grounds=[_ground(ground, kind) for ground in row.grounds],
        nen7513=_nen7513(row, source, verb, purpose),
    )


def _nen7513(row: Row[Any], source: str, verb: Verb, purpose: Purpose | None) -> Nen7513Out:
    allowed = row.outcome == "allowed"
    event = event_of(verb, purpose, row.grounds, row.policy_version, allowed=allowed)
    return Nen7513Out(source_id=source, **asdict(event))


def _kind(row: Row[Any], verb: Verb) -> EntryKind:
    if row.outcome != "allowed":
        return EntryKind.REFUSED
    return EntryKind.SEEN_IN_LIST if row.listed else _KINDS[verb]


def _words(row: Row[Any], verb: Verb) -> str:
    if row.outcome != "allowed":
        return words.REFUSED
    return words.LISTED if row.listed else words.VERBS[verb]


def _ground(ground: str, kind: OrganisationKind | None) -> GroundOut:
    name, _, basis_id = ground.partition(":")
    basis = Basis(name)
    reason = words.reason_of(basis, kind)
    chosen = UUID(basis_id) if basis in CHOSEN_BY_CLIENT else None
    return GroundOut(basis=basis, words=reason.words, article=reason.article, consent_id=chosen)
