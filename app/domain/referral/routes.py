"""Referrals over HTTP."""

from typing import Annotated

from fastapi import Query

from app.access.acts import creates, moves, reads, searches
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.referral.actions import deciding, reading, sending
from app.domain.referral.rules import RECEIVERS, ReferralState
from app.domain.referral.schemas import (
    AcceptanceIn,
    BsnCheckIn,
    BsnCheckOut,
    ReferralIn,
    ReferralOut,
    RefusalIn,
    WithdrawalIn,
)
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

router = Router(prefix="/referrals", tags=["referrals"])
SEEN = (Category.EXISTENCE, Category.IDENTITY)
InState = Annotated[
    ReferralState | None, Query(alias="state", description="Only referrals in this state.")
]


@router.post(
    "",
    status_code=201,
    act=creates(Category.EXISTENCE),
    again=reading.read,
    location="/v1/referrals/{id}",
)
async def send_referral(body: ReferralIn, session: Writing) -> ReferralOut:
    """Tell UWV or the municipality of a trajectory, on the client's consent."""
    return await sending.send(session, body)


@router.get("", act=reads(*SEEN))
async def list_referrals(
    session: Reading, state: InState = None, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ReferralOut]:
    """The referrals in your inbox and those you sent, the first one first."""
    return await reading.browse(session, state, cursor, page_size)


@router.get("/{referral_id}", act=reads(*SEEN))
async def read_referral(referral_id: Id, session: Reading) -> ReferralOut:
    """One referral, with the client's name only where the client let it be told."""
    return await reading.read(session, referral_id)


@router.post(
    "/{referral_id}/acceptances",
    act=moves(Category.EXISTENCE, Category.STATUS, by=RECEIVERS),
    again=reading.read,
    match=True,
)
async def accept_referral(referral_id: Id, body: AcceptanceIn, session: Writing) -> ReferralOut:
    """Accept: your organisation becomes responsible, and you take part."""
    return await deciding.accept(session, referral_id, body)


@router.post(
    "/{referral_id}/refusals",
    act=moves(Category.EXISTENCE, Category.STATUS, by=RECEIVERS),
    again=reading.read,
    match=True,
)
async def refuse_referral(referral_id: Id, body: RefusalIn, session: Writing) -> ReferralOut:
    """Refuse, with a reason about your own task."""
    return await deciding.refuse(session, referral_id, body)


@router.post(
    "/{referral_id}/withdrawals",
    act=moves(Category.EXISTENCE, Category.STATUS),
    again=reading.read,
    match=True,
)
async def withdraw_referral(referral_id: Id, body: WithdrawalIn, session: Writing) -> ReferralOut:
    """Take an open referral back, as its sender or as the client."""
    return await sending.withdraw(session, referral_id, body)


@router.post("/{referral_id}/bsn-checks", act=searches(Category.EXISTENCE), reads=True)
async def check_bsn(referral_id: Id, body: BsnCheckIn, session: Reading) -> BsnCheckOut:
    """Whether this referral is about the person whose BSN you hold: yes or no."""
    return await reading.check_bsn(session, referral_id, body)
