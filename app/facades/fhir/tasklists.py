"""Where tasks are found: three lists of the API, of which each is told in its own way."""

from collections.abc import Callable, Mapping
from typing import Any

from app.access.vocabulary import Role
from app.facades.fhir import ids
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, reference
from app.facades.fhir.marks import Fetch
from app.facades.fhir.registry import Found, Slice, Source, Terms, Whose
from app.platform.http.problems import NotFound

REMINDER, STEP, WAITING = "reminder", "step", "waiting"
ByKey = Mapping[str, Callable[..., Any]]


async def task_of(asked: Asked, mapped: ByKey, id_: str) -> Found:
    """The task with this id. Raises NotFound."""
    key = ids.kind_of(id_)
    ref = ids.read(id_, nested=key == REMINDER)
    if key == REMINDER:
        told = await asked.told(f"/trajectories/{ref.parent}/reminders/{ref.record}")
        found = [mapped[REMINDER](told.json, await _of(asked, ref.parent), await _reader(asked))]
        etag = told.etag
    elif key == STEP:
        found, etag = await _steps(asked, mapped, await _of(asked, ref.record)), ""
    else:
        found, etag = await _waiting(asked, mapped), ""
    for each in found:
        if each["id"] == id_:
            return Found(each, etag)
    raise NotFound


async def sources(asked: Asked, mapped: ByKey, terms: Terms) -> list[Source]:
    """Of one patient by trajectory, else over all whom the caller works for."""
    if terms.patient is None:
        return [
            Source("/reminders", _reminders(mapped, None)),
            Source("/tasks", _listed(_waiting_of(mapped))),
        ]
    above = [one async for one in asked.every("/trajectories", clientId=terms.patient)]
    of = {one["id"]: Whose(terms.patient, one["id"]) for one in above}
    found = [
        Source(f"/trajectories/{each}/steps", _listed(_steps_of(mapped, whose)))
        for each, whose in sorted(of.items())
    ]
    return [Source("/reminders", _reminders(mapped, of)), *found] if of else []


async def _reader(asked: Asked) -> Json | None:
    """Whoever asks: a reminder, and what waits, are for nobody else."""
    me = await asked.see("/me")
    if me.get("membershipId") is None:
        hats = [hat for hat in me["hats"] if hat["current"] and hat["role"] == Role.CLIENT]
        return reference("Patient", hats[0]["clientId"]) if hats else None
    page = await asked.see("/practitioners", membershipId=me["membershipId"])
    return next((reference("Practitioner", each["id"]) for each in page["items"]), None)


async def _of(asked: Asked, trajectory: str) -> Whose:
    above = await asked.see(f"/trajectories/{trajectory}")
    return Whose(above["clientId"], trajectory)


async def _known(asked: Asked, record: Json) -> Whose:
    """Of whom, as far as the caller may know."""
    trajectory = record.get("trajectoryId")
    above = await asked.maybe(f"/trajectories/{trajectory}") if trajectory else None
    return Whose(above["clientId"], trajectory) if above else Whose()


async def _steps(asked: Asked, mapped: ByKey, whose: Whose) -> list[Json]:
    told = await asked.see(f"/trajectories/{whose.trajectory}/steps")
    found = [mapped[STEP](each, whose) for each in told.get("steps") or []]
    return [each for each in found if each is not None]


async def _waiting(asked: Asked, mapped: ByKey) -> list[Json]:
    """Reminders are told as such, and not once more."""
    told = await asked.see("/tasks")
    others = [each for each in told["items"] if each["kind"] != "reminder"]
    reader = await _reader(asked)
    return [mapped[WAITING](each, await _known(asked, each), reader) for each in others]


def _steps_of(mapped: ByKey, whose: Whose) -> Callable[[Asked], Any]:
    return lambda asked: _steps(asked, mapped, whose)


def _waiting_of(mapped: ByKey) -> Callable[[Asked], Any]:
    return lambda asked: _waiting(asked, mapped)


def _listed(whole: Callable[[Asked], Any]) -> Fetch:
    async def fetch(asked: Asked, _cursor: str | None, _most: int) -> Slice:
        return Slice(await whole(asked))

    return fetch


def _reminders(mapped: ByKey, of: Mapping[str, Whose] | None) -> Fetch:
    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        page = await asked.see("/reminders", pageSize=most, cursor=cursor)
        wanted = [each for each in page["items"] if of is None or each["trajectoryId"] in of]
        reader = await _reader(asked)
        found = []
        for each in wanted:
            whose = of[each["trajectoryId"]] if of else await _known(asked, each)
            found.append(mapped[REMINDER](each, whose, reader))
        return Slice(found, page.get("nextCursor"))

    return fetch
