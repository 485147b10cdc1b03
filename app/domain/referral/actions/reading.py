"""Reading referrals: the inbox and what one sent oneself."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose, preview
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.domain.referral import queries
from app.domain.referral.rules import ReferralState
from app.domain.referral.schemas import BsnCheckIn, BsnCheckOut, ReferralOut
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import BadRequest, Fault, NotFound
from app.platform.identifiers import normalise_bsn

_START = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


async def read(session: Session, referral_id: UUID, *, verb: Verb = Verb.READ) -> ReferralOut:
    """One referral; NotFound for hidden and for absent alike."""
    row = await queries.one(session, referral_id)
    if row is None:
        raise NotFound
    return disclose(session, ReferralOut, row, verb=verb, **_computed(row))


async def browse(
    session: Session, state: ReferralState | None, cursor: str | None, size: int
) -> Page[ReferralOut]:
    """Received and sent, in the order in which they were sent."""
    cursors, bound = session.services.cursors, fingerprint(list="referrals", state=state)
    after: Any = _START if cursor is None else cursors.open(session.caller, bound, cursor)
    wished = None if state is None else state.value
    rows = await queries.page(session, wished, after, size + 1)
    page = Page[ReferralOut](items=[_listed(session, row) for row in rows[:size]])
    if len(rows) > size:
        last = rows[size - 1]
        page.next_cursor = cursors.seal(session.caller, bound, (last.recorded_at, last.id))
    return page


async def check_bsn(session: Session, referral_id: UUID, body: BsnCheckIn) -> BsnCheckOut:
    """Whether the client of this referral is the person whose BSN one holds: yes or no."""
    row = await queries.one(session, referral_id)
    if row is None:
        raise NotFound
    index = session.services.vault.global_index(_bsn(body.bsn))
    session.seen(
        Entry(
            client_id=row.client_id,
            trajectory_id=row.trajectory_id,
            resource="bsn_check",
            record_id=row.id,
            verb=Verb.SEARCH,
            shown=Category.EXISTENCE.bit,
            grounds=tuple(row.grounds or ()),
        )
    )
    return BsnCheckOut(matches=await queries.bsn_matches(session, row.client_id, index))


def require_match(session: Session, row: Row[Any]) -> None:
    """If-Match against the referral as this viewer would be shown it now; under the lock."""
    session.require_match(preview(ReferralOut, row, **_computed(row)))


def _bsn(value: str) -> str:
    try:
        return normalise_bsn(value)
    except ValueError:
        fault = Fault("body", "#/bsn", "not_a_bsn", "This is not a valid BSN.")
        raise BadRequest(errors=[fault]) from None


def _listed(session: Session, row: Row[Any]) -> ReferralOut:
    return disclose(session, ReferralOut, row, listed=True, **_computed(row))


def _computed(row: Row[Any]) -> dict[str, Any]:
    return {
        "from_organisation_id": row.controller_organisation_id,
        "to_organisation_id": row.organisation_id,
    }
