"""The talks of a trajectory, and the invitations to those of which one sees no more than that."""

from collections.abc import Iterable

from app.facades.operations import Json
from app.facades.web.about import about
from app.facades.web.answers import Shown
from app.facades.web.pages.startconversations.parties import organises, own_seat
from app.facades.web.pages.startconversations.showing import ALL, MAIL
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()


@pages.get(ALL)
async def conversations(visit: Visit, trajectory_id: str) -> Shown:
    told = await visit.see(ALL.format(trajectory_id=trajectory_id), pageSize=100)
    mail = await visit.every(MAIL.format(trajectory_id=trajectory_id))
    return await _listed(visit, trajectory_id, merged(visit, told["items"], mail))


@pages.get(MAIL)
async def invitations(visit: Visit, trajectory_id: str) -> Shown:
    told = await visit.see(MAIL.format(trajectory_id=trajectory_id), pageSize=100)
    return await _listed(visit, trajectory_id, merged(visit, [], told["items"]), mail=True)


async def _listed(
    visit: Visit, trajectory_id: str, lines: list[Json], *, mail: bool = False
) -> Shown:
    return Shown(
        "startconversations/list.html",
        lines=lines,
        about=await about(visit, {"trajectory_id": trajectory_id}),
        at=ALL.format(trajectory_id=trajectory_id),
        organises=organises(visit),
        mail=mail,
    )


def merged(visit: Visit, heads: Iterable[Json], mail: Iterable[Json]) -> list[Json]:
    """One line for each talk, the newest first: with what its invitations tell of the moment."""
    lines: dict[str, Json] = {each["id"]: {**each, "open": True} for each in heads}
    for each in mail:
        line = lines.setdefault(each["conversationId"], {**each, "open": False})
        own = own_seat(visit) == (each["role"], each["organisationId"])
        if own or "invitation" not in line:
            line |= {"invitation": each, "own": own}
    return sorted(lines.values(), key=lambda line: str(line["recordedAt"]), reverse=True)
