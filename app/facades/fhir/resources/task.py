"""Tasks: reminders, steps of the process, and what waits for whoever asks.

No element stands in them that Koppeltaal 2.0 forbids, so that what is for a client and has an
owner is a KT2Task as it is, and one view serves both (decision 0037).
"""

from collections.abc import Mapping

from app.facades.fhir import ids, matching
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.task import update
from app.facades.fhir.elements import Json, filled, own_identifier, period
from app.facades.fhir.parties import TEAM, patient, team_of
from app.facades.fhir.registry import Found, Param, Resource, Source, Terms, Whose
from app.facades.fhir.tasklists import REMINDER, STEP, WAITING, sources, task_of
from app.facades.fhir.terminology.systems import KT2_TASK
from app.facades.fhir.terminology.vocabularies import own

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


def reminder(record: Json, whose: Whose) -> Json:
    """Something to think of; nothing follows when its day goes by."""
    why = record.get("reason")
    words = _words("reminder", record["kind"])
    return filled(
        **_head(REMINDER, record["id"], whose, trajectory=record["trajectoryId"]),
        identifier=[own_identifier(record["id"])],
        status=CLOSED[record.get("outcome")],
        intent="proposal",
        priority="routine",
        code=own("reminder", record["kind"]),
        description=f"{words} ({_words('drop-reason', why)})" if why else words,
        for_=patient(whose),
        executionPeriod=period(None, record["dueOn"]),
        authoredOn=record["recordedAt"],
        lastModified=record.get("closedOn"),
        owner=team_of(record["trajectoryId"]),
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
        **_head(STEP, trajectory, whose, part=part),
        identifier=[{**own_identifier(trajectory), "value": f"urn:uuid:{trajectory}#{part}"}],
        status=status,
        intent="plan",
        priority="routine",
        code=own("step", record["name"]),
        description=_words("step", record["name"]),
        for_=patient(whose),
        executionPeriod=period(None, since) if over else period(since),
        owner=team_of(trajectory),
    )


def waiting(record: Json, whose: Whose) -> Json:
    """What waits for whoever asks; it is gone when it was done."""
    part = record["kind"].replace("_", "-")
    trajectory = record.get("trajectoryId")
    return filled(
        **_head(WAITING, record["id"], whose, part=part),
        identifier=[own_identifier(record["id"])],
        status="requested",
        intent="proposal",
        priority="routine",
        code=own("task", record["kind"]),
        description=_words("task", record["kind"]),
        for_=patient(whose),
        executionPeriod=period(None, record.get("dueOn")),
        authoredOn=record.get("since"),
        owner=team_of(trajectory) if trajectory else None,
    )


def _head(key: str, record: str, whose: Whose, trajectory: str = "", part: str = "") -> Json:
    koppeltaal = whose.patient is not None and (key != WAITING or whose.trajectory is not None)
    return filled(
        resourceType="Task",
        id=ids.made(key, record, trajectory, part),
        meta={"profile": [KT2_TASK]} if koppeltaal else {},
    )


def _words(vocabulary: str, code: str) -> str:
    text: str = own(vocabulary, code)["coding"][0]["display"]
    return text


MAPPED = {REMINDER: reminder, STEP: step, WAITING: waiting}


async def read(asked: Asked, id_: str) -> Found:
    """One task. Raises NotFound."""
    return await task_of(asked, MAPPED, id_)


async def search(asked: Asked, terms: Terms) -> list[Source]:
    """Of a patient the reminders and steps; without one, what waits for whoever asks."""
    return await sources(asked, MAPPED, terms)


def _of_episode(resource: Json, value: str) -> bool:
    try:
        team = ids.made(TEAM, value.rpartition("/")[2])
    except ValueError:
        return False
    return matching.reference("owner")(resource, f"CareTeam/{team}")


RESOURCE = Resource(
    type="Task",
    about="Reminders, steps of the process, and, without a patient, what waits for who asks.",
    read=read,
    search=search,
    patient="for",
    params={
        "status": Param("token", "How far it is.", matching.token("status")),
        "code": Param("token", "Which step, or what to think of.", matching.token("code")),
        "owner": Param("reference", "The team it is for.", matching.reference("owner")),
        "period": Param("date", "By when.", matching.day("executionPeriod.end")),
        "episode-of-care": Param("reference", "Only of this trajectory.", _of_episode),
        "_profile": Param("uri", "Only what is a KT2Task.", matching.token("meta.profile")),
    },
    includes={"patient": "for", "owner": "owner"},
    update=update,
)
