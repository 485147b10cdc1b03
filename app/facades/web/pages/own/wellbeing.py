"""How it goes, told by the client alone: in own words and with marks from 1 to 10."""

from collections.abc import Sequence
from typing import Any

from app.domain.wellbeing.rules import SUBJECTS, Kind, Subject
from app.facades.operations import Json, RefusedError
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.fields import fields_of
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.reading import gathered, read
from app.facades.web.gathering import all_of
from app.facades.web.pages.own.whose import Own, chosen, ids_of, own
from app.facades.web.site import Pages
from app.facades.web.telling import Record, records, standing
from app.facades.web.visits import NOWHERE, Visit

pages = Pages()
TELLING = "POST /trajectories/{trajectory_id}/wellbeing"
PREFERRING = "POST /clients/{client_id}/contact-preferences"
ATTENDING = "POST /trajectories/{trajectory_id}/peer-support-attendances"
BACK = About(None, "/my-wellbeing", "Hoe het gaat")
OWN_SCALES = 3
LATEST = 10


@pages.get("/my-wellbeing")
async def mine(visit: Visit) -> Shown:
    return await _shown(visit, own(visit))


@pages.get("/my-wellbeing/{trajectory_id}")
async def one_of_mine(visit: Visit, trajectory_id: str) -> Shown:  # noqa: ARG001 - `chosen` reads it
    return await _shown(visit, own(visit))


async def _shown(visit: Visit, whose: Own) -> Shown:
    found, others = await chosen(visit)
    of_trajectory, of_client = await all_of(
        _of_trajectory(visit, found["id"]) if found else _nothing(), _of_client(visit, whose.path)
    )
    return Shown(
        "own/wellbeing.html",
        whose=whose,
        trajectory=found,
        others=others,
        kinds=tuple(Kind),
        may_tell=visit.may(TELLING),
        **of_trajectory,
        **of_client,
    )


async def _nothing() -> dict[str, Any]:
    return {}


async def _of_trajectory(visit: Visit, trajectory_id: str) -> dict[str, Any]:
    at = f"/trajectories/{trajectory_id}"
    (meaning,) = await visit.together(f"{at}/meaning")
    told, views, days, events, choices, feedback = await visit.lists(
        f"{at}/wellbeing",
        f"{at}/meaning-views",
        f"{at}/peer-support-attendances",
        f"{at}/life-events",
        f"{at}/disclosure-decisions",
        f"{at}/feedback",
    )
    return {
        "meaning": (meaning or {}).get("views", []),
        "told": sorted(standing(told), key=lambda each: each["measuredOn"], reverse=True)[:LATEST],
        "views": sorted(standing(views), key=lambda each: each["seenOn"], reverse=True)[:LATEST],
        "days": sorted((each["attendedOn"] for each in days), reverse=True)[:LATEST],
        "events": _latest(visit, "LifeEventOut", events),
        "choices": _latest(visit, "DisclosureDecisionOut", choices),
        "feedback": _latest(visit, "FeedbackOut", feedback),
    }


async def _of_client(visit: Visit, path: str) -> dict[str, Any]:
    questions, preferences = await visit.lists(
        f"{path}/work-questions", f"{path}/contact-preferences"
    )
    return {
        "questions": _latest(visit, "WorkQuestionOut", questions),
        "preferences": _latest(visit, "ContactPreferenceOut", preferences)[:1],
    }


def _latest(visit: Visit, schema: str, found: Sequence[Json]) -> list[Record]:
    return records(visit.contract, schema, standing(found))[:LATEST]


async def _begins(visit: Visit, ids: Ids) -> Json:
    """A place for each mark of the kind that was chosen; the client may leave marks out."""
    if ids["kind"] not in set(Kind):
        raise RefusedError(NOWHERE)
    subjects = [each for each in Subject if each in SUBJECTS[Kind(ids["kind"])]]
    if subjects == [Subject.OWN]:
        subjects *= OWN_SCALES
    return {
        "kind": ids["kind"],
        "measuredOn": (await visit.today()).isoformat(),
        "scores": [{"subject": each.value} for each in subjects],
    }


async def _marked(visit: Visit, ids: Ids) -> Json:
    """Only what was marked is sent: a mark that was left out is no mark."""
    fields = [each for each in fields_of(visit.contract, "WellbeingIn") if each.name == "scores"]
    rows = read(fields, gathered(visit.form)).get("scores", [])
    return {"kind": ids["kind"], "scores": [row for row in rows if len(row) > 1]}


async def _today(visit: Visit, _: Ids) -> Json:
    return {"attendedOn": (await visit.today()).isoformat()}


add_form(
    pages,
    "/my-wellbeing/{trajectory_id}/new/{kind}",
    Form(
        TELLING,
        then="/my-wellbeing",
        begins=_begins,
        fixed=_marked,
        without=frozenset({"kind"}),
        template="own/wellbeing_form.html",
        back=BACK,
    ),
)
add_form(
    pages,
    "/my-wellbeing/{trajectory_id}/peer-support/new",
    Form(ATTENDING, then="/my-wellbeing", begins=_today, back=BACK),
)
add_form(
    pages,
    "/my-wellbeing/contact-preferences/new",
    Form(PREFERRING, then="/my-wellbeing", known=ids_of, back=BACK),
)
