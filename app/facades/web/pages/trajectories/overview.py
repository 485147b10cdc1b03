"""A trajectory on one page: facts, process, ladder, timeline, consents and what is withheld."""

from typing import Any

from app.domain.reference.rules import labels
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.pages.trajectories.kinds import KINDS, OWNER
from app.facades.web.rendering import coded
from app.facades.web.site import Pages
from app.facades.web.telling import holds, point, records, standing, step, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
QUICK = {
    "contacts": "Contact vastleggen",
    "employer-contacts": "Contact met werkgever",
    "placements": "Plaatsing",
    "ladder-measurements": "Meting op de ladder",
    "feedback": "Feedback",
}
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
        quick=_quick(visit, found, parts["pause"]),
        withheld=withheld(found),
        **parts,
    )


async def _parts(visit: Visit, trajectory_id: str, client_id: str) -> dict[str, Any]:
    """Everything beside the trajectory itself, asked side by side; what is hidden is none."""
    at = f"/trajectories/{trajectory_id}"
    steps, concerns = await visit.together(f"{at}/steps", f"{at}/concerns")
    moments, contacts, measured, people, pauses, consents = await visit.lists(
        f"{at}/transitions",
        f"{at}/contacts",
        f"{at}/ladder-measurements",
        f"{at}/participants",
        f"{at}/pauses",
        f"/clients/{client_id}/consents",
    )
    now = await visit.now()
    return {
        "process_steps": [step(each) for each in (steps or {}).get("steps") or ()],
        "points": [point(each) for each in sorted(standing(measured), key=_measured)],
        "timeline": [_moment(each) for each in sorted(moments, key=_when, reverse=True)],
        "contacts": records(visit.contract, "ContactOut", contacts)[:LATEST],
        "people": [each for each in people if holds(each, now)],
        "kinds": _kinds(visit, without=set() if concerns else {"concerns"}),
        "pause": next((each for each in pauses if each.get("resumedOn") is None), None),
        "consents": [each for each in consents if each["state"] == "in_force"],
    }


def _kinds(visit: Visit, without: set[str]) -> list[tuple[str, str]]:
    """The kinds of records that this role may look for; concerns only where they are used."""
    return [
        (kind.name, words.act(f"GET {kind.collection}").title)
        for kind in KINDS
        if kind.name not in without and visit.may(f"GET {kind.collection}")
    ]


def _quick(visit: Visit, found: Json, pause: Json | None) -> list[tuple[str, str]]:
    """What is recorded most, on the page itself; of a pause only what is possible now."""
    ways = [(f"{name}/new", said) for name, said in QUICK.items() if _may(visit, name)]
    if pause is not None and _may(visit, "pauses/{pause_id}/resumptions"):
        ways.append((f"pauses/{pause['id']}/resumptions", "Verder na de pauze"))
    elif pause is None and found.get("phase") != "ended" and _may(visit, "pauses"):
        ways.append(("pauses/new", "Pauze"))
    return ways


def _may(visit: Visit, act: str) -> bool:
    return visit.may(f"POST {OWNER}/{act}")


def _when(moment: Json) -> tuple[str, str]:
    return moment["occurredOn"], moment["recordedAt"]


def _measured(told: Json) -> str:
    return str(told["measuredOn"])


def _detail(code: str | None) -> str | None:
    """Why it ended or paused, in words; what else stands there is a mark of ours."""
    found = (labels().get((name, code or "")) for name in ("end_reason", "coarse_pause_reason"))
    return next((label.dutch for label in found if label is not None), None)


def _moment(told: Json) -> Json:
    role = told.get("authorRole")
    return {
        "date": told["occurredOn"],
        "words": coded("milestone", told["milestone"]),
        "more": _detail(told.get("detail")),
        "who": coded("role", role) if role else None,
    }
