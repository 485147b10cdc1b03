"""Wall 1 for the officer's reads of the log: gate 35, written out once for all of them."""

from typing import Any

from sqlalchemy import ColumnElement, DateTime, Row, Uuid, and_, bindparam, select

from app.access.log import AccessLogEntry
from app.access.parties import Account, Machine, Membership, Practitioner
from app.access.rows import ORGANISATION, ROLE, word
from app.access.session import Session
from app.access.vocabulary import Role

SINCE = bindparam("since", type_=DateTime(timezone=True))
UNTIL = bindparam("until", type_=DateTime(timezone=True))
_ID = bindparam("id", type_=Uuid())


def overseen(entry: Any = AccessLogEntry) -> ColumnElement[bool]:
    """The looks of the viewer's own organisation, for its data protection officer alone.

    What was refused is left out: it may be about a client whom this organisation does not know.
    """
    return and_(
        word(Role.DATA_PROTECTION_OFFICER) == ROLE,
        entry.organisation_id == ORGANISATION,
        entry.outcome == word("allowed"),
    )


def within() -> ColumnElement[bool]:
    """Half-open, and always between two bounds, so that an index can cut by them."""
    return and_(AccessLogEntry.at >= SINCE, AccessLogEntry.at < UNTIL)


_MEMBERSHIP = select(Membership.id).where(
    Membership.id == _ID, Membership.organisation_id == ORGANISATION
)
_ACCOUNT = (
    select(Membership.id)
    .join(Practitioner, Practitioner.id == Membership.practitioner_id)
    .join(Account, Account.practitioner_id == Practitioner.id)
    .where(Account.id == _ID, Membership.organisation_id == ORGANISATION)
)
_MACHINE = select(Machine.id).where(Machine.id == _ID, Machine.organisation_id == ORGANISATION)
SUBJECTS = {"membership": _MEMBERSHIP, "account": _ACCOUNT, "machine": _MACHINE}


async def hats_of(session: Session, kind: str, key: Any) -> list[Any]:
    """Under which hats of the own organisation this one ever worked; ended ones too."""
    rows: list[Row[Any]] = list(await session.rows(SUBJECTS[kind], id=key))
    return [row.id for row in rows]
