"""Who may subscribe, and who may see or end that; pure."""

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb, Viewer
from app.platform.http.problems import NotAllowed

SUBSCRIBE = DirectoryAct(Verb.CREATE)
CHANGE = DirectoryAct(Verb.UPDATE)
READ = DirectoryAct(Verb.READ)

_ONLY = "Only a client system is told of events."


def require_machine(viewer: Viewer) -> None:
    """Raises NotAllowed for a person, whoever it is."""
    if viewer.machine_id is None:
        raise NotAllowed(_ONLY)


def oversees(viewer: Viewer) -> bool:
    """Whether this viewer sees the subscriptions of the whole organisation."""
    return viewer.role is Role.ORGANISATION_ADMIN


def require_machine_or_admin(viewer: Viewer) -> None:
    if viewer.machine_id is None and not oversees(viewer):
        raise NotAllowed(_ONLY)
