"""What the worlds hold beside records made by example: what waits, employers known, teams."""

from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from app import tables
from app.access.records import Addressed
from app.access.vocabulary import Role
from tests.build.situations import Situation
from tests.build.stage import Stage
from tests.domain.employer.test_directory import SCAN, VISIT

PLACED = frozenset(
    {
        *("application", "application_paper", "career_profile", "coordinator", "green_contract"),
        *("hand_over", "job_search_plan", "previous_trajectory", "reminder", "transfer"),
    }
)
"""Nothing makes these by an example that stands alone: another kind of trajectory, or a job."""
CODES = {
    "application": {"scheme": "uwv_36_months"},
    "application_paper": {"kind": "decision"},
    "transfer": {"to_role": "clinician"},
}
"""Words of the vocabulary, where a response has no others."""
GROUPED = {
    "employer": "id",
    "employer_contact": "employer_id",
    "employer_note": "employer_id",
    "employer_person": "employer_id",
    "employer_site": "employer_id",
    "membership": "organisation_id",
    "team": "id",
    "workplace_scan": "employer_id",
}
"""Tables without clients whose ids a path may name, and what their rows hang together by."""
PLACES = {
    ("employers", "contacts"): "employer_contact",
    ("employers", "notes"): "employer_note",
    ("employers", "people"): "employer_person",
    ("employers", "sites"): "employer_site",
    ("memberships", "memberships"): "membership",
    ("teams", "teams"): "team",
}
OWN = (("coach", "Bakkerij Proefkorst", "90001354"), ("expert", "Drukkerij Gaal", "90001354"))
"""Who knows which employer in both worlds."""
ELSEWHERE = {
    "A": (("case_manager", "Bakkerij Vos", "90001362"), ("other_expert", "Tuinderij Vink", None)),
    "B": (
        ("case_manager", "Bakkerij Das", "90001354"),
        ("case_manager", "Drukkerij Mol", "90001370"),
        ("other_expert", "Tuinderij Mees", "90001362"),
    ),
}
"""Employers of other organisations, in one world only; one has a number that others know too."""


async def place(of: Situation, *reminded: str) -> None:
    """Two of each: one that the roles it is for may read, and one that is for nobody."""
    for table in tables.client_records():
        name = table.__tablename__
        if name not in PLACED:
            continue
        for audience in ([role.value for role in Role], []):
            told: dict[str, Any] = dict(CODES.get(name, {}))
            told |= {"audience": audience} if issubclass(table, Addressed) else {}
            if name != "reminder":
                await of.put(table, trajectory_id=of.trajectory, **told)
                continue
            for place, party in enumerate(reminded):
                member = of.stage.parties[party].membership
                day = date(2026, 1, 2 + place)
                values = {"kind": "measurement_due", "due_on": day, "for_id": member}
                await of.put(table, trajectory_id=of.trajectory, **values, **told)


async def know(stage: Stage, *employers: tuple[str, str, str | None]) -> None:
    """Each with one of everything."""
    for by, name, kvk in employers:
        body = {"name": name, **({} if kvk is None else {"kvk": kvk})}
        one = f"/v1/employers/{(await stage.made(by, '/v1/employers', body))['id']}"
        site = await stage.made(by, f"{one}/sites", {"name": name, "town": "Proefstad"})
        await stage.made(by, f"{one}/people", {"siteId": site["id"], "name": "Ploegbaas-B1"})
        await stage.made(by, f"{one}/notes", {"text": f"Bij {name} bellen ze liever."})
        await stage.made(by, f"{one}/contacts", VISIT)
        await stage.made(by, f"{one}/workplace-scans", SCAN)


async def team_up(stage: Stage, admin: str, name: str, *members: str) -> None:
    """A team that met once."""
    made = await stage.made(admin, "/v1/teams", {"kind": "fact", "name": name})
    path = f"/v1/teams/{made['id']}"
    there = [str(stage.parties[key].membership) for key in members]
    for member in there:
        await stage.made(admin, f"{path}/members", {"membershipId": member})
    met = {"heldOn": "2026-01-02", "attendees": there}
    await stage.made(members[0], f"{path}/meetings", met)


def all_kept(db: psycopg.Connection) -> dict[str, list[tuple[UUID, UUID]]]:
    """Of every such table its ids, with what they hang together by."""
    found = {}
    for name, group in GROUPED.items():
        rows: Any = db.execute(f'SELECT id, {group} FROM "{name}" ORDER BY id').fetchall()
        found[name] = rows
    return found


def known(db: psycopg.Connection) -> set[tuple[str, str | None]]:
    """What the employers are called, and their numbers."""
    return set(db.execute("SELECT name, kvk FROM employer").fetchall())
