"""Reading referrals: the inbox and what one sent oneself."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose, preview
from app.access.log import Entry
from app.access.pages import cut
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.domain.referral import queries
from app.domain.referral.rules import ReferralState
from app.domain.referral.schemas import BsnCheckIn, BsnCheckOut, ReferralOut
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import BadRequest, Fault, NotAllowed, NotFound
from app.platform.identifiers import normalise_bsn


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
    wished = None if state is None else state.value
    found = await cut(
        session,
        lambda after, most: queries.page(session, wished, after, most),
        filters=fingerprint(list="referrals", state=state),
        cursor=cursor,
        size=size,
    )
    return found.page([_listed(session, row) for row in found.rows])


async def check_bsn(session: Session, referral_id: UUID, body: BsnCheckIn) -> BsnCheckOut:
    """Whether the client of this referral is the person whose BSN one holds: yes or no.

    For the body it was sent to, and for who may see the number itself.
    """
    row = await queries.one(session, referral_id)
    if row is None:
        raise NotFound
    asked = (session.viewer.organisation_id, session.viewer.role)
    if asked != (row.organisation_id, row.role) and not row.mask & Category.BSN.bit:
        raise NotAllowed
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
