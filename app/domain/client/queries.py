"""Every read of a client; each statement decides for itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, case, literal_column, or_, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from app.access.collection import Parent
from app.access.envelope.columns import told
from app.access.facts import ClientBsn
from app.access.grants import AccessGrant
from app.access.rows import ORGANISATION, ROLE, held, holds, in_force, shown, visible, word
from app.access.session import Session
from app.access.versions import versions
from app.access.vocabulary import Category, Role
from app.domain.client.tables import Client, ClientIdentity, ContactPreference
from app.platform.http.problems import NotFound

CONTACT_PREFERENCES = versions(ContactPreference)
PARTICULARS = shown(ClientIdentity).where(
    or_(
        ClientIdentity.controller_organisation_id == ORGANISATION,
        word(Role.CLIENT) == ROLE,
    )
)
"""What was known before is for the client, and for the organisation that answers for it."""
_MAY_MEND = (
    select(true())
    .where(
        AccessGrant.client_id == bindparam("client"),
        holds(AccessGrant.creates, Category.IDENTITY),
        in_force(AccessGrant),
    )
    .limit(literal_column("1"))
)
_REGISTRAR = shown(Client, Client.controller_organisation_id).where(
    Client.id == bindparam("client")
)
_DECISION = held(Client)
_NAMELESS = _DECISION.c.mask.op("&")(~Category.IDENTITY.bit)
"""What is left where the name itself is hidden: it is withheld, whatever the decision allows."""


def _particulars(client_id: Any) -> LateralFromClause:
    """The newest version of who this client is, of those that this viewer may see."""
    told_cells = ClientIdentity.__table__.c
    return (
        select(
            ClientIdentity.id,
            ClientIdentity.given_name,
            ClientIdentity.family_name,
            ClientIdentity.birth_date,
            told(told_cells.email).label("email"),
            told(told_cells.telephone).label("telephone"),
            ClientIdentity.changed,
            ClientIdentity.recorded_at.label("mended_at"),
        )
        .where(ClientIdentity.client_id == client_id, visible(ClientIdentity))
        .order_by(ClientIdentity.recorded_at.desc(), ClientIdentity.id.desc())
        .limit(literal_column("1"))
        .lateral("particulars")
    )


_KNOWN = _particulars(Client.id)
_FULL = (
    select(
        Client.id,
        Client.client_id,
        Client.controller_organisation_id,
        Client.recorded_at,
        *(column for column in _KNOWN.c if column.key != "id"),
        ClientBsn.wrapped_key,
        ClientBsn.sealed,
        ClientBsn.confirmed,
        case((_KNOWN.c.id.is_(None), _NAMELESS), else_=_DECISION.c.mask).label("mask"),
        _DECISION.c.grounds,
    )
    .select_from(Client)
    .join(_DECISION, true())
    .outerjoin(_KNOWN, true())
    .outerjoin(ClientBsn, and_(ClientBsn.client_id == Client.id, visible(ClientBsn)))
    .where(holds(_DECISION.c.mask, Category.EXISTENCE))
)
_ONE = _FULL.where(Client.id == bindparam("client"))
_PARENT = shown(Client, Client.client_id).where(Client.id == bindparam("client"))
_MINE = (
    select(AccessGrant.client_id)
    .where(
        in_force(AccessGrant),
        holds(AccessGrant.categories, Category.EXISTENCE),
        AccessGrant.record_id.is_(None),
    )
    .distinct()
)
_PAGE = (
    _FULL.where(
        Client.id.in_(
            _MINE.where(AccessGrant.client_id > bindparam("after"))
            .order_by(AccessGrant.client_id)
            .limit(bindparam("size"))
        )
    )
).order_by(Client.id)
_BY_BSN = _FULL.where(
    Client.id.in_(
        _MINE.where(
            AccessGrant.bsn_index == bindparam("bsn_index"),
            holds(AccessGrant.categories, Category.BSN),
        )
    )
).order_by(Client.id)
_OWN = _MINE.subquery("own")
_CALLED = (
    select(ClientIdentity.birth_date, ClientIdentity.name_key)
    .where(ClientIdentity.client_id == _OWN.c.client_id, visible(ClientIdentity))
    .order_by(ClientIdentity.recorded_at.desc(), ClientIdentity.id.desc())
    .limit(literal_column("1"))
    .lateral("called")
)
"""How each client is called now whom the viewer may know of: a search by name starts from one's own
grants, as one by BSN does, so that it examines no row of a client that one may not know. And an
earlier name finds nobody: whoever may not look back would else learn it by trying."""
_BY_NAME = (
    _FULL.where(
        Client.id.in_(
            select(_OWN.c.client_id)
            .join(_CALLED, true())
            .where(
                _CALLED.c.birth_date == bindparam("birth_date"),
                _CALLED.c.name_key == bindparam("name_key"),
            )
        )
    )
    .order_by(Client.id)
    .limit(50)
)


async def one(session: Session, client_id: UUID) -> Row[Any] | None:
    return await session.row(_ONE, client=client_id)


async def page(session: Session, after: UUID, size: int) -> Sequence[Row[Any]]:
    return await session.rows(_PAGE, after=after, size=size)


async def by_bsn(session: Session, bsn_index: bytes) -> Sequence[Row[Any]]:
    return await session.rows(_BY_BSN, bsn_index=bsn_index)


async def by_name(session: Session, birth_date: Any, name_key: str) -> Sequence[Row[Any]]:
    return await session.rows(_BY_NAME, birth_date=birth_date, name_key=name_key)


async def may_mend(session: Session, client_id: UUID) -> bool:
    """Whether a grant lets this viewer write who the client is, if only for one trajectory."""
    return (await session.execute(_MAY_MEND, {"client": client_id})).first() is not None


async def registrar(session: Session, client_id: UUID) -> UUID | None:
    """The organisation that registered the client."""
    row = await session.row(_REGISTRAR, client=client_id)
    return None if row is None else row.controller_organisation_id


async def parent(session: Session, client_id: UUID) -> Parent:
    """The client that records hang under; NotFound when this viewer may not know of it."""
    row = await session.row(_PARENT, client=client_id)
    if row is None:
        raise NotFound
    return Parent(row.client_id, None, row.mask)


def named(statement: Select[Any], client_id: Any) -> Select[Any]:
    """The statement with name and birth date of its client, where this viewer may know them."""
    known = _particulars(client_id)
    return statement.add_columns(
        known.c.given_name, known.c.family_name, known.c.birth_date
    ).outerjoin(known, true())
