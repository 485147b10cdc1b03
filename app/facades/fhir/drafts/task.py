"""The status of a Task: a reminder that was done, or is laid aside for a reason."""

from collections.abc import Sequence

from app.facades.fhir import ids, names, outcomes
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import taking
from app.facades.fhir.tasklists import REMINDER

WHY = "Task.statusReason"


async def update(_: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft:
    """Only a reminder is closed by hand; a step is taken by the act that it is for."""
    status, closed = "Task.status" in changed, sent.get("status")
    other = [each for each in changed if each not in {"Task.status", WHY}]
    if other or not status or ids.kind_of(now["id"]) != REMINDER:
        raise outcomes.unsupported(*(other or changed))
    ref = ids.read(now["id"], nested=True)
    path = f"/trajectories/{ref.parent}/reminders/{ref.record}"
    if closed == "completed" and WHY not in changed:
        return Draft(f"{path}/completions", {})
    if closed != "cancelled":
        raise outcomes.unsupported(*changed)
    left = taking(sent)
    reason = left.code(names.own_system("drop-reason"), "statusReason", to="reason")
    body = {"reason": left.required(reason, "statusReason")}
    return Draft(f"{path}/drops", body, left.places)
