"""A trajectory on one page: facts, process, ladder, timeline, consents and what is withheld."""

from typing import Any

from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.operations import Json
from app.facades.web.pages.trajectories.records import KINDS
from app.facades.web.site import Pages
from app.facades.web.telling import records
from app.facades.web.visits import Visit

pages = Pages()
LATEST = 5
"""So many contacts stand on the page; the rest is a click away."""


@pages.get("/trajectories/{trajectory_id}")
async def trajectory(visit: Visit, trajectory_id: str) -> Shown:
    found = await visit.see(f"/trajectories/{trajectory_id}")
    parts = await _parts(visit, trajectory_id, found["clientId"])
    return Shown(
        "trajectories/overview.html",
        trajectory=found,
        name=client_name(found),
        today=await visit.today(),
        kinds=[kind for kind in KINDS if visit.may(f"GET {kind.collection}")],
        **parts,
    )


async def _parts(visit: Visit, trajectory_id: str, client_id: str) -> dict[str, Any]:
    """Everything beside the trajectory itself, asked side by side; what is hidden is none."""
    at = f"/trajectories/{trajectory_id}"
    steps, ladder = await visit.together(f"{at}/steps", f"{at}/ladder")
    moments, contacts, measured, people, pauses, placements, consents = await visit.lists(
        f"{at}/transitions",
        f"{at}/contacts",
        f"{at}/ladder-measurements",
        f"{at}/participants",
        f"{at}/pauses",
        f"{at}/placements",
        f"/clients/{client_id}/consents",
    )
    return {
        "steps": steps,
        "ladder": ladder,
        "moments": sorted(moments, key=_when, reverse=True),
        "contacts": records(visit.contract, "ContactOut", contacts)[:LATEST],
        "measurements": _standing(measured),
        "people": [each for each in people if each.get("validUntil") is None],
        "pause": next((each for each in pauses if each.get("resumedOn") is None), None),
        "placements": _standing(placements),
        "consents": [each for each in consents if each["state"] == "active"],
    }


def _when(moment: Json) -> tuple[str, str]:
    return moment["occurredOn"], moment["recordedAt"]


def _standing(found: list[Json]) -> list[Json]:
    return [each for each in found if each.get("supersededBy") is None]
