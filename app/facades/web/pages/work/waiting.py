"""What waits for somebody, in words, with the page of ours where it is done."""

from collections.abc import Mapping

from app.facades.operations import Json
from app.facades.web.rendering import coded
from app.facades.web.visits import Visit

BASE = "/v1"
_OF_CLIENT: Mapping[str, str] = {
    "report_to_read": "/my-reports/{trajectoryId}/{id}",
    "step_to_take": "/my-trajectory/{trajectoryId}#steps",
    "review_to_hold": "/my-trajectory/{trajectoryId}#steps",
    "reminder": "/my-trajectory/{trajectoryId}#steps",
}
"""Of these the client has pages with more explanation; the rest has one page for everybody."""
_PROCESS = "/trajectories/{trajectoryId}#process"
_OF_OTHERS = dict.fromkeys(("step_to_take", "review_to_hold", "reminder"), _PROCESS)
"""Of these there is no page apart."""
_NAMED = {"step_to_take": "step", "reminder": "reminder"}
"""Tasks that are called by what is to be done, and the list of its names."""


async def waiting(visit: Visit) -> list[Json]:
    """What has a day comes first, then what waits longest; nothing for who has no tasks."""
    found = (await visit.maybe("/tasks") or {}).get("items", ())
    own = visit.own_client_id is not None
    return [{**task, "href": page_of(task, own=own), "words": _words(task)} for task in found]


def page_of(task: Json, *, own: bool) -> str:
    """Where it is done: the record that it is about has the path of the API."""
    known = (_OF_CLIENT if own else _OF_OTHERS).get(task["kind"])
    return known.format(**task) if known else str(task["path"]).removeprefix(BASE)


def _words(task: Json) -> str:
    kind, what = task["kind"], task.get("what")
    named = _NAMED.get(kind)
    return coded(named, what) if named and what is not None else coded("task", kind)
