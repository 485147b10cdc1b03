"""Whose own affairs a page shows: the client's, also where somebody acts for the client."""

from dataclasses import dataclass

from app.access.vocabulary import Role
from app.facades.operations import Json, RefusedError
from app.facades.web.answers import Shown
from app.facades.web.visits import NOWHERE, Visit

ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Own:
    """The client, and whether it is the client who looks.

    A page says "u" to the client, and "de cliënt" to who acts for the client or is trusted.
    """

    client_id: str
    is_client: bool

    @property
    def path(self) -> str:
        return f"/clients/{self.client_id}"

    def said(self, to_client: str, to_others: str) -> str:
        """The words that fit who reads them."""
        return to_client if self.is_client else to_others


def own(visit: Visit) -> Own:
    """Raises RefusedError for who has no client: to them there is nothing here."""
    if visit.own_client_id is None:
        raise RefusedError(NOWHERE)
    return Own(visit.own_client_id, visit.role == Role.CLIENT)


def not_theirs(whose: Own, title: str) -> Shown:
    """A page of the client that this mandate is not about: the page is there, and says so."""
    return Shown("own/not_theirs.html", whose=whose, title=title)


def ids_of(visit: Visit) -> dict[str, str]:
    """The client's id for a form, so that it stands in no address."""
    return {"client_id": own(visit).client_id}


async def trajectories(visit: Visit) -> list[Json]:
    """All of this client: those that go on first, and of these the newest first."""
    found = await visit.every("/trajectories", clientId=own(visit).client_id)
    newest = sorted(found, key=lambda each: str(each["recordedAt"]), reverse=True)
    return sorted(newest, key=lambda each: each.get("phase") == ENDED)


async def chosen(visit: Visit) -> tuple[Json | None, list[Json]]:
    """The trajectory that a page is about: the one asked for, else the first; and the others.

    Raises RefusedError for one that is not there, or not theirs.
    """
    found = await trajectories(visit)
    asked = visit.request.path_params.get("trajectory_id")
    if asked is None:
        return (found[0] if found else None), found[1:]
    one = next((each for each in found if each["id"] == asked), None)
    if one is None:
        raise RefusedError(NOWHERE)
    return one, [each for each in found if each is not one]
