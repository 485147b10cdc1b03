"""My plans: each early-warning plan in full, and guided forms to make one or to renew it."""

from collections.abc import Iterator, Mapping

from app.facades.operations import Json, RefusedError
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.pages.own.whose import chosen, ids_of, own
from app.facades.web.site import Pages
from app.facades.web.telling import records, standing
from app.facades.web.visits import NOWHERE, Visit
from app.facades.web.words import reading as words

pages = Pages()
COLLECTION = "/clients/{client_id}/early-warning-plans"
TRAJECTORY = "/trajectories/{trajectory_id}"
MAKING = f"POST {COLLECTION}"
COLOURS = ("green", "orange", "red")
KINDS: Mapping[str, str] = {
    "signal_plan": "Wat u merkt en wat u doet bij groen, oranje en rood. U kunt dit samen met uw "
    "behandelaar maken.",
    "wrap": "Uw eigen plan in zes delen, van elke dag tot na een crisis. Alleen u ziet het, tot u "
    "toestemming geeft.",
    "crisis_card": "Wat anderen moeten weten bij een crisis, met de afspraken die u maakte met "
    "iemand die daarvoor is opgeleid.",
    "help_card": "Wie er gebeld kan worden en wat helpt. Er zijn geen afspraken bij nodig.",
    "work_excerpt": "Alleen wat uw werkplek mag weten. Niets over ziekte of medicijnen.",
}


TOGETHER: Mapping[str, tuple[str, str, str]] = {
    "action-plans": ("ActionPlanOut", "agreements", "agreedOn"),
    "job-search-plans": ("JobSearchPlanOut", "agreements", "agreedOn"),
    "transfers": ("TransferOut", "agreements", "agreedOn"),
    "work-advice": ("WorkAdviceOut", "releases", "releasedAt"),
}
"""What is made with others: its schema, what the client still says of it, and when that was."""


@pages.get("/my-plans")
async def mine(visit: Visit) -> Shown:
    whose = own(visit)
    trajectory, _ = await chosen(visit)
    found = await visit.every(f"{whose.path}/early-warning-plans")
    newest = sorted(found, key=lambda each: (each["madeOn"], each["recordedAt"]), reverse=True)
    return Shown(
        "own/plans.html",
        whose=whose,
        plans=[_in_order(each) for each in standing(newest)],
        replaced=[_in_order(each) for each in newest if each["supersededBy"] is not None],
        today=(await visit.today()).isoformat(),
        makes=visit.may(MAKING),
        together=await _together(visit, trajectory["id"]) if trajectory else [],
    )


async def _together(visit: Visit, trajectory_id: str) -> list[Json]:
    """The plans that stand, each with the page where the client says what is still asked."""
    at = f"/trajectories/{trajectory_id}"
    lists = await visit.lists(*(f"{at}/{name}" for name in TOGETHER))
    found: list[Json] = []
    for (name, (schema, act, said)), items in zip(TOGETHER.items(), lists, strict=True):
        asked = f"POST {visit.contract.item(f'{TRAJECTORY}/{name}')}/{act}"
        for each in records(visit.contract, schema, items):
            way = f"{at}/{name}/{each.id}/{act}"
            waits = each.told.get(said) is None and visit.may(asked)
            title = words.act(f"GET {visit.contract.item(f'{TRAJECTORY}/{name}')}").title
            line = {"title": title, "record": each, "ask": words.act(asked).title}
            found += [] if each.earlier else [{**line, "way": way if waits else None}]
    return found


@pages.get("/my-plans/new")
async def choosing(visit: Visit) -> Shown:
    visit.require(MAKING)
    return Shown("own/plan_kinds.html", whose=own(visit), kinds=KINDS)


def _in_order(plan: Json) -> Json:
    """Green before orange before red, in whatever order they were sent."""
    content = plan["content"]
    phases = content.get("phases")
    if not phases:
        return plan
    ordered = sorted(phases, key=lambda phase: COLOURS.index(phase["colour"]))
    return {**plan, "content": {**content, "phases": ordered}}


async def _begins(visit: Visit, ids: Ids) -> Json:
    """The kind that was chosen, with a place for each colour."""
    kind = ids["kind"]
    if kind not in KINDS:
        raise RefusedError(NOWHERE)
    content: Json = {"kind": kind}
    if kind == "signal_plan":
        content["phases"] = [{"colour": colour} for colour in COLOURS]
    return {"madeOn": (await visit.today()).isoformat(), "content": content}


def _unfilled(values: Json) -> Iterator[str]:
    """A colour of which nothing is said helps nobody when it comes to that."""
    phases = values.get("content", {}).get("phases", [])
    for nth, phase in enumerate(phases):
        for name in ("signals", "actions"):
            if not phase.get(name):
                yield f"content.phases.{nth}.{name}"


add_form(
    pages,
    "/my-plans/new/{kind}",
    Form(
        MAKING,
        then="/my-plans",
        begins=_begins,
        order=("content",),
        template="own/plan_form.html",
        done="Uw plan is bewaard. Het staat hieronder, helemaal.",
        known=ids_of,
        lacking=_unfilled,
        back=About(None, "/my-plans", "Mijn plannen"),
    ),
)
