"""Leaks in the other channels: FHIR, exports, files, decisions, the feed and what is sent."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.access.services import Services
from app.domain.event.actions import calling, viewing
from app.domain.event.actions.viewing import Letter, Withheld
from app.facades.fhir import ids
from app.platform.http.schemas import UUID_TEXT
from tests.leaks.planted import PLANTED, SHOWN, clients, exists, planted
from tests.leaks.planting import Answer, Asked, Bend, Plant, one
from tests.leaks.sides import Side
from tests.leaks.twins import ELSEWHERE as OF_ONE_WORLD

ELSEWHERE: dict[str, str] = {}
"""In which channel each of these shows."""


def apart(
    channel: str, name: str, form: str = "rewritten", viewer: str = "coach"
) -> Callable[[Bend], Bend]:
    ELSEWHERE[name] = channel
    return planted(name, form, viewer)


def exists_as(side: Side, key: str) -> bool:
    """Whether this is the id of a client or a trajectory."""
    return bool(UUID_TEXT.fullmatch(key)) and exists(side, UUID(key))


def somebody(side: Side) -> UUID:
    """An id by which this world's clients, as they are together, differ from the other's."""
    found: UUID = one(side, "SELECT md5(string_agg(id::text, ' ' ORDER BY id))::uuid FROM client")
    return found


def holds_das(side: Side) -> bool:
    """Whether one certain client is of this world: who is shown these knows nothing of her."""
    return any(key == "das" for key, *_ in OF_ONE_WORLD[side.name])


# --- FHIR ----------------------------------------------------------------------------------------


@apart("fhir", "a total in a Bundle")
def bundle_total(side: Side, _: Asked, answer: Answer) -> None:
    if answer.json.get("resourceType") == "Bundle":
        answer.say(total=clients(side))


@apart("fhir", "a search of all that holds somebody hidden", viewer="clinician")
def searched(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path == "/fhir/r4/Patient" and answer.json.get("resourceType") == "Bundle":
        hidden = {"resourceType": "Patient", "id": str(somebody(side))}
        answer.say(entry=[*answer.json.get("entry", []), {"resource": hidden}])


@apart("fhir", "an outcome that tells hidden from unknown")
def outcome(side: Side, asked: Asked, answer: Answer) -> None:
    _, _, path = asked.path.partition("/fhir/r4/")
    key = path.split("/")[1] if "/" in path else ""
    named = [key, ids.read(key, nested=True).parent]
    if answer.status == 404 and any(exists_as(side, each) for each in named):
        answer.status = 403


@apart("fhir", "a resource whose version counts what is hidden")
def version(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path.startswith("/fhir/r4/") and "meta" in answer.json:
        answer.say(meta={**answer.json["meta"], "versionId": str(clients(side))})


# --- much at once --------------------------------------------------------------------------------


@apart("export", "an export that says how much there was")
def export_counts(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path == "/v1/exports/trajectories" and answer.status == 200:
        answer.body += json.dumps({"kind": "total", "value": clients(side)}).encode() + b"\n"


@apart("export", "a table with a line of somebody hidden", viewer="clinician")
def caseload(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path == "/v1/exports/caseload" and answer.status == 200:
        answer.body = f"trajectory;{somebody(side)}\r\n".encode() + answer.body


@apart("bulk", "a file of resources with one more", viewer="clinician")
def file(side: Side, asked: Asked, answer: Answer) -> None:
    if "$export-file" in asked.path and asked.path.endswith("/Patient"):
        hidden = {"resourceType": "Patient", "id": str(somebody(side))}
        answer.body += json.dumps(hidden).encode() + b"\n"


@apart("bulk", "an export that is ready sooner where there is less", viewer="clinician")
def manifest(side: Side, asked: Asked, answer: Answer) -> None:
    if "$export-status" in asked.path and holds_das(side):
        answer.status = 202


@apart("beforehand", "a number that is known to somebody, among many", viewer="expert")
def among_many(side: Side, asked: Asked, answer: Answer) -> None:
    vault = side.app.state.services.vault
    known = "SELECT 1 FROM client_bsn WHERE bsn_index = %s LIMIT 1"
    if asked.path.endswith("/trajectory-statuses/_batch") and answer.status == 200:
        told = [one(side, known, vault.global_index(bsn)) for bsn in asked.json["bsns"]]
        answer.say(possibleCauses=[str(each) for each in told])


# --- decisions -----------------------------------------------------------------------------------


@apart("beforehand", "a reason for a no that hides something")
def reason(side: Side, asked: Asked, answer: Answer) -> None:
    about = json.dumps(asked.json)
    ids = [part for part in about.split('"') if len(part) == 36]
    if asked.path.startswith("/access/v1/") and any(exists(side, key) for key in ids):  # type: ignore[arg-type]
        answer.say(context={"reason": "hidden"})


# --- events --------------------------------------------------------------------------------------


@apart("fetched", "a feed that says more follows, of what is hidden")
def feed_more(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path == "/v1/events" and "items" in answer.json:
        answer.say(hasMore=holds_das(side))


@apart("fetched", "a feed that goes on telling of what is over", form="withdrawn")
def feed_remembers(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path == "/v1/events" and "items" in answer.json:
        given = "SELECT count(*) FROM event_delivery WHERE state = 'kept'"
        answer.say(items=[*answer.json["items"], *["given"] * one(side, given)])


def _lettered(bend: Callable[[Side, Letter], Letter]) -> Plant:
    """A leak in each letter before it is signed."""

    @contextmanager
    def plant(*sides: Side) -> Iterator[None]:
        decided = viewing.letter_for

        async def letter(services: Services, *which: Any) -> Letter:
            [side] = [s for s in sides if s.app.state.services is services]
            return bend(side, await decided(services, *which))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(calling, "letter_for", letter)
            yield

    return plant


def _numbered(side: Side, letter: Letter) -> Letter:
    event = {**json.loads(letter.body), "sequence": clients(side)}
    return replace(letter, body=json.dumps(event).encode())


def _held_up(side: Side, letter: Letter) -> Letter:
    if holds_das(side):
        raise Withheld
    return letter


PLANTED["a letter with a number that counts all"] = _lettered(_numbered)
PLANTED["a letter that others hold up"] = _lettered(_held_up)
for _name in ("a letter with a number that counts all", "a letter that others hold up"):
    ELSEWHERE[_name] = "called"
    SHOWN[_name] = "rewritten", "coach"
