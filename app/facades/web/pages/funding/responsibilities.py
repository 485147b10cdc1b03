"""The work of whoever is responsible: which trajectories, and of one the plan and what is paid."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.application.rules import Outcome, Paper, Written, lacking
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.people import organisations
from app.facades.web.site import Pages
from app.facades.web.telling import holds, standing, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
AT = "/trajectories/{trajectory_id}"
FUNDING = f"{AT}/funding"
WAYS = (
    ("cost-requests", Paper.COST_REQUEST),
    ("decisions", Paper.DECISION),
    ("stop-notices", Paper.STOP_NOTICE_1),
    ("stop-notices/forwards", Paper.STOP_NOTICE_2),
    ("final-determinations", Paper.FINAL_DETERMINATION),
)
"""How each paper is added to an application."""
AGREE = f"POST {AT}/placements/{{placement_id}}/agreements"


@dataclass(frozen=True, slots=True)
class Applied:
    """An application, with the papers that this person may add to it now."""

    told: Json
    acts: list[tuple[str, str]]


@pages.get("/responsibilities")
async def responsibilities(visit: Visit) -> Shown:
    """Of all that one may see: those that go on first, the newest first among them."""
    found = await visit.whole("/trajectories")
    lines = [each for each in found if each.get("responsibleOrganisationId")]
    lines.sort(key=lambda each: str(each["responsibleFrom"]), reverse=True)
    lines.sort(key=lambda each: each.get("responsibleUntil") is not None)
    bodies = {str(each["responsibleOrganisationId"]) for each in lines}
    return Shown(
        "funding/responsibilities.html",
        lines=[{**each, "name": client_name(each)} for each in lines],
        names=await organisations(visit, bodies),
        own_body=visit.organisation_id,
    )


@pages.get(FUNDING)
async def funding(visit: Visit, trajectory_id: str) -> Shown:
    """What a body decides on and pays for, on one page."""
    at = AT.format(trajectory_id=trajectory_id)
    trajectory = await visit.see(at)
    bodies, plans, applications, placements, reports = await visit.lists(
        f"{at}/responsibilities",
        f"{at}/action-plans",
        f"{at}/applications",
        f"{at}/placements",
        f"{at}/progress-reports",
    )
    now = await visit.now()
    return Shown(
        "funding/overview.html",
        trajectory=trajectory,
        name=client_name(trajectory),
        bodies=[(each, holds(each, now)) for each in _newest(bodies, "validFrom")],
        plan=max(standing(plans), key=lambda each: int(each["version"]), default=None),
        applications=[_applied(visit, each) for each in _newest(applications, "appliedOn")],
        placements=_newest([each for each in placements if _holds(each)], "startsOn"),
        can_agree=visit.may(AGREE) and _is_responsible(visit, bodies, now),
        reports=_newest(reports, "recordedAt"),
        at=at,
        withheld=withheld(trajectory),
    )


def _applied(visit: Visit, told: Json) -> Applied:
    """With the papers that may follow by the order in which they are written."""
    base = f"POST {AT}/applications/{{application_id}}"
    written = [Written(Paper(each["kind"]), _outcome(each)) for each in told["papers"]]
    ways = [way for way, paper in WAYS if lacking(paper, written) is None]
    allowed = [way for way in ways if visit.may(f"{base}/{way}")]
    return Applied(told, [(way, words.act(f"{base}/{way}").title) for way in allowed])


def _outcome(paper: Json) -> Outcome | None:
    return None if paper["outcome"] is None else Outcome(paper["outcome"])


def _is_responsible(visit: Visit, bodies: list[Json], now: datetime) -> bool:
    """Whether the own body is responsible now: what is over, it decides nothing on."""
    return any(
        each["organisationId"] == visit.organisation_id and holds(each, now) for each in bodies
    )


def _holds(told: Json) -> bool:
    return told.get("supersededBy") is None and "title" in told


def _newest(found: list[Json], name: str) -> list[Json]:
    return sorted(found, key=lambda each: str(each.get(name) or ""), reverse=True)
