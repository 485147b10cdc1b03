"""My ladder: each measurement with the client's own words, and whether the client agrees."""

from app.domain.ladder.rules.rungs import RUNGS
from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, add_form
from app.facades.web.pages.own.whose import Own, chosen, own
from app.facades.web.site import Pages
from app.facades.web.telling import point, standing
from app.facades.web.visits import Visit

pages = Pages()
MEASUREMENTS = "/trajectories/{trajectory_id}/ladder-measurements"
AGREEING = f"POST {MEASUREMENTS}/{{measurement_id}}/agreements"


@pages.get("/my-ladder")
async def mine(visit: Visit) -> Shown:
    return await _shown(visit, own(visit))


@pages.get("/my-ladder/{trajectory_id}")
async def one_of_mine(visit: Visit, trajectory_id: str) -> Shown:  # noqa: ARG001 - `chosen` reads it
    return await _shown(visit, own(visit))


async def _shown(visit: Visit, whose: Own) -> Shown:
    found, others = await chosen(visit)
    ladder, measured = await _measured(visit, found["id"]) if found else (None, [])
    held = standing(measured)
    return Shown(
        "own/ladder.html",
        whose=whose,
        trajectory=found,
        others=others,
        ladder=ladder,
        measured=sorted(held, key=_when, reverse=True),
        points=[point(each) for each in sorted(held, key=_when)],
        replaced=[each for each in measured if each["supersededBy"] is not None],
        stairs=RUNGS,
        softer={each.rung: each.client_label_nl for each in RUNGS if each.client_label_nl},
        agreeing=AGREEING,
    )


def _when(measurement: Json) -> tuple[str, str]:
    return measurement["measuredOn"], measurement["recordedAt"]


async def _measured(visit: Visit, trajectory_id: str) -> tuple[Json | None, list[Json]]:
    (ladder,) = await visit.together(f"/trajectories/{trajectory_id}/ladder")
    return ladder, await visit.every(MEASUREMENTS.format(trajectory_id=trajectory_id))


add_form(
    pages,
    "/my-ladder/{trajectory_id}/{measurement_id}/agreement",
    Form(AGREEING, then="/my-ladder/{trajectory_id}", note="own/agreeing.html"),
)
