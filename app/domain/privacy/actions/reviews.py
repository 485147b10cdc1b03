"""The second pair of eyes: what waits at the desk for its review."""

from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.emergency import actions as emergency
from app.domain.emergency.rules import ReviewState
from app.domain.emergency.schemas import EmergencyAccessOut
from app.platform.http.paging import Page
from app.platform.http.problems import NotAllowed

REVIEWERS = frozenset({Role.PRIVACY_DESK})


async def due(session: Session, cursor: str | None, size: int) -> Page[EmergencyAccessOut]:
    """Broken glass of the own organisation that nobody has judged; NotAllowed for others."""
    if session.viewer.role not in REVIEWERS:
        raise NotAllowed("The privacy desk reviews emergency access; nobody else decides on it.")
    return await emergency.browse(session, ReviewState.UNREVIEWED, cursor, size)
