"""Plans as CarePlan: the action plan, the job search plan and the treatment plan.

A version that another one replaced is revoked; a plan of the trajectory is a draft until the
client agreed. A treatment plan shows only what its reader may see of it.
"""

from app.facades.fhir import ids, matching
from app.facades.fhir.drafts.plan import ACTION, KINDS, SEARCH, TREATMENT, create, update
from app.facades.fhir.elements import Json, filled, kept, own_identifier, period
from app.facades.fhir.marks import EPISODE_OF_CARE, meta, notes, of_episode, superseded
from app.facades.fhir.parties import Parties, patient
from app.facades.fhir.registry import Kind, Param, Resource, Whose
from app.facades.fhir.terminology.vocabularies import label, own

GOALS = {ACTION: "agoal", TREATMENT: "tgoal"}
WORK_GOAL = "wgoal"


def action_plan(record: Json, whose: Whose) -> list[Json]:
    parties = Parties(whose)
    goals = record.get("goals", [])
    return [
        filled(
            **_plan(record, whose, parties, ACTION),
            goal=[_goal(ACTION, record, whose, at) for at in range(len(goals))],
            activity=[
                _step(step, parties, _goal(ACTION, record, whose, at), each["owner"])
                for at, each in enumerate(goals)
                for step in each.get("steps") or []
            ],
            note=[_statement(each, whose) for each in record.get("statements", [])],
            contained=parties.contained,
        )
    ]


def job_search_plan(record: Json, whose: Whose) -> list[Json]:
    parties = Parties(whose)
    minutes, hours = record.get("travelMinutes"), record.get("hoursPerWeek")
    by = record.get("travelsBy")
    travel = label("travels-by", by) if by else None
    return [
        filled(
            **_plan(record, whose, parties, SEARCH),
            description="; ".join(record.get("kindsOfWork", [])),
            activity=[_step(step, parties) for step in record.get("steps", [])],
            note=notes(
                *record.get("preferences", []),
                f"Reist met: {travel}" if travel else None,
                f"Reistijd: {minutes} minuten" if minutes is not None else None,
                f"Uren per week: {hours:g}" if hours is not None else None,
            ),
            contained=parties.contained,
        )
    ]


def treatment_plan(record: Json, whose: Whose) -> list[Json]:
    parties = Parties(whose)
    plan = _plan(record, whose, parties, TREATMENT)
    standard, work = record.get("standard"), record.get("workGoals") or []
    if standard:
        plan["category"] = [*plan["category"], own("treatment-standard", standard)]
    if not superseded(record):
        plan["status"] = "active"
    goals = [_goal(TREATMENT, record, whose, at) for at in range(len(record.get("goals", [])))]
    steps = [
        _step({"what": step}, parties, work_goal(each, whose), each["owner"], "role")
        for each in work
        for step in each["steps"]
    ]
    done = [_intervention(each) for each in record.get("interventions", [])]
    return [
        filled(
            **plan,
            goal=[*goals, *(work_goal(each, whose) for each in work)],
            activity=kept([*done, *steps, _review(record.get("reviewOn"))]),
            contained=parties.contained,
        )
    ]


def _plan(record: Json, whose: Whose, parties: Parties, key: str) -> Json:
    parent = whose.trajectory or whose.patient or ""
    before = record.get("supersedes")
    status = "active" if record.get("agreedOn") else "draft"
    return filled(
        meta=meta(record),
        extension=of_episode(whose),
        replaces=[{"reference": f"CarePlan/{ids.made(key, before, parent)}"}] if before else [],
        status="revoked" if superseded(record) else status,
        intent="plan",
        category=[own("plan", KINDS[key])],
        title=label("plan", KINDS[key]),
        subject=patient(whose),
        period=period(record.get("agreedOn")),
        created=record.get("madeOn"),
        author=parties.role(record.get("authorRole")),
    )


def _goal(key: str, record: Json, whose: Whose, at: int) -> Json:
    parent = whose.trajectory or whose.patient or ""
    return {"reference": f"Goal/{ids.made(GOALS[key], record['id'], parent, str(at + 1))}"}


def work_goal(goal: Json, whose: Whose) -> Json:
    reference = f"Goal/{ids.made(WORK_GOAL, goal['id'], whose.patient or '')}"
    return {"reference": reference, "identifier": own_identifier(goal["id"])}


def _step(
    step: Json,
    parties: Parties,
    goal: Json | None = None,
    owner: str | None = None,
    vocabulary: str = "owner",
) -> Json:
    """A step towards a goal; how far it is, nobody records."""
    who = parties.role(step.get("owner") or owner, vocabulary=vocabulary)
    detail = filled(
        goal=kept([goal]),
        status="unknown",
        description=step["what"],
        scheduledPeriod=period(None, step.get("dueOn")),
        performer=kept([who]),
    )
    return {"detail": detail}


def _intervention(each: Json) -> Json:
    by = [{"display": each["by"]}] if each.get("by") else []
    return {"detail": filled(status="unknown", description=each["what"], performer=by)}


def _review(day: str | None) -> Json | None:
    if not day:
        return None
    detail = {"status": "scheduled", "description": "Evaluatie van het plan"}
    return {"detail": {**detail, "scheduledPeriod": {"start": day}}}


def _statement(each: Json, whose: Whose) -> Json:
    """The client's own words about a version."""
    return filled(authorReference=patient(whose), time=each["recordedAt"], text=each["words"])


RESOURCE = Resource(
    type="CarePlan",
    about="Action plans, job search plans and treatment plans, each version by itself. A new one"
    " brings its goals contained; the client agrees by making it active.",
    kinds=(
        Kind(ACTION, "action-plans", action_plan, under="trajectories"),
        Kind(SEARCH, "job-search-plans", job_search_plan, under="trajectories"),
        Kind(TREATMENT, "treatment-plans", treatment_plan, under="clients"),
    ),
    patient="subject",
    params={
        "status": Param("token", "Where a version stands.", matching.token("status")),
        "category": Param("token", "Which kind of plan.", matching.token("category")),
        "date": Param("date", "The day on which it was made.", matching.day("created")),
        **EPISODE_OF_CARE,
    },
    includes={"goal": "goal", "patient": "subject"},
    create=create,
    update=update,
)
