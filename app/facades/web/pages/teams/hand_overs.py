"""Handing on a caseload: to whom, which trajectories, and what came of each."""

from http import HTTPStatus
from typing import Any

from app.facades.operations import Json, RefusedError
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.forms.reading import day
from app.facades.web.forms.showing import Options, faults_by_name
from app.facades.web.people import members
from app.facades.web.rendering import short_day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
HAND_OVER = "POST /memberships/{membership_id}/hand-overs"
YES = ("clientAgreement.agreedOn", "clientAgreement.how")


@pages.get("/hand-overs/new")
async def own(visit: Visit) -> Shown:
    """The own caseload."""
    visit.require(HAND_OVER)
    return await _page(visit, {})


@pages.post("/hand-overs/new")
async def handed(visit: Visit) -> Shown:
    """What was handed on, and what was not and why, each by the name of its client."""
    chosen = visit.several("trajectories")
    yes = _agreement(visit)
    body = {
        "toMembershipId": visit.field("toMembershipId"),
        "trajectories": [{"trajectoryId": each, **yes} for each in chosen],
    }
    lines = await _lines(visit)
    path = f"/memberships/{_mine(visit)}/hand-overs"
    told = await visit.sent("POST", path, body, key=visit.field("key"))
    if told.status == HTTPStatus.BAD_REQUEST:
        return await _page(visit, _merged(faults_by_name(told)))
    if not told.ok:
        raise RefusedError(told)
    return Shown(
        "teams/handed_over.html", told=told.json, names={key: name for key, name, _ in lines}
    )


def _mine(visit: Visit) -> str:
    return str(visit.me.get("membershipId") or "")


def _agreement(visit: Visit) -> Json:
    """The yes of the clients, where one was asked of them."""
    agreed, how = (visit.field(name) for name in YES)
    said = {"agreedOn": day(agreed) if agreed else None, "how": how or None}
    told = {name: value for name, value in said.items() if value is not None}
    return {"clientAgreement": told} if told else {}


def _merged(faults: dict[str, str]) -> dict[str, str]:
    """The same yes went with each trajectory; it is asked once."""
    found: dict[str, str] = {}
    for name, text in faults.items():
        parts = name.split(".")
        of_yes = ".".join(parts[2:]) if parts[0] == "trajectories" else name
        found[of_yes or "trajectories"] = text
    return found


async def _page(visit: Visit, faults: dict[str, str]) -> Shown:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    values: dict[str, Any] = {
        "colleagues": await _colleagues(visit),
        "trajectories": await _lines(visit),
        "chosen": visit.several("trajectories"),
        "how": list(words.values("AgreedHow").items()),
        "faults": faults,
        "today": await visit.today(),
    }
    return Shown("teams/hand_over.html", status, **values)


async def _colleagues(visit: Visit) -> Options:
    """Who has the same role at the same organisation."""
    found = await members(visit, visit.organisation_id, visit.role)
    own = _mine(visit)
    return [(each.membership_id, each.name) for each in found if each.membership_id != own]


async def _lines(visit: Visit) -> list[tuple[str, str, str]]:
    """The own caseload, by the names of the clients; a client may have two trajectories."""
    found = await visit.every("/caseload")
    told = ((str(each["id"]), client_name(each), _told_apart(each)) for each in found)
    return sorted(told, key=lambda option: (option[1].casefold(), option[2]))


def _told_apart(line: Json) -> str:
    kind, since = line.get("kind"), line.get("phaseSince")
    named = [
        words.value("TrajectoryKind", kind) if kind else None,
        words.value("TrajectoryPhase", line["phase"]) if line.get("phase") else None,
        f"sinds {short_day(since)}" if since else None,
    ]
    return ", ".join(each for each in named if each)
