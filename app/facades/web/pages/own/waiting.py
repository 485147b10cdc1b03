"""What waits for the client, with the page of ours where it is done."""

from collections.abc import Mapping

from app.facades.web.operations import Json
from app.facades.web.rendering import coded
from app.facades.web.visits import Visit

BASE = "/v1"
_PAGES: Mapping[str, str] = {
    "report_to_read": "/my-reports/{trajectoryId}/{id}",
    "step_to_take": "/my-trajectory/{trajectoryId}#steps",
    "review_to_hold": "/my-trajectory/{trajectoryId}#steps",
}
"""Of these the client has pages with more explanation; the rest has one page for everybody."""


def page_of(task: Json) -> str:
    """Where the client does this task."""
    known = _PAGES.get(task["kind"])
    return known.format(**task) if known else str(task["path"]).removeprefix(BASE)


def words_of(task: Json) -> str:
    """What is to be done, in the name of the step where it is one."""
    what = task.get("what")
    if task["kind"] == "step_to_take" and what is not None:
        return coded("step", what)
    return coded("task", task["kind"])


async def waiting(visit: Visit) -> list[Json]:
    """What has a day comes first, then what waits longest: the order of the API."""
    found = (await visit.maybe("/tasks") or {}).get("items", ())
    return [{**task, "href": page_of(task), "words": words_of(task)} for task in found]
