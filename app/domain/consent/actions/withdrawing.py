"""Withdrawing: one call, at once, as often as one likes; never with a reason for others."""

from uuid import UUID

from sqlalchemy import Row, bindparam, update

from app.access import grants
from app.access.collection import Parent
from app.access.facts import Consent
from app.access.log import Entry
from app.access.session import Session
from app.access.vocabulary import Category, Verb
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.consent.actions import giving
from app.domain.consent.schemas.consents import ConsentOut, WithdrawalIn
from app.domain.consent.tables import ConsentWithdrawal
from app.domain.trajectory.rules import Milestone
from app.platform.http.problems import NotAllowed, NotFound

_WITHDRAW = (
    update(Consent)
    .where(Consent.id == bindparam("consent"), Consent.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), withdrawn_by=bindparam("by"))
)


async def withdraw(session: Session, consent_id: UUID, body: WithdrawalIn) -> ConsentOut:
    """The answer comes after the commit: whoever asks later gets nothing on this consent."""
    row = await giving.RECORDS.anywhere(session, consent_id)
    if row is None:
        raise NotFound
    parent = await clients.parent(session, row.client_id)
    await withdraw_rows(session, parent, [row], body)
    return await giving.RECORDS.written(session, parent.client_id, consent_id)


async def withdraw_rows(
    session: Session, parent: Parent, rows: list[Row[object]], body: WithdrawalIn
) -> None:
    """All of these under one lock; those that were withdrawn before stay as they are."""
    if session.viewer.role not in giving.ACTING:
        raise NotAllowed("Only the client, or who acts for the client, withdraws a consent.")
    await grants.lock(session.db, parent.client_id)
    for row in rows:
        giving.check_mandate(session, parent, row.categories)
        await _withdraw_one(session, parent, row, body)
    await session.recompile(parent.client_id)


async def _withdraw_one(
    session: Session, parent: Parent, row: Row[object], body: WithdrawalIn
) -> None:
    viewer = session.viewer
    values = {"consent": row.id, "at": viewer.moment, "by": viewer.grantee_id}
    changed = await session.execute(_WITHDRAW, values)
    if changed.rowcount == 0:
        return
    entry = Entry(
        client_id=parent.client_id,
        trajectory_id=row.trajectory_id,
        resource="consent",
        record_id=row.id,
        verb=Verb.UPDATE,
        shown=Category.CONSENT.bit,
    )
    session.seen(entry)
    if body.reason is not None:
        await record_fact(
            session,
            ConsentWithdrawal,
            client_id=parent.client_id,
            trajectory_id=row.trajectory_id,
            values={"consent_id": row.id, "reason": body.reason},
        )
    milestone = Milestone.CONSENT_WITHDRAWN
    await giving.tell(session, "consent.withdrawn", row.id, row.trajectory_id, milestone)
