"""What the feed tells of a whole random world: something happened to each of its records."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import httpx
import psycopg

from app.domain.event.actions.fanning import fan_out
from app.domain.event.rules.catalogue import types
from app.platform.db import engine
from tests.access.test_agreement import Eyes, Seen
from tests.build.receivers import VERBS
from tests.build.stage import Stage
from tests.build.worlds import RandomWorld, insert
from tests.oracle.asking import purpose_of
from tests.oracle.facts import MACHINE


async def fed(
    stage: Stage, world: RandomWorld, looking: Iterable[Eyes]
) -> list[tuple[Eyes, Seen | None]]:
    """What each of these finds in its feed, with a client system of its organisation; None where
    it is not let in."""
    with stage.database.connect_as_superuser() as db:
        subscribed = [(eyes, _subscription(db, eyes)) for eyes in looking]
        for table, verb in VERBS.items():
            db.execute(
                "INSERT INTO outbox_event (id, verb, subject_id, occurred_at)"
                f" SELECT gen_random_uuid(), %s, id, moment() FROM {table} WHERE client_id = %s",
                [verb, world.client],
            )
    worker = engine(stage.database.worker, pool_size=1)
    try:
        await fan_out(stage.app.state.services, worker)
    finally:
        await worker.dispose()
    return [(eyes, await _found(stage, eyes, made)) for eyes, made in subscribed]


def _system(eyes: Eyes) -> UUID:
    """A client system by itself, or one that acts for this colleague."""
    return eyes.hat if eyes.name == MACHINE else uuid5(NAMESPACE_URL, f"{eyes.organisation}")


def _subscription(db: psycopg.Connection, eyes: Eyes) -> UUID:
    machine = {"id": _system(eyes), "organisation_id": eyes.organisation}
    found = db.execute("SELECT FROM machine WHERE id = %s", [machine["id"]]).fetchone()
    if found is None:
        insert(db, "machine", {**machine, "name": "System", "scope": "trede.read trede.write"})
    member = None if eyes.name == MACHINE else eyes.hat
    row: dict[str, Any] = {
        "id": uuid4(),
        "organisation_id": eyes.organisation,
        "machine_id": machine["id"],
        "membership_id": member,
        "hat_id": eyes.hat,
        "inbox_id": eyes.grantees[1] if eyes.grantees[1:] else None,
        "purpose": purpose_of(eyes),
        "purpose_bit": eyes.purpose,
        "types": ["*"],
        "state": "active",
    }
    insert(db, "event_subscription", row)
    made: UUID = row["id"]
    return made


async def _found(stage: Stage, eyes: Eyes, subscription: UUID) -> Seen | None:
    token = stage.app.state.services.issuer.mint(
        str(_system(eyes)),
        audience=stage.audience,
        client_id=str(_system(eyes)),
        purpose=purpose_of(eyes),
        scope=("trede.read", "trede.write"),
    )
    headers = {"Authorization": f"Bearer {token}"}
    if eyes.name != MACHINE:
        headers["On-Behalf-Of"] = str(eyes.hat)
    first = f"/v1/events?subscriptionId={subscription}&pageSize=100"
    found: Seen = set()
    cursor, more = "", True
    while more:
        answer = await stage.http.get(f"{first}{cursor}", headers=headers)
        if answer.status_code in {401, 403}:
            return None
        assert answer.status_code == 200, answer.text
        found |= set(_about(answer))
        cursor, more = f"&cursor={answer.json()['nextCursor']}", answer.json()["hasMore"]
    return found


def _about(answer: httpx.Response) -> Iterator[tuple[str, UUID]]:
    for event in answer.json()["items"]:
        yield types()[event["type"]].table, UUID(event["subject"])
