"""Goals (nl-core-TreatmentObjective): of the action plan, of the treatment, and for work within it.

Goals have no state of their own here: they stand as long as the version of the plan stands.
"""

from app.facades.fhir import matching, names
from app.facades.fhir.drafts.goals import OWNER
from app.facades.fhir.drafts.plan import ACTION, TREATMENT
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.marks import EPISODE_OF_CARE, meta, notes, of_episode, superseded
from app.facades.fhir.parties import patient
from app.facades.fhir.registry import Kind, Param, Resource, Whose
from app.facades.fhir.resources.careplan import GOALS, WORK_GOAL
from app.facades.fhir.terminology.vocabularies import own

REPLACED = "Een latere versie van het plan is in de plaats gekomen."


def action_goals(record: Json, whose: Whose) -> list[Json]:
    """The goals of one version, in its order."""
    agreed = "active" if record.get("agreedOn") else "proposed"
    return [
        _goal(record, whose, at, each, agreed)
        | filled(
            expressedBy=patient(whose) if each.get("chosenBy") == "client" else None,
            extension=[*of_episode(whose), *_owner(each["owner"], "owner")],
        )
        for at, each in enumerate(record.get("goals", []))
    ]


def treatment_goals(record: Json, whose: Whose) -> list[Json]:
    """The medical goals, for whom they are open to; for everyone else there are none."""
    return [
        _goal(record, whose, at, each, "active") for at, each in enumerate(record.get("goals", []))
    ]


def work_goal(record: Json, whose: Whose) -> list[Json]:
    """A goal that leads to work, which a consent can open apart from the plan that it came with."""
    found = _goal(record, whose, None, record, "active")
    return [
        found
        | filled(
            note=notes("\n".join(record.get("steps", []))),
            extension=_owner(record["owner"], "role"),
        )
    ]


def _goal(record: Json, whose: Whose, at: int | None, goal: Json, status: str) -> Json:
    over = superseded(record)
    due = goal.get("dueOn")
    return filled(
        id="" if at is None else str(at + 1),
        meta=meta(record, names.nl_core("TreatmentObjective")),
        lifecycleStatus="cancelled" if over else status,
        statusReason=REPLACED if over else None,
        description={"text": goal["goal"]},
        subject=patient(whose),
        startDate=record.get("agreedOn") or record.get("madeOn"),
        target=[{"dueDate": due}] if due else [],
    )


def _owner(code: str, vocabulary: str) -> list[Json]:
    return [{"url": OWNER, "valueCodeableConcept": own(vocabulary, code)}]


RESOURCE = Resource(
    type="Goal",
    about="Goals of the plans; R4 has no place for whose step it is, so that is an extension.",
    kinds=(
        Kind(GOALS[ACTION], "action-plans", action_goals, under="trajectories"),
        Kind(GOALS[TREATMENT], "treatment-plans", treatment_goals, under="clients"),
        Kind(WORK_GOAL, "treatment-work-goals", work_goal, under="clients"),
    ),
    patient="subject",
    params={
        "lifecycle-status": Param(
            "token", "Whether the goal stands.", matching.token("lifecycleStatus")
        ),
        "start-date": Param("date", "From which day on.", matching.day("startDate")),
        **EPISODE_OF_CARE,
    },
    includes={"patient": "subject"},
)
