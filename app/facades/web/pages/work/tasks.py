"""My tasks: what waits for me, with whom, since when, and the page where it is done."""

from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.gathering import all_of
from app.facades.web.pages.work.waiting import waiting
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
MOST = 40
"""So many tasks are told with the name of their client; each name is a look on the log."""


@pages.get("/tasks")
async def tasks(visit: Visit) -> Shown:
    visit.require("GET /tasks")
    today = (await visit.today()).isoformat()
    told = await waiting(visit)
    lines = sorted(told, key=lambda task: str(task.get("dueOn") or task.get("since") or today))
    names = await _names(visit, lines[:MOST])
    return Shown("work/tasks.html", lines=lines, names=names, today=today)


async def _names(visit: Visit, lines: list[Json]) -> dict[str, str]:
    """The names of the clients by trajectory, from one list where that tells them."""
    wanted = {line["trajectoryId"] for line in lines if "trajectoryId" in line}
    if not wanted:
        return {}
    if visit.may("GET /caseload"):
        found = await visit.every("/caseload")
        return {line["id"]: client_name(line) for line in found if line["id"] in wanted}
    told = await all_of(*(visit.maybe(f"/trajectories/{each}") for each in wanted))
    return {each["id"]: client_name(each) for each in told if each is not None}
