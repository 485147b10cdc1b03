"""Tasks: reminders, steps of the process, and what waits for whoever asks.

No element stands in them that Koppeltaal 2.0 forbids, so that what is for a client and somebody
has is a KT2Task as it is, and one view serves both (decision 0037).
"""

from collections.abc import Mapping

from app.facades.fhir import ids, matching
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.task import update
from app.facades.fhir.elements import Json, filled, own_identifier, period
from app.facades.fhir.parties import patient, team_of
from app.facades.fhir.registry import Found, Param, Resource, Source, Terms, Whose
from app.facades.fhir.tasklists import REMINDER, STEP, WAITING, ByKey, sources, task_of
from app.facades.fhir.terminology.systems import KT2_TASK
from app.facades.fhir.terminology.vocabularies import label, own

OWNERS = frozenset({"Patient", "Practitioner"})
"""Whom Koppeltaal takes as one; its teams have members as nl-core does not have them."""
STATES: Mapping[str, str] = {
    "done": "completed",
    "current": "in-progress",
    "possible": "ready",
    "waiting": "draft",
}
"""What a step of the process is as a Task; one that does not apply is none."""
CLOSED: Mapping[str | None, str] = {
    None: "requested",
    "done_by_act": "completed",
    "done_by_hand": "completed",
    "dropped": "cancelled",
}


def reminder(record: Json, whose: Whose, reader: Json | None) -> Json:
    """Something to think of; nothing follows when its day goes by."""
    why = record.get("reason")
    words = label("reminder", record["kind"])
    return filled(
        **_head(ids.made(REMINDER, record["id"], record["trajectoryId"]), whose, reader),
        identifier=[own_identifier(record["id"])],
        status=CLOSED[record.get("outcome")],
        intent="proposal",
        priority="routine",
        code=own("reminder", record["kind"]),
        description=f"{words} ({label('drop-reason', why)})" if why else words,
        for_=patient(whose),
        executionPeriod=period(None, record["dueOn"]),
        authoredOn=record["recordedAt"],
        lastModified=record.get("closedOn"),
    )


def step(record: Json, whose: Whose) -> Json | None:
    """A step of the process; None for one that does not apply here."""
    status = STATES.get(record["state"])
    trajectory, since = whose.trajectory or "", record.get("since")
    part = record["name"].replace("_", "-")
    if status is None:
        return None
    over = status == "completed"
    return filled(
        **_head(ids.made(STEP, trajectory, part=part), whose, team_of(trajectory)),
        identifier=[{**own_identifier(trajectory), "value": f"urn:uuid:{trajectory}#{part}"}],
        status=status,
        intent="plan",
        priority="routine",
        code=own("step", record["name"]),
        description=label("step", record["name"]),
        for_=patient(whose),
        executionPeriod=period(None, since) if over else period(since),
    )


def waiting(record: Json, whose: Whose, reader: Json | None) -> Json:
    """What waits for whoever asks; it is gone when it was done."""
    part = record["kind"].replace("_", "-")
    return filled(
        **_head(ids.made(WAITING, record["id"], part=part), whose, reader),
        identifier=[own_identifier(record["id"])],
        status="requested",
        intent="proposal",
        priority="routine",
        code=own("task", record["kind"]),
        description=label("task", record["kind"]),
        for_=patient(whose),
        executionPeriod=period(None, record.get("dueOn")),
        authoredOn=record.get("since"),
    )


def _head(id_: str, whose: Whose, owner: Json | None) -> Json:
    """It is a KT2Task where it is for a client and one person has it."""
    kind = str((owner or {}).get("reference", "")).partition("/")[0]
    koppeltaal = whose.patient is not None and kind in OWNERS
    return filled(
        resourceType="Task",
        id=id_,
        meta={"profile": [KT2_TASK]} if koppeltaal else {},
        owner=owner,
    )


MAPPED: ByKey = {REMINDER: reminder, STEP: step, WAITING: waiting}


async def read(asked: Asked, id_: str) -> Found:
    """One task. Raises NotFound."""
    return await task_of(asked, MAPPED, id_)


async def search(asked: Asked, terms: Terms) -> list[Source]:
    """Of a patient the reminders and steps; without one, what waits for whoever asks."""
    return await sources(asked, MAPPED, terms)


def _of_episode(resource: Json, value: str) -> bool:
    """The id of a task tells it: no element that Koppeltaal takes does."""
    nested = ids.kind_of(resource["id"]) == REMINDER
    ref = ids.read(resource["id"], nested=nested)
    return value.rpartition("/")[2] == (ref.parent if nested else ref.record)


RESOURCE = Resource(
    type="Task",
    about="Reminders, steps of the process, and, without a patient, what waits for who asks.",
    read=read,
    search=search,
    patient="for",
    params={
        "status": Param("token", "How far it is.", matching.token("status")),
        "code": Param("token", "Which step, or what to think of.", matching.token("code")),
        "owner": Param(
            "reference", "Who has it: the team, or who asks.", matching.reference("owner")
        ),
        "period": Param("date", "By when.", matching.day("executionPeriod.end")),
        "episode-of-care": Param("reference", "Only of this trajectory.", _of_episode),
        "_profile": Param("uri", "Only what is a KT2Task.", matching.token("meta.profile")),
    },
    includes={"patient": "for", "owner": "owner"},
    update=update,
)
