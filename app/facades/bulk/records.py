"""What the rows of a record bring: a professional, or a client with trajectories."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from app.domain.bulk.rules.imports import RowFault, RowKind
from app.facades.bulk.recording import FaultyError, Recorder, joined
from app.facades.operations import Json
from app.platform.http.schemas import UUID_TEXT
from app.platform.http.strict_json import NAME

HEADS = frozenset({"kind", "sourceId", "clientSourceId", "actingFor", "actingForSourceId"})
OF_CLIENT, OF_TRAJECTORY = "/clients/{client_id}/", "/trajectories/{trajectory_id}/"
ELSEWHERE = {"referrals": "/referrals", "consents": "/clients/{client_id}/consents"}
"""Collections that stand elsewhere in the contract and name the trajectory in the body."""
DESTROYS = "/clients/{client_id}/misplaced-records"
"""What is destroyed cannot be undone with the rest of a record; it is asked for by itself."""
MEMBERS = "/organisations/{organisation_id}/memberships"
Made = dict[str, Any]
"""The ids of what was made, by name; empty where nothing was."""


async def practitioner(recorder: Recorder, row: Json) -> Made:
    """Somebody who works for us: registered or known by `practitionerId`, appointed, a login."""
    known = {"practitioner", "practitionerId", "membership", "account"}
    _only(row, HEADS | known, "")
    if not await recorder.claimed(RowKind.PRACTITIONER, row["sourceId"]):
        return {}
    made: Made = {}
    person = row.get("practitionerId")
    if person is not None and not (isinstance(person, str) and UUID_TEXT.fullmatch(person)):
        raise FaultyError(RowFault("practitionerId", "wrong_format", "Must be a UUID."))
    if person is None:
        body = _object(row, "practitioner")
        person = (await recorder.post("/practitioners", body, "practitioner", of={}))["id"]
        made["practitionerId"] = person
    body = {**_object(row, "membership"), "practitionerId": person}
    of = {"organisation_id": str(recorder.organisation), "practitioner_id": str(person)}
    made["membershipId"] = (await recorder.post(MEMBERS, body, "membership", of=of))["id"]
    if "account" in row:
        path = "/practitioners/{practitioner_id}/accounts"
        await recorder.post(path, _object(row, "account"), "account", of=of)
    await recorder.became(RowKind.PRACTITIONER, row["sourceId"], made["membershipId"])
    return made


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
        return {}
    return await _with_collections(recorder, row, str(id_), again=True)


async def _new_client(recorder: Recorder, row: Json) -> Made:
    made = await recorder.post("/clients", _object(row, "client"), "client", of={})
    id_ = str(made["id"])
    await recorder.became(RowKind.CLIENT, row["sourceId"], id_, id_)
    return {"clientId": id_, **await _with_collections(recorder, row, id_)}


async def _with_collections(
    recorder: Recorder, row: Json, id_: str, *, again: bool = False
) -> Made:
    told: Made = {}
    of = {"client_id": id_}
    for name, items in row.items():
        if name == "trajectories":
            for at, item in _listed(items, name):
                if ids := await trajectory(recorder, item, at, of):
                    told.setdefault("trajectories", []).append(ids)
        elif name not in HEADS | {"client"}:
            path = f"{OF_CLIENT}{_kebab(name)}"
            await _collection(recorder, path, items, name, of, again=again)
    return told


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
    if id_ is None or not await recorder.sees(RowKind.TRAJECTORY, id_):
        await recorder.undone(make)
    return {}


async def _new_trajectory(
    recorder: Recorder, item: Json, at: str, of: Mapping[str, str], known: frozenset[str]
) -> Made:
    where = joined(at, "trajectory")
    body = await recorder.resolved(_object(item, "trajectory", at), where)
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
            path = f"{OF_TRAJECTORY}{_kebab(name)}"
            await _collection(recorder, path, items, joined(at, name), inside)
    return {"trajectoryId": id_}


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
        raise _unknown(at)
    for place, item in _listed(items, at):
        if again:
            continue
        name = item.get("sourceId")
        told = {key: value for key, value in item.items() if key != "sourceId"}
        body = await recorder.resolved(told, place)
        made = await recorder.post(path, {**body, **(more or {})}, place, of=of)
        if isinstance(name, str):
            recorder.local[name] = str(made["id"])


def _only(row: Mapping[str, Any], known: frozenset[str] | set[str], at: str) -> None:
    wrong = [_unknown(joined(at, name)).faults[0] for name in row if name not in known]
    if wrong:
        raise FaultyError(*wrong)


def _unknown(at: str) -> FaultyError:
    """A name that is not known is repeated only where it looks like one."""
    owner, _, name = at.rpartition(".")
    place = at if NAME.fullmatch(name) else owner
    return FaultyError(RowFault(place, "unknown_field", "The contract does not know this field."))


def _object(row: Mapping[str, Any], name: str, at: str = "") -> Json:
    found = row.get(name)
    if not isinstance(found, dict):
        raise FaultyError(RowFault(joined(at, name), "required", "Must be an object."))
    return found


def _listed(items: Any, at: str) -> Iterable[tuple[str, Json]]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FaultyError(RowFault(at, "wrong_type", "Must be a list of objects."))
    return [(f"{at}.{number}", item) for number, item in enumerate(items)]


def _kebab(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)


MAKERS: Mapping[RowKind, Callable[[Recorder, Json], Any]] = {
    RowKind.PRACTITIONER: practitioner,
    RowKind.CLIENT: client,
    RowKind.TRAJECTORY: of_client,
}
