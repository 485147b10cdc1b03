"""What waits for the viewer; each statement starts from the viewer's own grants."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, any_, or_, select, true

from app.access.facts import Referral
from app.access.grants import AccessGrant
from app.access.rows import GRANTEES, ORGANISATION, ROLE, holds, in_force, shown, visible
from app.access.session import Session
from app.access.versions import superseded_by
from app.access.vocabulary import Basis, Category
from app.domain.consent.tables import ConsentAnswer, ConsentRequest
from app.domain.reporting.tables import ProgressReport
from app.domain.startconversation.tables import (
    ConversationAttendance,
    ConversationInvitation,
    InvitationAnswer,
)

MOST = 50
"""Of each kind, the oldest first; who has more waiting has enough to begin with."""

_OPEN_ANSWER = "later"


def _mine(category: Category, column: Any) -> Select[Any]:
    return (
        select(column)
        .where(in_force(AccessGrant), holds(AccessGrant.categories, category))
        .distinct()
    )


def _none(table: Any, *on: Any) -> Any:
    """No visible row of this table that fits."""
    return select(true()).where(*on, visible(table)).limit(1).scalar_subquery().is_(None)


def _line(table: Any) -> Select[Any]:
    return shown(
        table, table.id, table.client_id, table.trajectory_id, table.recorded_at.label("since_at")
    )


def _oldest(statement: Select[Any], table: Any) -> Select[Any]:
    return statement.order_by(table.recorded_at, table.id).limit(MOST)


_REFERRALS = _oldest(
    _line(Referral).where(
        Referral.id.in_(
            _mine(Category.EXISTENCE, AccessGrant.record_id).where(
                AccessGrant.basis == Basis.REFERRAL
            )
        ),
        Referral.accepted_at.is_(None),
        Referral.refused_at.is_(None),
        Referral.withdrawn_at.is_(None),
    ),
    Referral,
)
_CONSENT_REQUESTS = _oldest(
    _line(ConsentRequest).where(
        ConsentRequest.client_id.in_(_mine(Category.CONSENT, AccessGrant.client_id)),
        _none(
            ConsentAnswer,
            ConsentAnswer.request_id == ConsentRequest.id,
            ConsentAnswer.answer != _OPEN_ANSWER,
        ),
    ),
    ConsentRequest,
)
_REPORTS = _oldest(
    _line(ProgressReport).where(
        ProgressReport.client_id.in_(_mine(Category.PROGRESS_REPORT, AccessGrant.client_id)),
        ProgressReport.released_at.is_(None),
        superseded_by(ProgressReport).is_(None),
    ),
    ProgressReport,
)
_INVITATIONS = _oldest(
    _line(ConversationInvitation).where(
        ConversationInvitation.client_id.in_(_mine(Category.STATUS, AccessGrant.client_id)),
        ConversationInvitation.role == ROLE,
        or_(
            ConversationInvitation.organisation_id.is_(None),
            ConversationInvitation.organisation_id == ORGANISATION,
        ),
        or_(
            ConversationInvitation.membership_id.is_(None),
            ConversationInvitation.membership_id == any_(GRANTEES),
        ),
        _none(InvitationAnswer, InvitationAnswer.invitation_id == ConversationInvitation.id),
        _none(
            ConversationAttendance,
            ConversationAttendance.conversation_id == ConversationInvitation.conversation_id,
        ),
    ),
    ConversationInvitation,
)


async def referrals(session: Session) -> Sequence[Row[Any]]:
    """Undecided ones in the viewer's inbox."""
    return await session.rows(_REFERRALS)


async def consent_requests(session: Session) -> Sequence[Row[Any]]:
    """Requests the client has not said yes or no to."""
    return await session.rows(_CONSENT_REQUESTS)


async def reports(session: Session) -> Sequence[Row[Any]]:
    """Drafts the client has not read."""
    return await session.rows(_REPORTS)


async def invitations(session: Session) -> Sequence[Row[Any]]:
    """Invitations to the viewer without an answer, of conversations still to be held."""
    return await session.rows(_INVITATIONS)
