"""Officers and desks of two organisations, and looks straight into the log."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from app.access.log import CONTENT, leaf_of
from app.access.vocabulary import Category, Role
from tests.build.stage import Stage

DESK = "/v1/privacy-desk"
SAMPLE = f"{DESK}/access-log/_sample"


def officers(stage: Stage) -> None:
    stage.member("officer", Role.DATA_PROTECTION_OFFICER, "ggz", "Functionaris-A1")
    stage.member("desk", Role.PRIVACY_DESK, "ggz", "Loket-A1")
    stage.member("other_desk", Role.PRIVACY_DESK, "other_ggz", "Loket-E1")
    stage.member("other_officer", Role.DATA_PROTECTION_OFFICER, "other_ggz", "Functionaris-E1")


def impact_of(stage: Stage, party: str, query: str = "") -> str:
    return f"{DESK}/memberships/{stage.parties[party].membership}/breach-impact{query}"


def account_of(stage: Stage, party: str) -> UUID:
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT id FROM account WHERE subject = %s", [stage.parties[party].subject]
        ).fetchone()
    assert found is not None
    return UUID(str(found[0]))


def looked(stage: Stage, party: str, client: UUID, at: datetime | str, **values: Any) -> None:
    """A line of the log as if this party had opened this client's record at that moment."""
    who = stage.parties[party]
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    line = {
        "id": uuid4(),
        "at": at.astimezone(UTC),
        "client_id": client,
        "trajectory_id": None,
        "grantee_id": who.membership,
        "membership_id": who.membership,
        "machine_id": None,
        "organisation_id": who.organisation,
        "role": None if who.role is None else who.role.value,
        "purpose": "treatment",
        "resource": "Client",
        "record_id": client,
        "verb": "read",
        "listed": False,
        "outcome": "allowed",
        "shown": Category.IDENTITY.bit,
        "withheld": 0,
        "grounds": [f"treatment:{uuid4()}"],
        "policy_version": 1,
        "request_id": "planted",
        "trace_id": None,
        "salt": b"salt",
        **values,
    }
    assert set(line) == {*CONTENT, "salt"}
    put(stage, {**line, "leaf_hash": leaf_of(line)})


def put(stage: Stage, row: Mapping[str, Any]) -> None:
    names = ", ".join(row)
    marks = ", ".join(["%s"] * len(row))
    with stage.database.connect_as_superuser() as db:
        statement = f"INSERT INTO access_log_entry ({names}) VALUES ({marks})"
        db.execute(statement.encode(), list(row.values()))


def lines_of(stage: Stage, party: str) -> list[tuple[UUID, str, UUID | None]]:
    """Client, resource and what was asked, of each line that this party left on the log."""
    with stage.database.connect_as_superuser() as db:
        rows = db.execute(
            "SELECT client_id, resource, record_id FROM access_log_entry"
            " WHERE membership_id = %s AND outcome = 'allowed' ORDER BY at, client_id",
            [stage.parties[party].membership],
        ).fetchall()
    return [(client, resource, record) for client, resource, record in rows]


async def pages(stage: Stage, party: str, path: str) -> list[dict[str, Any]]:
    """All items of a list, page after page; the path has a query already."""
    page = await stage.seen(party, path)
    found: list[dict[str, Any]] = page["items"]
    while "nextCursor" in page:
        page = await stage.seen(party, f"{path}&cursor={page['nextCursor']}")
        assert page["items"], "a next page holds something"
        found += page["items"]
    return found
