"""Logins that stand for a client, a representative or a supporter."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
    update,
)

from app.access.facts import AccountLink
from app.access.grants import AccessGrant
from app.access.pages import AFTER
from app.access.parties import Account, Membership
from app.access.rows import GRANTEES, ROLE, in_force, may_create
from app.access.session import Session
from app.access.vocabulary import Category, Role

_GROUND = AccessGrant.basis.op("||")(literal_column("':'")).op("||")(
    AccessGrant.basis_id.cast(Text)
)
_KNOWN = (
    select(
        func.bit_or(AccessGrant.categories).label("held"),
        func.array_agg(_GROUND.distinct()).label("grounds"),
    )
    .where(AccessGrant.client_id == AccountLink.client_id, in_force(AccessGrant))
    .lateral("known")
)
_MINE = select(AccessGrant.client_id).where(in_force(AccessGrant))
_KEEPS_CONSENTS = may_create(AccountLink.client_id, null(), Category.CONSENT)
_IS_CLIENT, _IS_CLINICIAN = (ROLE.in_((role.value,)) for role in (Role.CLIENT, Role.CLINICIAN))
_LINKS = (
    select(
        *AccountLink.__table__.c,
        literal_column(str(Category.CONSENT.bit)).label("mask"),
        _KNOWN.c.grounds,
    )
    .select_from(AccountLink)
    .join(_KNOWN, true())
    .where(
        AccountLink.client_id.in_(_MINE),
        _KNOWN.c.held.is_not(None),
        or_(
            AccountLink.id == any_(GRANTEES),
            AccountLink.linked_by == any_(GRANTEES),
            and_(
                _KEEPS_CONSENTS,
                or_(_IS_CLIENT, and_(_IS_CLINICIAN, AccountLink.role == Role.CLIENT.value)),
            ),
        ),
    )
)
_ONE = _LINKS.where(AccountLink.id == bindparam("link", type_=Uuid()))
_PAGE = (
    _LINKS.where(tuple_(AccountLink.valid_from, AccountLink.id) > AFTER)
    .order_by(AccountLink.valid_from, AccountLink.id)
    .limit(bindparam("size"))
)
_END = (
    update(AccountLink)
    .where(AccountLink.id == bindparam("link"), AccountLink.valid_until.is_(None))
    .values(valid_until=bindparam("at"))
)
_ACCOUNT = select(Account.id, Account.of_practitioner).where(
    Account.issuer == bindparam("issuer", type_=Text()),
    Account.subject == bindparam("subject", type_=Text()),
)
_OWN = (
    select(Account.id)
    .outerjoin(Membership, Membership.practitioner_id == Account.practitioner_id)
    .where(
        Account.id == bindparam("account", type_=Uuid()),
        or_(
            Account.id == bindparam("mine", type_=Uuid()),
            Membership.id == bindparam("member", type_=Uuid()),
        ),
    )
    .limit(1)
)


async def one(session: Session, link_id: UUID) -> Row[Any] | None:
    """The own link, one that this viewer made, or a login of the client that it is or treats."""
    return await session.row(_ONE, link=link_id)


async def page(session: Session, after: tuple[Any, ...], size: int) -> Sequence[Row[Any]]:
    return await session.rows(_PAGE, after_0=after[0], after_1=after[1], size=size)


async def is_own(session: Session, account_id: UUID) -> bool:
    """Whether the viewer logs in with it: now, at another time, or through a client system."""
    viewer = session.viewer
    asked = {"account": account_id, "mine": viewer.account_id, "member": viewer.membership_id}
    return await session.row(_OWN, **asked) is not None


async def end(session: Session, link_id: UUID) -> bool:
    """Whether it was open until now; the row policy lets only the client and care do it."""
    ended = await session.execute(_END, {"link": link_id, "at": session.viewer.moment})
    return bool(ended.rowcount)


async def account(session: Session, issuer: str, subject: str) -> Row[Any]:
    row = await session.row(_ACCOUNT, issuer=issuer, subject=subject)
    if row is None:
        message = "an account that was just made cannot be found"
        raise LookupError(message)
    return row
