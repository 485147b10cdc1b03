"""Goals as a plan brings them: contained in it, for a goal stands and falls with its version."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.facades.fhir import names
from app.facades.fhir.drafts.about import contained, require_same, whole
from app.facades.fhir.elements import Json
from app.facades.fhir.taking import Taking

OWNER = names.own_extension("goal-owner")
STANDING = frozenset({"proposed", "active"})


@dataclass
class Brought:
    """A goal, and the steps that the plan says lead to it."""

    name: str
    body: Json
    owner: str | None
    role: str | None
    steps: list[Json] = field(default_factory=list)


def goals_of(left: Taking, client: str) -> list[Brought]:
    """In the order in which the plan refers to them. Raises BadRequest."""
    found = []
    for at, each in enumerate(list(left.each("goal"))):
        told = str(each.take("reference"))
        goal = contained(left, told)
        if goal is None:
            detail = "The goals of a plan come with it, contained."
            raise each.wrong("reference", code="required", detail=detail)
        found.append(_goal(goal, told, client, at))
    return found


def _goal(goal: Taking, name: str, client: str, at: int) -> Brought:
    goal.fixed("lifecycleStatus", among=STANDING)
    require_same(goal, client, "subject")
    owner = role = None
    for each in goal.each("extension"):
        if owner is role is None and each.leaves.get((*each.at, "url")) == OWNER:
            each.take("url")
            owner = each.code(names.own_system("owner"), "valueCodeableConcept")
            role = each.code(names.own_system("role"), "valueCodeableConcept")
    chosen = "client" if goal.there("expressedBy") else None
    require_same(goal, client, "expressedBy")
    body = {
        "goal": goal.required(
            goal.take("description", "text", to=f"goals/{at}/goal"), "description"
        ),
        "dueOn": goal.take("target", 0, "dueDate", to=f"goals/{at}/dueOn"),
        "chosenBy": chosen,
    }
    return Brought(name, whole(body), owner, role)


def steps_of(left: Taking, goals: Sequence[Brought], client: str) -> list[Taking]:
    """Puts each step with its goal; the activities that lead to none are left over."""
    others = []
    named = {goal.name: goal for goal in goals}
    owners: dict[str, str | None] = {}
    for each in left.each("activity"):
        detail = each.within("detail")
        detail.fixed("status", among={"unknown", "not-started"})
        told = str(detail.leaves.get((*detail.at, "goal", 0, "reference"), ""))
        if told in named:
            detail.take("goal", 0, "reference")
            named[told].steps.append(_step(left, detail, client, owners))
        else:
            others.append(detail)
    return others


def _step(left: Taking, detail: Taking, client: str, owners: dict[str, str | None]) -> Json:
    step = {
        "what": detail.required(detail.take("description"), "description"),
        "owner": _owner(left, detail, client, owners),
        "dueOn": detail.take("scheduledPeriod", "end"),
    }
    return whole(step)


def _owner(left: Taking, detail: Taking, client: str, owners: dict[str, str | None]) -> str | None:
    """Whose step it is: the client's, or that of a contained role, which may have several."""
    told = str(detail.leaves.get((*detail.at, "performer", 0, "reference"), ""))
    if told.rpartition("/")[0].endswith("Patient"):
        require_same(detail, client, "performer", 0)
        return "client"
    if told not in owners:
        party = contained(left, told)
        if party is None:
            return None
        owners[told] = party.code(names.own_system("owner"), "code", 0)
    detail.take("performer", 0, "reference")
    return owners[told]
