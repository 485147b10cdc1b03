"""My trajectory in my words: where I am, what comes next, who is around me and what waits."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.gathering import both_of
from app.facades.web.pages.own.whose import ENDED, Own, chosen, own
from app.facades.web.pages.work.waiting import waiting
from app.facades.web.rendering import local_day
from app.facades.web.site import Pages
from app.facades.web.telling import holds, records, standing, step
from app.facades.web.visits import Visit

pages = Pages()
LATEST = 3
OPEN = frozenset({"current", "possible"})


@pages.get("/my-trajectory")
async def mine(visit: Visit) -> Shown:
    return await _shown(visit, own(visit))


@pages.get("/my-trajectory/{trajectory_id}")
async def one_of_mine(visit: Visit, trajectory_id: str) -> Shown:  # noqa: ARG001 - `chosen` reads it
    return await _shown(visit, own(visit))


async def _shown(visit: Visit, whose: Own) -> Shown:
    found, others = await chosen(visit)
    parts, waits = await both_of(
        _parts(visit, whose, found["id"]) if found else _nothing(), waiting(visit)
    )
    return Shown(
        "own/trajectory.html",
        whose=whose,
        trajectory=found,
        others=others,
        ended=found is not None and found.get("phase") == ENDED,
        waits=waits,
        today=(await visit.today()).isoformat(),
        **parts,
    )


async def _nothing() -> dict[str, Any]:
    return {}


async def _parts(visit: Visit, whose: Own, trajectory_id: str) -> dict[str, Any]:
    """Everything beside the trajectory itself, asked side by side; what is hidden is none."""
    at = f"/trajectories/{trajectory_id}"
    steps, ladder = await visit.together(f"{at}/steps", f"{at}/ladder")
    people, team, bodies, talks, placements, pauses, contacts, moments = await visit.lists(
        f"{at}/participants",
        f"{whose.path}/treatment-team",
        f"{at}/responsibilities",
        f"{at}/conversation-invitations",
        f"{at}/placements",
        f"{at}/pauses",
        f"{at}/contacts",
        f"{at}/transitions",
    )
    held, now = standing(placements), await visit.now()
    return {
        "course": [step(each) for each in _steps(steps)],
        "now": [each for each in _steps(steps) if each["state"] in OPEN and each["name"] != ENDED],
        "people": _everyone(_there(team, now), _there(people, now)),
        "bodies": _there(bodies, now),
        "appointments": list(_appointments(talks, now.date())),
        "placements": sorted(held, key=lambda each: str(each["startsOn"]), reverse=True),
        "pause": next((each for each in pauses if each.get("resumedOn") is None), None),
        "contacts": records(visit.contract, "ContactOut", standing(contacts))[:LATEST],
        "moments": sorted(moments, key=_when, reverse=True)[:LATEST],
        "rung": (ladder or {}).get("lastRung"),
    }


def _steps(told: Json | None) -> list[Json]:
    return (told or {}).get("steps") or []


def _appointments(talks: Iterable[Json], today: date) -> Iterable[Json]:
    """Each conversation once: its chosen day and place, or that a day is still looked for."""
    told: set[str] = set()
    for talk in reversed(list(talks)):
        if talk["conversationId"] not in told:
            told.add(talk["conversationId"])
            days = {each["id"]: each for each in talk["proposals"]}
            at = days.get(talk["chosenProposalId"])
            yield {**talk, "at": at, "past": at is not None and local_day(at["startsAt"]) < today}


def _everyone(team: Iterable[Json], people: Iterable[Json]) -> list[Json]:
    """Each person once, with the organisation where it is told."""
    found: dict[tuple[str, str], Json] = {}
    for each in (*team, *people):
        found[str(each["membershipId"] or each["id"]), each["role"]] = each
    return list(found.values())


def _there(found: Iterable[Json], now: datetime) -> list[Json]:
    return [each for each in found if holds(each, now)]


def _when(moment: Json) -> tuple[str, str]:
    return moment["occurredOn"], moment["recordedAt"]
