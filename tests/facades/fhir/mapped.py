"""Everything that the mappings make of the documents of the contract, as it would be sent."""

from collections.abc import Iterator
from typing import Any

from app.domain.trajectory.rules.words import StepName
from app.facades.fhir import records
from app.facades.fhir.conversations import as_conversation
from app.facades.fhir.registry import Kind, Resource, Whose
from app.facades.fhir.resources import (
    appointment,
    auditevent,
    careplan,
    careteam,
    consent,
    encounter,
    goal,
    observation,
    provenance,
    task,
)
from tests.facades.fhir.documents import MOST_CODES, each, full

Json = dict[str, Any]
CLIENT = "11111111-1111-4111-8111-111111111111"
TRAJECTORY = "22222222-2222-4222-8222-222222222222"
OF_CLIENT, OF_TRAJECTORY = Whose(CLIENT), Whose(CLIENT, TRAJECTORY)
READER = {"reference": "Practitioner/33333333-3333-4333-8333-333333333333"}
SCHEMAS = {
    "action-plans": "ActionPlanOut",
    "job-search-plans": "JobSearchPlanOut",
    "treatment-plans": "TreatmentPlanOut",
    "treatment-work-goals": "WorkGoalOut",
    "ladder-measurements": "MeasurementOut",
    "day-activities": "DayActivityOut",
    "placements": "PlacementOut",
    "work-questions": "WorkQuestionOut",
    "consents": "ConsentOut",
}
BY_KIND = (careplan.RESOURCE, consent.RESOURCE, goal.RESOURCE, observation.RESOURCE)
ACTIONS = {"create": "C", "read": "R", "update": "U", "search": "E"}


def of_kind(resource: Resource, kind: Kind, record: Json) -> list[Json]:
    """What this record is, by way of the frame."""
    whose = OF_TRAJECTORY if kind.under == "trajectories" else OF_CLIENT
    parents = {"trajectories": TRAJECTORY, "clients": CLIENT, "": ""}
    return records.resources(resource, kind, record, whose, parents[kind.under])


def looked(record: Json) -> Json:
    """An entry of the log as it would be: its codes go together."""
    refused = record["kind"] == "refused"
    nen = {"actionCode": ACTIONS[record["verb"]], "outcome": "4" if refused else "0"}
    return {**record, "nen7513": {**record["nen7513"], **nen}}


def conversations(most: int) -> Iterator[Json]:
    """Of which a proposal was chosen, and of which none was; and what an invited party knows."""
    for found in each("ConversationOut", most):
        yield found
        proposals = found.get("proposals") or []
        yield {**found, "attendance": None}
        yield {**found, "chosenProposalId": None, "attendance": None}
        if proposals:
            seats = found.get("invitations") or []
            there = {**(found["attendance"] or {}), "present": [s["id"] for s in seats]}
            yield {**found, "attendance": there, "chosenProposalId": proposals[0]["id"]}
    for found in each("InvitationOut", most):
        yield as_conversation([found])


def everything(most: int = MOST_CODES) -> Iterator[Json]:
    """Every resource of every document, with every code; with fewer where `most` says so."""
    for resource in BY_KIND:
        for kind in resource.kinds:
            for record in each(SCHEMAS[kind.path], most):
                yield from of_kind(resource, kind, record)
    for record in each("LogEntryOut", most):
        yield auditevent.event(looked(record), OF_CLIENT)
    for record in conversations(most):
        yield from appointment.mapped(record, OF_TRAJECTORY)
        yield from encounter.mapped(record, OF_TRAJECTORY)
    yield from _tasks(most)
    for record in each("ParticipantOut", most):
        above = {"id": TRAJECTORY, "responsibleOrganisationId": CLIENT}
        yield careteam.team(careteam.TRAJECTORY, above, [record], OF_TRAJECTORY)
    for record in each("TreatmentTeamMemberOut", most):
        yield careteam.team(careteam.TREATMENT, {"id": CLIENT}, [record], OF_CLIENT)
    target = of_kind(consent.RESOURCE, consent.RESOURCE.kinds[0], full("ConsentOut"))[0]["id"]
    for record in [*each("ConsentOut", most), *each("ActionPlanOut", most)]:
        yield provenance.mapped(f"Consent/{target}", record, OF_CLIENT, None)


def _tasks(most: int) -> Iterator[Json]:
    for record in each("ReminderOut", most):
        yield task.reminder(record, OF_TRAJECTORY, READER)
    for record, name in zip(each("TrajectoryStepOut", most), StepName, strict=False):
        found = task.step({**record, "name": name.value}, OF_TRAJECTORY)
        if found is not None:
            yield found
    for schema in ("ReferralTask", "ConsentTask"):
        for record in each(schema, most):
            yield task.waiting(record, Whose(), READER)
    for schema in ("ReportTask", "StatusTask"):
        for record in each(schema, most):
            yield task.waiting(record, OF_TRAJECTORY, READER)
