"""A client on one page for a professional: who, how to reach, who treats, what runs."""

from datetime import datetime
from typing import Any

from app.access.vocabulary import Category
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.gathering import both_of
from app.facades.web.site import Pages
from app.facades.web.telling import Record, holds, records, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
SCHEMAS = {
    "contact-preferences": "ContactPreferenceOut",
    "early-warning-plans": "EarlyWarningPlanOut",
    "treatment-plans": "TreatmentPlanOut",
    "work-questions": "WorkQuestionOut",
}
"""The records that stand on the page itself, by collection."""
PEOPLE = ("representatives", "supporters", "incapacities")


@pages.get("/clients/{client_id}")
async def client(visit: Visit, client_id: str) -> Shown:
    found = await visit.see(f"/clients/{client_id}")
    parts = await _parts(visit, client_id)
    return Shown(
        "clients/one.html",
        client=found,
        name=client_name(found),
        withheld=withheld(found),
        registered_here=found["registeredBy"] == visit.organisation_id,
        **parts,
    )


async def _parts(visit: Visit, client_id: str) -> dict[str, Any]:
    """What lies under the client, side by side; what this role never sees is not asked."""
    at = f"/clients/{client_id}"
    names = [name for name in (*SCHEMAS, *PEOPLE) if _told(visit, name)]
    asked = [f"{at}/{name}" for name in names]
    trajectories, (team, consents, *found) = await both_of(
        visit.every("/trajectories", clientId=client_id),
        visit.lists(f"{at}/treatment-team", f"{at}/consents", *asked),
    )
    now = await visit.now()
    held = dict(zip(names, found, strict=True))
    return {
        "trajectories": sorted(trajectories, key=_begun, reverse=True),
        "team": team,
        "consents": [each for each in consents if each["state"] == "in_force"],
        "standing": {name: _standing(visit, name, held.get(name, [])) for name in SCHEMAS},
        "people": {name: _in_force(held.get(name, []), now) for name in PEOPLE},
        "shown": frozenset(names),
        "today": now.date().isoformat(),
    }


def _told(visit: Visit, name: str) -> bool:
    return visit.may(f"GET /clients/{{client_id}}/{name}")


def _standing(visit: Visit, name: str, found: list[Json]) -> list[Record]:
    """The newest first, without what was replaced."""
    told = records(visit.contract, SCHEMAS[name], found)
    return [each for each in told if not each.earlier]


def _in_force(found: list[Json], now: datetime) -> list[Json]:
    """Each with what it is about in words; what has ended stands on its own page."""
    return [
        {**each, "about": [words.value("Category", one) for one in _about(each)]}
        for each in found
        if holds(each, now)
    ]


def _about(told: Json) -> list[Category]:
    found: list[Category] = told.get("scope") or told.get("categories") or []
    return found


def _begun(told: Json) -> str:
    return str(told["recordedAt"])
