"""A CarePlan as a version of an action plan or treatment plan, with the goals that it brings."""

from collections.abc import Sequence

from app.facades.fhir import ids, names, outcomes
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts import about
from app.facades.fhir.drafts.goals import Brought, goals_of, steps_of
from app.facades.fhir.elements import Json
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking

ACTION, SEARCH, TREATMENT = "action", "search", "treat"
KINDS = {ACTION: "action-plan", SEARCH: "job-search-plan", TREATMENT: "treatment-plan"}
"""By the key of its ids."""
PLANS = {ACTION: "action-plans", SEARCH: "job-search-plans"}


async def create(asked: Asked, sent: Json) -> Draft:
    """A version that takes the place of the one before. Raises Problem."""
    left = taking(sent)
    left.fixed("intent", among={"plan"})
    kind, standard = _kinds(left)
    made_on = left.required(left.take("created", to="madeOn"), "created")
    await about.own_position(asked, left, "author")
    if kind == KINDS[ACTION]:
        return await _action_plan(asked, left, made_on)
    if kind == KINDS[TREATMENT]:
        return _treatment_plan(left, made_on, standard)
    detail = "An action plan or a treatment plan is meant."
    raise left.wrong("category", code="not_supported", detail=detail)


def _kinds(left: Taking) -> tuple[str | None, str | None]:
    kind = standard = None
    for each in left.each("category"):
        if kind is None:
            kind = each.code(names.own_system("plan"))
        if standard is None:
            standard = each.code(names.own_system("treatment-standard"), to="standard")
    return kind, standard


async def _action_plan(asked: Asked, left: Taking, made_on: str) -> Draft:
    """It is a draft: that the client agrees is for the client to say."""
    left.fixed("status", among={"draft"})
    client = str(left.leaves.get(("subject", "reference"), "")).rpartition("/")[2]
    under = await about.trajectory(asked, left)
    goals = goals_of(left, client)
    steps_of(left, goals, client)
    left.done()
    brought = [_with_owner(each) for each in goals]
    return Draft(
        f"/trajectories/{under}/{PLANS[ACTION]}",
        {"madeOn": made_on, "goals": brought},
        left.places,
        lambda made: ids.made(ACTION, made["id"], under),
    )


def _with_owner(goal: Brought) -> Json:
    return {**goal.body, "owner": goal.owner or "client", "steps": goal.steps}


def _treatment_plan(left: Taking, made_on: str, standard: str | None) -> Draft:
    """Goals with the role whose they are lead to work; the others are medical."""
    left.fixed("status", among={"active"})
    client = about.client(left)
    goals = goals_of(left, client)
    done, review = _others(steps_of(left, goals, client))
    left.done()
    work = [_work_goal(each) for each in goals if each.role]
    medical = [_medical(each) for each in goals if not each.role]
    body = {
        "madeOn": made_on,
        "reviewOn": review,
        "standard": standard,
        "goals": medical,
        "interventions": done,
        "workGoals": work,
    }
    path = f"/clients/{client}/treatment-plans"
    places = left.places
    return Draft(
        path, about.whole(body), places, lambda made: ids.made(TREATMENT, made["id"], client)
    )


def _medical(goal: Brought) -> Json:
    return {name: goal.body[name] for name in ("goal", "dueOn") if name in goal.body}


def _work_goal(goal: Brought) -> Json:
    return {**_medical(goal), "owner": goal.role, "steps": [each["what"] for each in goal.steps]}


def _others(activities: Sequence[Taking]) -> tuple[list[Json], str | None]:
    """What is done, and on which day the plan is looked at again."""
    done: list[Json] = []
    review = None
    for detail in activities:
        if detail.leaves.get((*detail.at, "status")) == "scheduled":
            detail.take("status")
            detail.take("description")
            review = detail.take("scheduledPeriod", "start", to="reviewOn")
        else:
            what = detail.required(detail.take("description"), "description")
            done.append(about.whole({"what": what, "by": detail.take("performer", 0, "display")}))
    return done, review


async def update(_: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft:
    """The client agrees with a plan of the trajectory: the status becomes `active`."""
    ref = ids.read(now["id"], nested=True)
    path = PLANS.get(ref.kind)
    if list(changed) != ["CarePlan.status"] or sent.get("status") != "active" or path is None:
        raise outcomes.unsupported(*changed)
    return Draft(f"/trajectories/{ref.parent}/{path}/{ref.record}/agreements", {})
