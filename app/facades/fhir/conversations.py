"""Start and review conversations: with their parts for whom they are open, else an invitation.

An invited party knows before the client's consent no more than kind, dates and place; that is an
Appointment too.
"""

from collections.abc import Sequence

from app.facades.fhir import ids
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.facades.fhir.marks import Fetch
from app.facades.fhir.registry import Found, Mapped, Slice, Source, Terms, Whose
from app.platform.http.problems import NotFound


def own_id(key: str, conversation: str, whose: Whose) -> str:
    return ids.made(key, conversation, whose.trajectory or "")


async def one(asked: Asked, key: str, mapped: Mapped, id_: str, *, invited: bool) -> Found:
    """What a conversation is as this resource. Raises NotFound."""
    ref = ids.read(id_, nested=True)
    if ref.kind != key or id_ != ids.made(key, ref.record, ref.parent):
        raise NotFound
    told = await asked.look(f"/trajectories/{ref.parent}/start-conversations/{ref.record}")
    if told.ok:
        record, etag = told.json, told.etag
    elif invited:
        record, etag = await _invitation(asked, ref.parent, ref.record), ""
    else:
        raise NotFound
    above = await asked.see(f"/trajectories/{ref.parent}")
    found = mapped(record, Whose(above["clientId"], ref.parent))
    if not found:
        raise NotFound
    return Found(found[0], etag)


async def sources(asked: Asked, terms: Terms, mapped: Mapped, *, invited: bool) -> list[Source]:
    """The conversations of each trajectory of a client, and the invitations beside them."""
    patient = terms.whose()
    found: list[Source] = []
    async for above in asked.every("/trajectories", clientId=patient):
        whose, path = Whose(patient, above["id"]), f"/trajectories/{above['id']}"
        found.append(Source(f"{path}/start-conversations", _read_each(path, mapped, whose)))
        if invited:
            found.append(Source(f"{path}/~invitations", _invited(path, mapped, whose)))
    return sorted(found, key=lambda source: source.key)


def _read_each(path: str, mapped: Mapped, whose: Whose) -> Fetch:
    async def fetch(asked: Asked, cursor: str | None, most: int) -> Slice:
        page = await asked.see(f"{path}/start-conversations", pageSize=most, cursor=cursor)
        found: list[Json] = []
        for each in page["items"]:
            record = await asked.maybe(f"{path}/start-conversations/{each['id']}")
            found += mapped(record, whose) if record else []
        return Slice(found, page.get("nextCursor"))

    return fetch


def _invited(path: str, mapped: Mapped, whose: Whose) -> Fetch:
    """Only those of which the conversation itself is not open to this caller."""

    async def fetch(asked: Asked, _cursor: str | None, _most: int) -> Slice:
        found: list[Json] = []
        for each in (await _invitations(asked, path)).values():
            talk = as_conversation(each)
            if await asked.maybe(f"{path}/start-conversations/{talk['id']}") is None:
                found += mapped(talk, whose)
        return Slice(found)

    return fetch


async def _invitation(asked: Asked, trajectory: str, conversation: str) -> Json:
    found = await _invitations(asked, f"/trajectories/{trajectory}")
    if conversation not in found:
        raise NotFound
    return as_conversation(found[conversation])


async def _invitations(asked: Asked, path: str) -> dict[str, list[Json]]:
    """By conversation, in the order in which they were sent."""
    found: dict[str, list[Json]] = {}
    async for each in asked.every(f"{path}/conversation-invitations"):
        found.setdefault(each["conversationId"], []).append(each)
    return found


def as_conversation(invitations: Sequence[Json]) -> Json:
    """What an invited party knows of a conversation, in the shape of one."""
    told = ("recordedAt", "authorRole", "kind", "proposals", "chosenProposalId", "withheld")
    seat = ("id", "role", "organisationId", "membershipId", "answer")
    return {
        **{name: invitations[0].get(name) for name in told},
        "id": invitations[0]["conversationId"],
        "invitations": [{name: each.get(name) for name in seat} for each in invitations],
    }
