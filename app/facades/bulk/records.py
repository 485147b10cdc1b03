"""What the rows of a record bring: a professional, or a client with trajectories."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from app.domain.bulk.rules.imports import RowFault, RowKind
from app.facades.bulk.parts import kebab, listed, object_at, only, unknown
from app.facades.bulk.recording import UNTOLD, FaultyError, Made, Recorder, joined
from app.facades.operations import Json
from app.platform.http.schemas import UUID_TEXT

HEADS = frozenset({"kind", "sourceId", "clientSourceId", "actingFor", "actingForSourceId"})
OF_CLIENT, OF_TRAJECTORY = "/clients/{client_id}/", "/trajectories/{trajectory_id}/"
ELSEWHERE = {"referrals": "/referrals", "consents": "/clients/{client_id}/consents"}
"""Collections that stand elsewhere in the contract and name the trajectory in the body."""
DESTROYS = "/clients/{client_id}/misplaced-records"
"""What is destroyed cannot be undone with the rest of a record; it is asked for by itself."""
MEMBERS = "/organisations/{organisation_id}/memberships"


async def practitioner(recorder: Recorder, row: Json) -> Made:
    """Somebody who works for us: registered or known by `practitionerId`, appointed, a login."""
    known = {"practitioner", "practitionerId", "membership", "account"}
    only(row, HEADS | known, "")
    if not await recorder.claimed(RowKind.PRACTITIONER, row["sourceId"]):
        return await _member(recorder, row)
    made: Json = {}
    person = row.get("practitionerId")
    if person is not None and not (isinstance(person, str) and UUID_TEXT.fullmatch(person)):
        raise FaultyError(RowFault("practitionerId", "wrong_format", "Must be a UUID."))
    if person is None:
        body = object_at(row, "practitioner")
        person = (await recorder.post("/practitioners", body, "practitioner", of={}))["id"]
        made["practitionerId"] = person
    body = {**object_at(row, "membership"), "practitionerId": person}
    of = {"organisation_id": str(recorder.organisation), "practitioner_id": str(person)}
    made["membershipId"] = (await recorder.post(MEMBERS, body, "membership", of=of))["id"]
    if "account" in row:
        path = "/practitioners/{practitioner_id}/accounts"
        await recorder.post(path, object_at(row, "account"), "account", of=of)
    await recorder.became(RowKind.PRACTITIONER, row["sourceId"], made["membershipId"])
    return Made(made)


async def _member(recorder: Recorder, row: Json) -> Made:
    """Who came before, for who may read the memberships; a person that the row names is no news."""
    id_ = await recorder.brought(RowKind.PRACTITIONER, row["sourceId"])
    of = {"organisation_id": str(recorder.organisation), "membership_id": str(id_)}
    member = await recorder.seen(f"{MEMBERS}/{{membership_id}}".format(**of))
    if member is None:
        return UNTOLD
    person = {} if "practitionerId" in row else {"practitionerId": member["practitionerId"]}
    return Made({**person, "membershipId": member["id"]}, anew=False)


async def client(recorder: Recorder, row: Json) -> Made:
    """A client with all that stands under the names of its collections, in that order.

    One that came before is looked at as this hat: where it is hidden, the row is answered as one
    of somebody who is not here yet, and what came before stays what it is.
    """
    source_id = row["sourceId"]
    if await recorder.claimed(RowKind.CLIENT, source_id):
        return await _new_client(recorder, row)
    id_ = await recorder.brought(RowKind.CLIENT, source_id)
    if id_ is None or not await recorder.sees(RowKind.CLIENT, id_):
        await recorder.undone(partial(_new_client, recorder, row))
        return UNTOLD
    courses = await _with_collections(recorder, row, str(id_), again=True)
    if any(each.anew for each in courses):
        return Made(_ids_of(each for each in courses if each.anew))
    return Made({"clientId": str(id_), **_ids_of(courses)}, anew=False)


async def _new_client(recorder: Recorder, row: Json) -> Made:
    made = await recorder.post("/clients", object_at(row, "client"), "client", of={})
    id_ = str(made["id"])
    await recorder.became(RowKind.CLIENT, row["sourceId"], id_, id_)
    courses = await _with_collections(recorder, row, id_)
    return Made({"clientId": id_, **_ids_of(each for each in courses if each.anew)})


def _ids_of(trajectories: Iterable[Made]) -> Json:
    """Of those that may be seen, in the order of the row."""
    found = [each.ids for each in trajectories if each.ids]
    return {"trajectories": found} if found else {}


async def _with_collections(
    recorder: Recorder, row: Json, id_: str, *, again: bool = False
) -> list[Made]:
    """What became of its trajectories; `again`: the client came with an earlier import."""
    courses: list[Made] = []
    of = {"client_id": id_}
    for name, items in row.items():
        if name == "trajectories":
            for at, item in listed(items, name):
                courses.append(await trajectory(recorder, item, at, of))
        elif name not in HEADS | {"client"}:
            path = f"{OF_CLIENT}{kebab(name)}"
            await _collection(recorder, path, items, name, of, again=again)
    return courses


async def of_client(recorder: Recorder, row: Json) -> Made:
    """A trajectory on a row of its own, of a client of this record or of an earlier import."""
    id_ = await recorder.meant(RowKind.CLIENT, row["clientSourceId"], "", "clientSourceId")
    return await trajectory(recorder, row, "", {"client_id": id_}, heads=HEADS)


async def trajectory(
    recorder: Recorder,
    item: Json,
    at: str,
    of: Mapping[str, str],
    heads: frozenset[str] = frozenset({"sourceId"}),
) -> Made:
    """A running trajectory with what happened in it so far, in the order of the source."""
    source_id = item.get("sourceId")
    if not isinstance(source_id, str):
        detail = "Each trajectory has an id in its own system."
        raise FaultyError(RowFault(joined(at, "sourceId"), "required", detail))
    make = partial(_new_trajectory, recorder, item, at, of, heads | {"trajectory"})
    if await recorder.claimed(RowKind.TRAJECTORY, source_id):
        return await make()
    id_ = await recorder.brought(RowKind.TRAJECTORY, source_id)
    shown = None if id_ is None else await recorder.seen(f"/trajectories/{id_}")
    if shown is None:
        await recorder.undone(make)
    elif shown.get("clientId") == of["client_id"]:
        return Made({"trajectoryId": str(id_)}, anew=False)
    return UNTOLD


async def _new_trajectory(
    recorder: Recorder, item: Json, at: str, of: Mapping[str, str], known: frozenset[str]
) -> Made:
    where = joined(at, "trajectory")
    body = await recorder.resolved(object_at(item, "trajectory", at), where)
    body["clientId"] = of["client_id"]
    id_ = str((await recorder.post("/trajectories", body, where, of={}))["id"])
    await recorder.became(RowKind.TRAJECTORY, item["sourceId"], id_, of["client_id"])
    inside = {**of, "trajectory_id": id_}
    for name, items in item.items():
        if name in known:
            continue
        if name in ELSEWHERE:
            more = {"trajectoryId": id_}
            place = joined(at, name)
            await _collection(recorder, ELSEWHERE[name], items, place, inside, more=more)
        else:
            path = f"{OF_TRAJECTORY}{kebab(name)}"
            await _collection(recorder, path, items, joined(at, name), inside)
    return Made({"trajectoryId": id_})


async def _collection(
    recorder: Recorder,
    path: str,
    items: Any,
    at: str,
    of: Mapping[str, str],
    *,
    more: Json | None = None,
    again: bool = False,
) -> None:
    """Its records one after another; `again`: they came with an earlier import."""
    named = path.rpartition("/")[2].replace("-", "").isalpha() and path != DESTROYS
    if not named or not recorder.contract.knows(f"POST {path}"):
        raise unknown(at)
    for place, item in listed(items, at):
        if again:
            continue
        name = item.get("sourceId")
        told = {key: value for key, value in item.items() if key != "sourceId"}
        body = await recorder.resolved(told, place)
        made = await recorder.post(path, {**body, **(more or {})}, place, of=of)
        if isinstance(name, str):
            recorder.local[name] = str(made["id"])


MAKERS: Mapping[RowKind, Callable[[Recorder, Json], Any]] = {
    RowKind.PRACTITIONER: practitioner,
    RowKind.CLIENT: client,
    RowKind.TRAJECTORY: of_client,
}
