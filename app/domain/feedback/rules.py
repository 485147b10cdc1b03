"""Who may read what parties tell each other, as far as a consent covers it; pure.

Feedback [feedback] names its audience (gate 27). Questions are [status]: the only category that
coach and responsible body both read and write by their task. An audience keeps them between the
two and the client, so that neither the clinician nor the insurance physician reads them.
"""

from collections.abc import Iterable

from app.access.ceilings import open_to_consent
from app.access.vocabulary import Category, Role
from app.domain.trajectory.rules.roles import AUTHORITY, COACHES

ALWAYS = frozenset({Role.CLIENT, Role.REPRESENTATIVE, Role.PRIVACY_DESK})
"""The client reads every entry, also an awkward one; the desk for the client's own request."""


def may_be_named(role: Role) -> bool:
    """A role whose ceiling lets a consent open feedback; persons are there already or never."""
    return role not in ALWAYS | {Role.SUPPORTER} and Category.FEEDBACK in open_to_consent(role)


NAMEABLE = tuple(role for role in Role if may_be_named(role))


def audience_of(author: Role, named: Iterable[Role]) -> list[str]:
    """As it is stored: sorted, with the client and the author's own role in it."""
    return sorted(ALWAYS | {author} | set(named))


def may_ask(author: Role, to: Role) -> bool:
    """Coach to responsible body or back; nobody else, and never through the physician."""
    return (author in COACHES and to in AUTHORITY) or (author in AUTHORITY and to in COACHES)
