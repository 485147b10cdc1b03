"""My tasks: what waits for me, with whom, since when, and the page where it is done."""

from datetime import date

from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.gathering import all_of
from app.facades.web.operations import Json
from app.facades.web.pages.own.waiting import page_of
from app.facades.web.rendering import coded
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
MOST = 40
"""So many tasks are told with the name of their client; each name is a look on the log."""


@pages.get("/tasks")
async def tasks(visit: Visit) -> Shown:
    told = (await visit.see("/tasks"))["items"]
    today = await visit.today()
    found = (_line(task, today, own=visit.own_client_id is not None) for task in told)
    lines = sorted(found, key=lambda line: line["order"])
    about = await _names(visit, lines[:MOST])
    return Shown("work/tasks.html", lines=lines, names=about, today=today)


def _line(task: Json, today: date, *, own: bool) -> Json:
    """With the day it is due, whether that is past, and where it is done."""
    due = task.get("dueOn")
    return {
        **task,
        "late": due is not None and date.fromisoformat(due) < today,
        "order": due or task.get("since") or today.isoformat(),
        "href": page_of(task) if own else _href(task),
        "words": _words(task),
    }


def _words(task: Json) -> str:
    """What is to be done: the step or the reminder by its own name."""
    kind, what = task["kind"], task.get("what")
    match kind, what:
        case "step_to_take", str():
            return coded("step", what)
        case "reminder", str():
            return coded("reminder", what)
        case _:
            return coded("task", kind)


def _href(task: Json) -> str:
    """The page of the record that a task is about; its path is that of the API."""
    path = str(task["path"]).removeprefix("/v1")
    match task["kind"]:
        case "step_to_take" | "review_to_hold" | "reminder":  # of these there is no page apart
            return f"/trajectories/{task['trajectoryId']}#process"
        case _:
            return path


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
