"""Observations: measurements on the participation ladder, and what somebody does in society.

A lower rung is a measurement like any other. One that a corrected version took the place of is
`entered-in-error`, so that nobody counts it twice.
"""

from typing import Any

from app.facades.fhir import ids, matching, names
from app.facades.fhir.drafts.measurement import KEY, create, update
from app.facades.fhir.elements import Json, filled, kept, period
from app.facades.fhir.ladder import components, part
from app.facades.fhir.marks import EPISODE_OF_CARE, meta, notes, of_episode, superseded
from app.facades.fhir.parties import Parties, patient
from app.facades.fhir.registry import Kind, Param, Resource, Whose
from app.facades.fhir.terminology.systems import OBSERVATION_CATEGORY
from app.facades.fhir.terminology.vocabularies import LADDER, label, own

REPLACES = f"{names.FHIR}/StructureDefinition/observation-replaces"
WORK_SITUATION = {"system": names.SNOMED, "code": "364703007", "display": "arbeidssituatie"}


def rung(record: Json, whose: Whose) -> list[Json]:
    """A rung, in a code of our own: there is no other."""
    parties = Parties(whose)
    by = parties.role(record.get("measuredBy"))
    seen = _observed(record, whose)
    return [
        filled(
            **{**seen, "extension": [*seen.get("extension", []), *_replaces(record, whose)]},
            code=own("observable", LADDER),
            effectiveDateTime=record["measuredOn"],
            performer=kept([by]),
            valueCodeableConcept=own(LADDER, str(record["rung"])),
            component=list(components(record)),
            contained=parties.contained,
        )
    ]


def day_activity(record: Json, whose: Whose) -> list[Json]:
    """What somebody does by day: one of the five forms, of which none is above another."""
    hours = record.get("hoursPerWeek")
    more = [record.get("activity")]
    return [
        _work_situation(
            record,
            whose,
            "; ".join(
                [label("day-activity-form", record["form"])]
                + [label("activity", each) for each in more if each]
                + list(record.get("tasks", []))
            ),
            effectivePeriod=period(record.get("since")),
            component=kept(
                [
                    part("half-days-per-week", valueQuantity={"value": record["halfDaysPerWeek"]}),
                    part("hours-per-week", valueQuantity={"value": hours}) if hours else None,
                ]
            ),
        )
    ]


def placement(record: Json, whose: Whose) -> list[Json]:
    """A job or another place; the name of the employer is not a part of it."""
    hours = record.get("hoursPerWeek")
    return [
        _work_situation(
            record,
            whose,
            f"{record['title']} ({label('placement-kind', record['kind'])})",
            effectivePeriod=period(record.get("startsOn"), record.get("endedOn")),
            component=[part("hours-per-week", valueQuantity={"value": hours})] if hours else [],
        )
    ]


def work_question(record: Json, whose: Whose) -> list[Json]:
    """What somebody does now, as it was told when work was asked about."""
    return [
        _work_situation(
            record,
            whose,
            label("work-status", record["workStatus"]),
            effectiveDateTime=record["askedOn"],
            component=[
                part("wants-work", valueCodeableConcept=own("wants-work", record["wantsWork"]))
            ],
            note=notes(record.get("wish"), record.get("possibilities")),
        )
    ]


def _work_situation(record: Json, whose: Whose, text: str, **more: Any) -> Json:
    parties = Parties(whose)
    by = parties.role(record.get("authorRole"))
    seen = _observed(record, whose, names.nl_core("ParticipationInSociety.WorkSituation"))
    return filled(
        **seen,
        code={"coding": [WORK_SITUATION]},
        performer=kept([by]),
        valueString=text,
        contained=parties.contained,
        **more,
    )


def _replaces(record: Json, whose: Whose) -> list[Json]:
    """Of a correction, what it stands in the place of."""
    if not record.get("supersedes") or whose.trajectory is None:
        return []
    earlier = ids.made(KEY, record["supersedes"], whose.trajectory)
    return [{"url": REPLACES, "valueReference": {"reference": f"Observation/{earlier}"}}]


def _observed(record: Json, whose: Whose, *profiles: str) -> Json:
    category = {"coding": [{"system": OBSERVATION_CATEGORY, "code": "social-history"}]}
    status = "corrected" if record.get("supersedes") else "final"
    return filled(
        meta=meta(record, *profiles),
        extension=of_episode(whose),
        status="entered-in-error" if superseded(record) else status,
        category=[category],
        subject=patient(whose),
        issued=record.get("recordedAt"),
    )


def _at(resource: Json, value: str) -> bool:
    places = ("effectiveDateTime", "effectivePeriod.start")
    return any(matching.moment(resource, place, value) for place in places)


RESOURCE = Resource(
    type="Observation",
    about="Measurements on the participation ladder, and the work situation of nl-core.",
    kinds=(
        Kind(KEY, "ladder-measurements", rung, under="trajectories"),
        Kind("activity", "day-activities", day_activity, under="trajectories"),
        Kind("place", "placements", placement, under="trajectories"),
        Kind("question", "work-questions", work_question, under="clients"),
    ),
    patient="subject",
    params={
        "status": Param("token", "Whether it counts.", matching.token("status")),
        "code": Param("token", "What was observed.", matching.token("code")),
        "category": Param("token", "Always social-history.", matching.token("category")),
        "date": Param("date", "On which day, or from which day on.", _at),
        "value-concept": Param("token", "Which rung.", matching.token("valueCodeableConcept")),
        **EPISODE_OF_CARE,
    },
    includes={"patient": "subject"},
    create=create,
    update=update,
)
