"""Who may subscribe, and who may see or end that; pure."""

from typing import Any

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb, Viewer
from app.platform.http.problems import NotAllowed

SUBSCRIBE = DirectoryAct(Verb.CREATE)
CHANGE = DirectoryAct(Verb.UPDATE)
READ = DirectoryAct(Verb.READ)

_ONLY = "Only a client system is told of events."
_ONLY_WHO = "Only the client system that subscribed, for whom it did, changes this."


def require_machine(viewer: Viewer) -> None:
    """Raises NotAllowed for a person, whoever it is."""
    if viewer.machine_id is None:
        raise NotAllowed(_ONLY)


def oversees(viewer: Viewer) -> bool:
    """Whether this viewer sees the subscriptions of the whole organisation."""
    return viewer.role is Role.ORGANISATION_ADMIN


def is_own(viewer: Viewer, row: Any) -> bool:
    """Whether this client system subscribed, with this hat and purpose."""
    worn = (viewer.machine_id, viewer.grantee_id, viewer.purpose_bit)
    return (row.machine_id, row.hat_id, row.purpose_bit) == worn


def require_own(viewer: Viewer, row: Any) -> None:
    """Raises NotAllowed for who did not subscribe: an administrator sees and ends, and no more.

    Who could send another's events elsewhere would be told what only that hat may know.
    """
    if not is_own(viewer, row):
        raise NotAllowed(_ONLY_WHO)


def require_machine_or_admin(viewer: Viewer) -> None:
    if viewer.machine_id is None and not oversees(viewer):
        raise NotAllowed(_ONLY)
