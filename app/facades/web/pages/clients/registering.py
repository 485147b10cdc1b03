"""Registering a client, and starting a trajectory for one."""

from app.access.vocabulary import Role
from app.facades.operations import Json, RefusedError
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.rendering import short_day
from app.facades.web.site import Pages
from app.facades.web.visits import NOT_ALLOWED, Visit
from app.facades.web.words import reading as words

pages = Pages()
START = "POST /trajectories"


async def _client(visit: Visit, ids: Ids) -> Json:
    """Whom it is for; a client that one may not know of has no form either."""
    await visit.see(f"/clients/{ids['client_id']}")
    return {}


async def _municipality(visit: Visit, _: Ids) -> Json:
    """Only a municipality registers and starts in one. Raises RefusedError."""
    if visit.role != Role.MUNICIPAL_CASE_MANAGER:
        raise RefusedError(NOT_ALLOWED)
    return {}


async def _for_client(visit: Visit, ids: Ids) -> Json:
    await visit.see(f"/clients/{ids['client_id']}")
    return {"clientId": ids["client_id"]}


async def _before(visit: Visit, ids: Ids) -> Options:
    """The trajectories that this one may follow, the newest first."""
    found = await visit.every("/trajectories", clientId=ids["client_id"])
    newest = sorted(found, key=lambda each: str(each["recordedAt"]), reverse=True)
    return [(str(each["id"]), _in_words(each)) for each in newest if each.get("kind")]


def _in_words(told: Json) -> str:
    kind = words.value("TrajectoryKind", told["kind"])
    return f"{kind}, begonnen op {short_day(told['recordedAt'])}"


add_form(
    pages,
    "/clients/new",
    Form("POST /clients", then="/clients/{id}", note="clients/registering.html"),
)
add_form(
    pages,
    "/clients/{client_id}/trajectories/new",
    Form(
        START,
        then="/trajectories/{id}",
        begins=_client,
        fixed=_for_client,
        choices={"previousTrajectoryId": _before},
        without=frozenset({"clientId", "newClient"}),
        order=("kind", "durationMonths", "legalFrame", "funding"),
        note="clients/starting.html",
    ),
)
add_form(
    pages,
    "/trajectories/new",
    Form(
        START,
        then="/trajectories/{id}",
        begins=_municipality,
        without=frozenset({"clientId", "previousTrajectoryId", "returning"}),
        order=("newClient", "kind"),
        note="clients/registering.html",
    ),
)
